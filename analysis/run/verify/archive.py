"""An archived run: its manifest and the outputs that lie beside it."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from analysis.errors import ConfigError
from analysis.run.hashes import hash_bytes, hash_file, is_sha256
from analysis.run.job_records.withdrawal import WITHDRAWN

OUTPUTS = "outputs"
"""The key of a manifest under which every output stands with its sha256."""


@dataclass(frozen=True)
class Archive:
    """What a manifest says. ``sha256``: of the manifest itself.

    ``outputs``: sha256 of every output by its path as seen from ``folder``. ``entries``: all the
    rest, namely what the outputs were made from.
    """

    file: Path
    sha256: str
    outputs: dict[str, str]
    entries: dict[str, Any]

    @property
    def folder(self) -> Path:
        """The folder in which the outputs lie."""
        return self.file.parent


def read_archive(file: Path) -> Archive:
    """Return what the manifest in ``file`` says.

    Raises ConfigError if there is none, or if it is damaged.
    """
    if not file.exists():
        raise ConfigError(f"{file}: there is no such file{_explain_absence(file)}")
    try:
        content = file.read_bytes()
        entries = json.loads(content)
    except OSError as error:
        raise ConfigError(f"{file}: cannot be read ({error.strerror})") from None
    except (ValueError, RecursionError) as error:
        raise ConfigError(f"{file}: no valid JSON, so cut off or damaged ({error})") from None
    outputs = entries.pop(OUTPUTS, None) if isinstance(entries, dict) else None
    if not (isinstance(outputs, dict) and outputs and all(map(is_sha256, outputs.values()))):
        raise ConfigError(
            f"{file}: damaged, or no manifest of a run: under '{OUTPUTS}' it must list every "
            "output with its sha256"
        )
    return Archive(file, hash_bytes(content), outputs, entries)


def find_edited(archive: Archive) -> list[str]:
    """Return the outputs that are not as the manifest says, and how: edited or missing."""
    findings = []
    for name, sha256 in archive.outputs.items():
        path = archive.folder / name
        if not path.is_file():
            findings.append(f"archive: {name} is missing")
        elif hash_file(path) != sha256:
            findings.append(f"archive: {name} was edited since the manifest was written")
    return findings


def _explain_absence(file: Path) -> str:
    if (file.parent / WITHDRAWN / file.name).exists():
        why = file.parent / WITHDRAWN / "WHY.txt"
        return f". The results were withdrawn ({why}), so there is nothing to verify: run again"
    return (
        ". There is nothing to verify: make a run first, or name the manifest of an archived one "
        "with --config manifest=FILE"
    )
