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
REPORT = "report.html"
SUMMARY = (REPORT, MANIFEST)
"""What claims that a run is complete: withdrawn before anything is redone."""
READ_BY_PEOPLE = (*SUMMARY, "ard.csv", "figures", "tables")
"""What a reader might take for current: withdrawn when a run fails."""

_READ_ONLY_FLAGS = {
    "--dry-run", "--dryrun", "--lint", "--report", "--dag", "--rulegraph", "--filegraph", "--d3dag",
    "--summary", "--detailed-summary", "--list-rules", "--list", "--list-target-rules", "--lt",
    "--unlock", "--print-compilation", "--help", "--version", "--touch", "--list-changes", "--lc",
    "--list-input-changes", "--li", "--list-params-changes", "--lp", "--list-untracked", "--lu",
    "--delete-all-output", "--delete-temp-output", "--generate-unit-tests", "--archive",
    "--cleanup-metadata", "--cm", "--cleanup-shadow", "--containerize", "--export-cwl",
    "--list-conda-envs", "--conda-cleanup-envs", "--conda-create-envs-only",
    "--container-cleanup-images",
}  # fmt: skip
_READ_ONLY_LETTERS = "nlSDthv"
_SWITCHES = "apkfF"
"""Short options without a value, which may stand before another one: ``-pn``."""


def is_real_run(arguments: Sequence[str]) -> bool:
    """Whether the arguments of Snakemake ask for work to be done, not only looked at."""
    return not any(map(_is_read_only, arguments))


def _is_read_only(argument: str) -> bool:
    if argument.startswith("--"):
        return argument.partition("=")[0] in _READ_ONLY_FLAGS
    letters = argument[1:].lstrip(_SWITCHES) if argument.startswith("-") else ""
    return letters[:1] in set(_READ_ONLY_LETTERS)


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
    """Move outputs that no longer hold into ``withdrawn/``, with the reason beside them.

    A report withdrawn earlier goes when another takes its place, with all that was withdrawn then.
    """
    present = [name for name in names if (results / name).exists()]
    if not present:
        return
    shelf = results / WITHDRAWN
    if REPORT in present:
        shutil.rmtree(shelf, ignore_errors=True)
    shelf.mkdir(parents=True, exist_ok=True)
    for name in present:
        shutil.rmtree(shelf / name, ignore_errors=True)  # a folder cannot replace another
        os.replace(results / name, shelf / name)
    write_text(shelf / "WHY.txt", f"Withdrawn, not current: {reason}.\n")


def _claim_folder(run: Run) -> None:
    """Note whose results the folder holds; refuse it if they are another's.

    The export is noted as seen from the results, so that both may move together.
    """
    export, here = (DEMO_ROOT if run.is_demo else run.edc_dir).resolve(), run.results.resolve()
    origin = {"mode": run.allocation.value, "export": os.path.relpath(export, here)}
    file = run.results / ORIGIN
    try:
        earlier = json.loads(file.read_text(encoding="utf-8"))
    except (FileNotFoundError, json.JSONDecodeError):
        earlier = origin
    if earlier != origin:
        other = os.path.normpath(here / str(earlier.get("export")))
        raise ConfigError(
            f"results = {run.results}: the folder holds results of another mode or another export "
            f"(mode {earlier.get('mode')}, export {other}). Give another folder "
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
