"""The start and the end of a run, as the Snakefile calls them."""

from __future__ import annotations

import atexit
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from analysis.errors import AnalysisError
from analysis.run.job import ERROR_FILE
from analysis.run.settings import Run, open_run, results_folders
from analysis.run.settle import READ_BY_PEOPLE, REPORT, is_real_run, settle_results, withdraw


def start_run(command_line: Mapping[str, Any], plan_files: Sequence[Path], *, is_main: bool) -> Run:
    """Return the run; in the main process of a real run make its results folder fit first.

    A wrong configuration ends the process with its message and status 1; earlier results are
    withdrawn so that none of them looks current. A folder that holds results of another export or
    mode is refused and left as it is.
    """
    is_real = is_main and is_real_run(sys.argv[1:])
    try:
        run = open_run(command_line, plan_files)
    except AnalysisError as error:
        if is_real:
            _withdraw_all(results_folders(command_line))
        sys.exit(f"\n{error}")
    if is_real:
        try:
            settle_results(run)
        except AnalysisError as error:
            sys.exit(f"\n{error}")
        (run.logs / ERROR_FILE).unlink(missing_ok=True)
    return run


def end_in_success(run: Run) -> None:
    """Print where the report lies, and the headline; nothing if only a part was asked for."""
    from analysis.display.ard import Ard
    from analysis.display.wording import headline

    report = run.results / REPORT
    if not report.is_file():
        return
    ard = Ard.read(run.results / "ard.csv")
    stamp = f"\n{run.allocation.stamp}" if run.allocation.stamp else ""
    print(f"{stamp}\n{headline(ard, run.plan)}\nReport: {report}", file=sys.stderr)


def end_in_error(run: Run) -> None:
    """Withdraw what looks current; say the reason as the last thing on the terminal."""
    withdraw(run.results, READ_BY_PEOPLE, "a later run stopped with an error")
    file = run.logs / ERROR_FILE
    if file.is_file():
        message = file.read_text(encoding="utf-8")
    else:
        message = f"The run stopped; the logs in {run.logs} say why.\n"
    atexit.register(sys.stderr.write, f"\n{message}")


def _withdraw_all(folders: Sequence[Path]) -> None:
    for folder in folders:
        if folder.is_dir():
            withdraw(folder, READ_BY_PEOPLE, "a later run stopped before it began")
