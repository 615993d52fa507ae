"""Receipts: what each job left behind, so that nothing else is ever built upon."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from pathlib import Path

from analysis.errors import DataError, join_findings
from analysis.files import write_text
from analysis.run.fingerprint import hash_file

RECEIPTS = Path("logs") / "receipts"


def write_receipt(results: Path, rule: str, outputs: Iterable[str | Path]) -> None:
    """Note the hash of every output of a job, by its path as seen from ``results``."""
    hashes = {_name(results, path): hash_file(Path(path)) for path in outputs}
    write_text(results / RECEIPTS / f"{rule}.json", json.dumps(hashes, indent=1) + "\n")


def read_receipts(results: Path) -> dict[str, str]:
    """Return the hash of every output of the jobs that came to their end.

    A receipt that cannot be read counts as none: its outputs are made again.
    """
    hashes: dict[str, str] = {}
    for file in sorted((results / RECEIPTS).glob("*.json")):
        try:
            receipt = json.loads(file.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            continue
        if isinstance(receipt, dict):
            hashes |= {str(name): str(content) for name, content in receipt.items()}
    return hashes


def find_foreign(results: Path, outputs: Iterable[str | Path]) -> list[Path]:
    """Return the outputs that are there, but not as a job left them: edited, half made, unknown.

    One outside of the results that no receipt here names is another run's, and is left alone: the
    demonstration trial serves several folders of results.
    """
    hashes = read_receipts(results)
    return [
        path
        for path in map(Path, outputs)
        if path.is_file()
        and not _is_own(results, path, hashes)
        and (_name(results, path) in hashes or not _name(results, path).startswith("../"))
    ]


def require_own(results: Path, inputs: Iterable[str | Path]) -> None:
    """Raise DataError if an input has been changed since a job left it, or since the run began."""
    hashes = read_receipts(results)
    changed = [
        str(path)
        for path in map(Path, inputs)
        if _name(results, path) in hashes and not _is_own(results, path, hashes)
    ]
    if changed:
        raise DataError(
            join_findings(
                "Files were changed while the run was going on. Start it again: all that depends "
                "on them is made anew.",
                changed,
            )
        )


def _is_own(results: Path, path: Path, hashes: dict[str, str]) -> bool:
    return path.is_file() and hashes.get(_name(results, path)) == hash_file(path)


def _name(results: Path, path: str | Path) -> str:
    """The path as seen from the results, so that both may move together."""
    return Path(os.path.relpath(path, results)).as_posix()
