"""What the results were made from: provenance before, manifest after."""

from __future__ import annotations

import json
import platform
from collections.abc import Iterable
from importlib.metadata import version
from pathlib import Path
from typing import Any

from analysis.run.fingerprint import hash_file
from analysis.run.settings import Run

PACKAGES = (
    "jinja2", "matplotlib", "numpy", "pandas", "plotnine", "pyarrow", "pydantic",
    "pyreadstat", "pyyaml", "scipy", "snakemake", "statsmodels",
)  # fmt: skip


def describe_run(run: Run) -> dict[str, Any]:
    """Return what is known of a run before it starts, as plain values for the jobs.

    No absolute path, host, time or number of cores: the same inputs give the same description.
    """
    return {
        "registry_id": run.plan.trial.registry_id,
        "allocation": run.allocation.value,
        "stamp": run.allocation.stamp,
        "export": "demonstration trial" if run.is_demo else "EDC export",
        "plan_hash": run.plan_hash,
        "mapping_hash": run.mapping_hash,
        "code_hash": run.code["all"],
        "fingerprint": run.fingerprint,
        "seeds": {"demo": run.plan.demo.seed} if run.is_demo else {},
    }


def build_provenance(
    description: dict[str, Any], export: Iterable[Path], lists: Iterable[Path]
) -> dict[str, Any]:
    """Return the description with the hash of every input file and the versions in use."""
    return {
        **description,
        "inputs": {f"edc/{path.name}": hash_file(path) for path in sorted(export)}
        | {f"unblinding/{path.name}": hash_file(path) for path in sorted(lists)},
        "versions": {"python": platform.python_version(), **{p: version(p) for p in PACKAGES}},
        "blas": _describe_blas(),
    }


def build_manifest(provenance: dict[str, Any], results: Path, outputs: Iterable[Path]) -> str:
    """Return the manifest as JSON text: the provenance and the hash of every output."""
    hashes = {path.relative_to(results).as_posix(): hash_file(path) for path in sorted(outputs)}
    return json.dumps({**provenance, "outputs": hashes}, indent=1, ensure_ascii=False) + "\n"


def _describe_blas() -> str:
    import numpy as np

    blas = np.show_config(mode="dicts")["Build Dependencies"]["blas"]
    return f"{blas['name']} {blas['version']}"
