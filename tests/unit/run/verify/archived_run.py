"""A small archived run: outputs in a folder with the manifest beside them."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from analysis.io.result import ARD_COLUMNS
from analysis.run.hashes import hash_bytes
from analysis.run.verify.archive import Archive, read_archive

HEADER = ",".join(ARD_COLUMNS)
COUNT = "populations,ITT,MPSS,,,n,534,count,,trial"
RATIO = "primary,ITT,,,,estimate,1.36,proportional odds,,trial"
ENTRIES: dict[str, Any] = {
    "lock": "Locked on 2026-11-23",
    "plan_hash": "a" * 64,
    "seeds": {},
    "inputs": {"edc/bl.csv": "b" * 64},
    "versions": {"numpy": "2.4.0", "python": "3.11.2"},
    "blas": "openblas 0.3.30",
    "processor": "x86_64 AVX512F",
    "code": {"analysis/models/numerics/newton.py": "c" * 64},
    "audit": {"settings": [["plan.inference.alpha", "0.05", "trial.yaml"]]},
}


def ard_text(*rows: str) -> str:
    return "\n".join([HEADER, *rows]) + "\n"


@dataclass
class ArchivedRun:
    """What is to be written: the outputs with their text, and the entries of the manifest."""

    folder: Path
    entries: dict[str, Any] = field(default_factory=lambda: json.loads(json.dumps(ENTRIES)))
    outputs: dict[str, str] = field(
        default_factory=lambda: {"ard.csv": ard_text(COUNT, RATIO), "report.html": "<p>1.36</p>"}
    )

    @property
    def manifest(self) -> Path:
        return self.folder / "manifest.json"

    def write(self) -> Archive:
        """Write the outputs and the manifest of them, and read it."""
        for name, text in self.outputs.items():
            path = self.folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        hashes = {name: hash_bytes(text.encode()) for name, text in self.outputs.items()}
        content = {**self.entries, "outputs": hashes}
        self.manifest.write_text(json.dumps(content), encoding="utf-8")
        return read_archive(self.manifest)
