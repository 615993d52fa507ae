"""The start and the end of a run, as the Snakefile calls them."""

from __future__ import annotations

import atexit
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from analysis.errors import AnalysisError, ConfigError
from analysis.run.job import ERROR_FILE, MESSAGE_FILE
from analysis.run.records.process_lock import RUN_LOCK, hold_results, leave_other_runs
from analysis.run.records.rule_specs import Rule, note_orders, read_orders
from analysis.run.records.stale_results import (
    READ_BY_PEOPLE,
    REPORT,
    clear_foreign,
    is_real_run,
    settle_results,
    withdraw,
)
from analysis.run.settings.run import Run, open_run, results_folders

LOCK, VERIFY, ALL = "lock", "verify", "all"
"""The targets that build no results, and the one that builds them all."""


def start_run(values: Mapping[str, Any], plan_files: Sequence[Path], *, is_main: bool) -> Run:
    """Return the run; in the main process of a real run make its results folder fit first.

    ``values``: those of ``--config``. A wrong configuration, or one that is not as locked, ends the
    process with its message and status 1; earlier results are withdrawn so that none of them looks
    current. A folder that holds results of another export or mode, or in which another run is
    working, is refused and left as it is.
    """
    builds = False
    if is_main:
        leave_other_runs()
    try:
        builds = is_main and _builds_results(sys.argv[1:])
        run = open_run(values, plan_files, locks=LOCK in sys.argv[1:])
    except AnalysisError as error:
        if builds:
            _withdraw_all(results_folders(values))
        sys.exit(f"\n{error}")
    if builds:
        try:
            settle_results(run)
        except AnalysisError as error:
            sys.exit(f"\n{error}")
    if is_main and is_real_run(sys.argv[1:]):
        for file in (ERROR_FILE, MESSAGE_FILE):
            (run.logs / file).unlink(missing_ok=True)
    return run


def finish_start(run: Run, rules: Iterable[Rule], *, is_main: bool) -> None:
    """In the main process of a real run delete what its jobs would not leave; note its orders."""
    if is_main and _builds_results(sys.argv[1:]):
        orders = read_orders(rules)
        clear_foreign(run.results, orders)
        note_orders(run.results, orders, run.code["all"])


def _builds_results(arguments: Sequence[str]) -> bool:
    return is_real_run(arguments) and not _is_alone(arguments)


def _is_alone(arguments: Sequence[str]) -> bool:
    """Whether the target is one that builds no results.

    Raises ConfigError if it stands beside a target that does, which needs the folder made fit.
    """
    alone = [target for target in (LOCK, VERIFY) if target in arguments]
    if len(alone) > 1 or (alone and ALL in arguments):
        raise ConfigError(f"snakemake {alone[0]}: stands alone; run other targets by themselves")
    return bool(alone)


def end_in_success(run: Run) -> None:
    """Print where the report lies, and the headline; nothing if only a part was asked for."""
    from analysis.display.ard import Ard
    from analysis.display.words.wording import headline

    message = run.logs / MESSAGE_FILE
    if _is_alone(sys.argv[1:]) and message.is_file():
        atexit.register(sys.stderr.write, f"\n{message.read_text(encoding='utf-8')}")
        return
    report = run.results / REPORT
    if not report.is_file():
        return
    ard = Ard.read(run.results / "ard.csv")
    stamp = f"\n{run.allocation.stamp}" if run.allocation.stamp else ""
    print(f"{stamp}\n{headline(ard, run.plan)}\nReport: {report}", file=sys.stderr)


def end_in_error(run: Run) -> None:
    """Withdraw what looks current; say the reason as the last thing on the terminal."""
    if _builds_results(sys.argv[1:]):
        withdraw(run.results, READ_BY_PEOPLE, "a later run stopped with an error")
    file = run.logs / ERROR_FILE
    if file.is_file():
        message = file.read_text(encoding="utf-8")
    else:
        message = f"The run stopped; the logs in {run.logs} say why.\n"
    atexit.register(sys.stderr.write, f"\n{message}")


def _withdraw_all(folders: Sequence[Path]) -> None:
    """Withdraw earlier results, but not from under a run that is working on them."""
    for folder in filter(Path.is_dir, folders):
        if (folder / RUN_LOCK).is_file():
            try:
                hold_results(folder)
            except ConfigError:
                continue
        withdraw(folder, READ_BY_PEOPLE, "a later run stopped before it began")
