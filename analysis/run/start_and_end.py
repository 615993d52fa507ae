"""The start and the end of a run, as the Snakefile calls them."""

import atexit
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from analysis.errors import AnalysisError, ConfigError
from analysis.run.invocation import Invocation
from analysis.run.job import ERROR_FILE, MESSAGE_FILE
from analysis.run.job_records.process_lock import RUN_LOCK, hold_results, leave_other_runs
from analysis.run.job_records.rule_specs import Rule, read_rule_specs
from analysis.run.job_records.stale_results import (
    READ_BY_PEOPLE,
    REPORT,
    prepare_results,
    withdraw,
    withdraw_outdated,
)
from analysis.run.settings.command_line import require_unchanged
from analysis.run.settings.run import Run, open_run, results_folders


def start_run(values: Mapping[str, Any], plan_files: Sequence[Path], invocation: Invocation) -> Run:
    """Return the run. ``values``: those of ``--config``.

    A wrong configuration, or one that is not as locked, ends the process with its message and
    status 1; if results were to be built, earlier ones are withdrawn so that none looks current.
    """
    builds = False
    if invocation.is_main:
        leave_other_runs()
    try:
        builds = invocation.builds_results
        if invocation.is_main:
            require_unchanged(invocation.entries, values)
        run = open_run(values, plan_files, locks=invocation.locks)
    except AnalysisError as error:
        if builds:
            _withdraw_all(results_folders(values))
        sys.exit(f"\n{error}")
    if builds:
        with _refusals_end_the_process():
            withdraw_outdated(run)
    return run


def finish_start(run: Run, rules: Iterable[Rule], invocation: Invocation) -> None:
    """Make the results folder fit, if results are to be built; forget earlier messages.

    A folder that holds results of another export or mode, or in which another run is working, is
    refused and left as it is: the process ends with a message and status 1.
    """
    if not invocation.runs_jobs:
        return
    if invocation.builds_results:
        with _refusals_end_the_process():
            prepare_results(run, read_rule_specs(rules))
    for file in (ERROR_FILE, MESSAGE_FILE):
        (run.logs / file).unlink(missing_ok=True)


def end_in_success(run: Run, invocation: Invocation) -> None:
    """Print where the report lies, and the headline; nothing if only a part was asked for."""
    from analysis.display.ard import Ard
    from analysis.display.text.wording import headline

    message = run.logs / MESSAGE_FILE
    if invocation.is_apart and message.is_file():
        atexit.register(sys.stderr.write, f"\n{message.read_text(encoding='utf-8')}")
        return
    report = run.results / REPORT
    if not report.is_file():
        return
    ard = Ard.read(run.results / "ard.csv")
    stamp = f"\n{run.allocation.stamp}" if run.allocation.stamp else ""
    print(f"{stamp}\n{headline(ard, run.plan)}\nReport: {report}", file=sys.stderr)


def end_in_error(run: Run, invocation: Invocation) -> None:
    """Withdraw what looks current; say the reason as the last thing on the terminal."""
    if invocation.builds_results:
        withdraw(run.results, READ_BY_PEOPLE, "a later run stopped with an error")
    file = run.logs / ERROR_FILE
    if file.is_file():
        message = file.read_text(encoding="utf-8")
    else:
        message = f"The run stopped; the logs in {run.logs} say why.\n"
    atexit.register(sys.stderr.write, f"\n{message}")


@contextmanager
def _refusals_end_the_process() -> Iterator[None]:
    try:
        yield
    except AnalysisError as error:
        sys.exit(f"\n{error}")


def _withdraw_all(folders: Sequence[Path]) -> None:
    """Withdraw earlier results, but not from under a run that is working on them."""
    for folder in filter(Path.is_dir, folders):
        if (folder / RUN_LOCK).is_file():
            try:
                hold_results(folder)
            except ConfigError:
                continue
        withdraw(folder, READ_BY_PEOPLE, "a later run stopped before it began")
