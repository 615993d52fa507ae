"""Earlier results: nothing stale may look current, nothing edited by hand may be built upon.

Time stamps from the future: no output could ever be newer than such a file.
"""

from __future__ import annotations

import json
import os
import shutil
import time
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from analysis.errors import ConfigError, join_findings
from analysis.io.files import remove_temporaries, write_text
from analysis.run.records.job_records import find_foreign, find_leftover, note_files
from analysis.run.records.process_lock import hold_results
from analysis.run.records.rule_specs import Order
from analysis.run.settings.input_files import DEMO_ROOT
from analysis.run.settings.run import Run

LEEWAY = 1.0
"""Seconds by which a file may seem younger than now: what passes before the first job ends."""


def refuse_future(files: Iterable[Path]) -> None:
    """Raise ConfigError naming the files that are dated in the future."""
    dates = {path: path.stat().st_mtime for path in files if path.is_file()}
    late = [path for path, date in dates.items() if date > time.time() + LEEWAY]
    if late:
        findings = [f"{path}: {_show(dates[path])}" for path in late]
        heading = "Files are dated in the future, so nothing made from them could be newer."
        raise ConfigError(
            f"{join_findings(heading, findings)}\n"
            "Set the clock of this machine, or give the files the date of today: touch FILE"
        )


def bring_back(files: Iterable[Path]) -> None:
    """Date files of the run's own today that a wrong clock has dated in the future."""
    now = time.time()
    for path in files:
        if path.is_file() and path.stat().st_mtime > now:
            os.utime(path)


def _show(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).isoformat(" ", "seconds").replace("+00:00", " UTC")


MANIFEST = "manifest.json"
ORIGIN = Path("logs") / "origin.json"
START = "start"
"""The receipt of what a run began with."""
WITHDRAWN = "withdrawn"
NOT_OURS = "edited by hand, half made, or made from something else"
REPORT = "report.html"
SUMMARY = (REPORT, "report.docx", MANIFEST)
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

    Keeps other runs out of it. Refuses a folder with results of another mode or export, one in
    which another run is working, and inputs dated in the future (ConfigError). Withdraws the report
    when the results were made from other inputs, plan or code, or were never completed.
    """
    _refuse_other(run)
    refuse_future(_given_files(run))
    hold_results(run.results)
    _claim_folder(run)
    remove_temporaries(run.results)
    _note_inputs(run)
    manifest = _read_manifest(run.results / MANIFEST)
    if manifest is None or manifest.get("fingerprint") != run.fingerprint:
        withdraw(run.results, SUMMARY, "its inputs, plan or code have changed, or a run stopped")


def clear_foreign(results: Path, orders: Sequence[Order]) -> None:
    """Delete the outputs that are not as the jobs of this run leave them, so that they are made.

    Those edited by hand, those of a job that was killed before it came to its end, and those made
    from other inputs, by another plan or by other code, whatever their time stamps say.
    """
    foreign = find_foreign(results, orders)
    for path in foreign:
        path.unlink()
    if foreign:
        withdraw(results, SUMMARY, f"{len(foreign)} output(s) were {NOT_OURS}")
    for path in find_leftover(results, orders):
        path.unlink()
    bring_back(path for order in orders for path in order.outputs)


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


def _refuse_other(run: Run) -> None:
    """Raise ConfigError if the folder holds the results of another mode or another export."""
    origin = _origin(run)
    try:
        earlier = json.loads((run.results / ORIGIN).read_text(encoding="utf-8"))
    except (FileNotFoundError, NotADirectoryError, json.JSONDecodeError):
        return
    if earlier != origin:
        other = os.path.normpath(run.results.resolve() / str(earlier.get("export")))
        raise ConfigError(
            f"results = {run.results}: the folder holds results of another mode or another export "
            f"(mode {earlier.get('mode')}, export {other}). Give another folder "
            "with --config results=DIR, or remove this one"
        )


def _claim_folder(run: Run) -> None:
    """Note whose results the folder holds."""
    write_text(run.results / ORIGIN, json.dumps(_origin(run), indent=1) + "\n")


def _note_inputs(run: Run) -> None:
    """Note the files that jobs read, so that one that is changed meanwhile stops the run."""
    note_files(run.results, START, _given_files(run))


def _given_files(run: Run) -> list[Path]:
    """Plan and export; the demonstration trial has the receipt of the job that makes it."""
    files = () if run.is_demo else (*run.sources.export, *run.sources.lists)
    return [run.plan_file, *files]


def _origin(run: Run) -> dict[str, str]:
    """Mode and export of a run; the export as seen from the results: both may move together."""
    export = (DEMO_ROOT if run.is_demo else run.sources.edc_dir).resolve()
    return {
        "mode": run.standing.mode.value,
        "export": os.path.relpath(export, run.results.resolve()),
    }


def _read_manifest(path: Path) -> dict[str, Any] | None:
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (FileNotFoundError, json.JSONDecodeError, UnicodeDecodeError):
        return None
    return content if isinstance(content, dict) else None
