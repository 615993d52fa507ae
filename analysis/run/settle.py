"""Earlier results: nothing stale may look current, nothing edited by hand may be built upon."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from analysis.errors import ConfigError
from analysis.files import write_text
from analysis.run.fingerprint import hash_file
from analysis.run.settings import DEMO_ROOT, Run

MANIFEST = "manifest.json"
ORIGIN = Path("logs") / "origin.json"
WITHDRAWN = "withdrawn"
SUMMARY = ("report.html", MANIFEST)
"""What claims that a run is complete: withdrawn before anything is redone."""
READ_BY_PEOPLE = (*SUMMARY, "ard.csv", "figures", "tables")
"""What a reader might take for current: withdrawn when a run fails."""

_READ_ONLY_FLAGS = {
    "-n", "--dry-run", "--dryrun", "--lint", "--report", "--dag", "--rulegraph", "--filegraph",
    "--d3dag", "--summary", "-S", "--detailed-summary", "-D", "--list-rules", "--list", "-l",
    "--list-target-rules", "--lt", "--unlock", "--print-compilation", "--help", "-h", "--touch",
    "-t", "--list-input-changes", "--list-params-changes", "--list-code-changes",
    "--delete-all-output", "--generate-unit-tests", "--archive", "--cleanup-metadata", "--containerize",
}  # fmt: skip


def is_real_run(arguments: Sequence[str]) -> bool:
    """Whether the arguments of Snakemake ask for work to be done, not only looked at."""
    flags = {argument.partition("=")[0] for argument in arguments}
    combined = {a for a in flags if a.startswith("-") and not a.startswith("--") and "n" in a[1:3]}
    return not flags & _READ_ONLY_FLAGS and not combined & {"-np", "-nr", "-npr", "-pn", "-qn"}


def settle_results(run: Run) -> None:
    """Make the results folder fit to be built upon, before anything is planned.

    Refuses a folder with results of another mode or export (ConfigError). Withdraws the report when
    the results were made from other inputs, plan or code, or were never completed. Deletes outputs
    whose bytes are not those that the manifest lists, so that they are made again.
    """
    _claim_folder(run)
    manifest_file = run.results / MANIFEST
    manifest = _read_manifest(manifest_file)
    if manifest is None or manifest.get("fingerprint") != run.fingerprint:
        withdraw(run.results, SUMMARY, "its inputs, plan or code have changed, or a run stopped")
    outputs = (manifest or {}).get("outputs", {})
    edited = [name for name, content in outputs.items() if _is_edited(run.results / name, content)]
    for name in edited:
        (run.results / name).unlink()
    if edited:
        withdraw(run.results, SUMMARY, f"{len(edited)} output(s) were edited by hand")


def withdraw(results: Path, names: Sequence[str], reason: str) -> None:
    """Move outputs that no longer hold into ``withdrawn/``, with the reason beside them."""
    present = [name for name in names if (results / name).exists()]
    if not present:
        return
    shelf = results / WITHDRAWN
    shutil.rmtree(shelf, ignore_errors=True)
    shelf.mkdir(parents=True)
    for name in present:
        os.replace(results / name, shelf / name)
    write_text(shelf / "WHY.txt", f"Withdrawn, not current: {reason}.\n")


def _claim_folder(run: Run) -> None:
    """Note whose results the folder holds; refuse it if they are another's."""
    export = DEMO_ROOT if run.is_demo else run.edc_dir
    origin = {"mode": run.allocation.value, "export": str(export.resolve())}
    file = run.results / ORIGIN
    try:
        earlier = json.loads(file.read_text(encoding="utf-8"))
    except (FileNotFoundError, json.JSONDecodeError):
        earlier = origin
    if earlier != origin:
        raise ConfigError(
            f"results = {run.results}: the folder holds results of another mode or another export "
            f"(mode {earlier.get('mode')}, export {earlier.get('export')}). Give another folder "
            "with --config results=DIR, or remove this one"
        )
    write_text(file, json.dumps(origin, indent=1) + "\n")


def _read_manifest(path: Path) -> dict[str, Any] | None:
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (FileNotFoundError, json.JSONDecodeError, UnicodeDecodeError):
        return None
    return content if isinstance(content, dict) else None


def _is_edited(path: Path, sha256: str) -> bool:
    return path.is_file() and hash_file(path) != sha256
