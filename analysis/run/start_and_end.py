"""The start and the end of a run, as the Snakefile calls them."""

import atexit
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from analysis.errors import AnalysisError, ConfigError
from analysis.run.drawings import NOT_DRAWN, say_at_end, say_at_start
from analysis.run.environment.soundness import require_unedited_code
from analysis.run.folders.os_errors import FULL, explain_os_error, is_full
from analysis.run.folders.permissions import note_readers
from analysis.run.folders.writable import require_writable
from analysis.run.invocation import SHOW, Invocation
from analysis.run.job import ERROR_FILE, MESSAGE_FILE
from analysis.run.job_records.foreign_files import require_own, require_own_logs
from analysis.run.job_records.interruption import name_noted_signal, note_signals, say_interrupted
from analysis.run.job_records.process_lock import RUN_LOCK, hold_results, leave_other_runs
from analysis.run.job_records.proof import MANIFEST
from analysis.run.job_records.rule_specs import Rule, read_rule_specs
from analysis.run.job_records.stale_results import (
    list_written,
    prepare_results,
    withdraw_outdated,
)
from analysis.run.job_records.withdrawal import READ_BY_PEOPLE, REPORT, withdraw
from analysis.run.settings.command_line import require_unchanged
from analysis.run.settings.figure_presets import list_left_out
from analysis.run.settings.opening import open_run, results_folders
from analysis.run.settings.run import Run


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
        if invocation.runs_jobs:
            require_unedited_code()
        if invocation.is_main:
            require_unchanged(invocation.entries, values)
        run = open_run(values, plan_files, command=invocation.command)
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

    A folder that holds results of another export or mode, or files that no run made, or in which
    another run is working, is refused and left as it is: the process ends with a message and
    status 1.
    """
    if invocation.deletes_outputs:
        with _refusals_end_the_process():
            require_own(run.results, read_rule_specs(rules), edited=False)
            hold_results(run.results)
    if not invocation.runs_jobs:
        return
    with _refusals_end_the_process():
        if invocation.builds_results:
            prepare_results(run, read_rule_specs(rules))
            say_at_start(run)
            if list_left_out(run.presets):
                # where nothing is to be done Snakemake ends with 0, whatever was left out
                (run.results / MANIFEST).unlink(missing_ok=True)
        else:
            require_own_logs(run.results)
            require_writable(list_written(run))
    note_signals()
    if note := note_readers(_list_private(run)):
        print(note, file=sys.stderr, flush=True)
    for file in (ERROR_FILE, MESSAGE_FILE):
        (run.logs / file).unlink(missing_ok=True)


def _list_private(run: Run) -> dict[str, Path]:
    """The folders with data of subjects; nobody was ever treated in the demonstration trial."""
    if run.is_demo:
        return {"results": run.results}
    folders = {"edc_dir": run.sources.edc_dir, "results": run.results}
    return folders | ({"unblinding_dir": run.sources.lists[0].parent} if run.sources.lists else {})


def end_in_success(run: Run, invocation: Invocation) -> None:
    """Print where the report lies, the headline and what was lost at the door.

    Nothing if only a part was asked for. Ends the process with the status NOT_DRAWN where a figure
    is missing that was asked for.
    """
    from analysis.display.ard import Ard
    from analysis.display.rows.door import say_primary, say_total
    from analysis.display.text.conclusion.headline import headline

    message = run.logs / MESSAGE_FILE
    if invocation.is_apart and message.is_file():
        # what show_mapping prints is the answer, and may be sent to a file
        stream = sys.stdout if invocation.command == SHOW else sys.stderr
        atexit.register(stream.write, f"\n{message.read_text(encoding='utf-8')}")
        return
    report = run.results / REPORT
    if not report.is_file():
        return
    ard = Ard.read(run.results / "ard.csv")
    stamp = f"\n{run.allocation.stamp}" if run.allocation.stamp else ""
    lines = (headline(ard, run.plan), say_total(ard), say_primary(ard), f"Report: {report}")
    print("\n".join([stamp, *filter(None, lines)]), file=sys.stderr)
    if not say_at_end(run):
        sys.exit(NOT_DRAWN)


def end_in_error(run: Run, invocation: Invocation) -> None:
    """Withdraw what looks current; say the reason as the last thing on the terminal."""
    reasons = [_find_reason(run)]
    if invocation.builds_results:
        try:
            withdraw(run.results, READ_BY_PEOPLE, "a later run stopped with an error")
        except OSError as error:
            reasons.append(_say_not_withdrawn(run.results, error))
    atexit.register(sys.stderr.write, "".join(f"\n{reason.rstrip()}\n" for reason in reasons))


def _find_reason(run: Run) -> str:
    """Why a run stopped, also one whose jobs could not write it down."""
    file, signal = run.logs / ERROR_FILE, name_noted_signal()
    if file.is_file():
        return file.read_text(encoding="utf-8")
    if signal:
        return say_interrupted(signal)
    if is_full(run.logs):
        return FULL.format(name=run.results)
    return f"The run stopped; the logs in {run.logs} say why."


def _say_not_withdrawn(results: Path, error: OSError) -> str:
    why = explain_os_error(error, results) or str(error)
    return f"{why}. What lies in {results} is not current, and could not all be withdrawn"


@contextmanager
def _refusals_end_the_process() -> Iterator[None]:
    try:
        yield
    except AnalysisError as error:
        sys.exit(f"\n{error}")
    except OSError as error:
        explained = explain_os_error(error, Path.cwd())
        if explained is None:
            raise
        sys.exit(f"\n{explained}")


def _withdraw_all(folders: Sequence[Path]) -> None:
    """Withdraw earlier results, but not from under a run that is working on them.

    What no run of ours made stays, whatever its name; and so does all in a folder that cannot be
    written to, of which the message is not the one that matters now.
    """
    for folder in folders:
        with suppress(ConfigError, OSError, ValueError):
            if (folder / RUN_LOCK).is_file():
                hold_results(folder)
            withdraw(folder, READ_BY_PEOPLE, "a later run stopped before it began")
