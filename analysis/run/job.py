"""The frame of every script: a log, a line of progress, a job record, and errors in words."""

import sys
import time
import traceback
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any, Protocol

from analysis.errors import AnalysisError
from analysis.io.files import witnessed, write_text
from analysis.io.large.progress import telling
from analysis.run.folders.os_errors import explain_os_error
from analysis.run.job_records.interruption import INTERRUPTED, heeding_signals, say_interrupted
from analysis.run.job_records.process_lock import belongs_to_run, working
from analysis.run.job_records.proof import close_journal, keep_journal
from analysis.run.job_records.record import (
    Hashes,
    JobRecord,
    hash_paths,
    read_start,
    require_unchanged,
    write_record,
)
from analysis.run.job_records.rule_specs import list_inputs

MESSAGE_FILE = "message.txt"
"""In the folder of the logs: what a job has to say at the end of the run."""
ERROR_FILE = "error.txt"
"""In the folder of the logs: the message of the job that failed, for the end of the run."""


class Task(Protocol):
    """What Snakemake hands to a script."""

    @property
    def rule(self) -> str:
        """Name of the rule."""

    @property
    def input(self) -> Any:
        """Paths of all inputs, some by name."""

    @property
    def output(self) -> Any:
        """Paths of all outputs, some by name."""

    @property
    def params(self) -> Any:
        """Settings by name, as plain values."""

    @property
    def threads(self) -> int:
        """Cores that the job may use."""

    @property
    def log(self) -> Any:
        """Paths of the logs; one, in the folder ``logs`` of the results."""


@contextmanager
def job(task: Task, doing: str) -> Iterator[None]:
    """Run the block with its output in the task's log; say on the terminal what is being done.

    Inputs must be as the run found them or as an earlier job left them, and the code as the run
    found it; a record of inputs and outputs is written at the end. An AnalysisError becomes a
    message in the log and on the terminal and ends the process with status 1, and so does what
    the operating system refuses, a full disk for one. Any other exception is a fault of the
    program: its traceback goes to the log. A signal is said to have interrupted the run. A job
    whose run was killed and replaced by another ends at once.
    """
    path = Path(task.log[0])
    results = path.parent.parent
    with heeding_signals(), _reporting(path, doing), working(results) as current:
        if not current:
            sys.exit(1)
        started = time.monotonic()
        terminal = sys.stderr

        def say_progress(line: str) -> None:
            for stream in (file, terminal):
                stream.write(f"       {line}\n")
                stream.flush()

        with path.open("w", encoding="utf-8") as file:
            _say(f"  ...  {doing}")
            with (
                redirect_stdout(file),
                redirect_stderr(file),
                telling(say_progress),
                warnings.catch_warnings(),
            ):
                warnings.simplefilter("default")
                inputs = _begin(results, task)
                with witnessed(keep_journal(results, task.rule)):
                    yield
                _end(results, task, inputs)
            seconds = time.monotonic() - started
            file.write(f"done: {doing} ({seconds:.1f} s)\n")
        _say(f"  ok   {doing} ({seconds:.1f} s)")


@contextmanager
def _reporting(log: Path, doing: str) -> Iterator[None]:
    """End the process with a message in the log for whatever goes wrong."""
    try:
        yield
    except AnalysisError as error:
        _fail(log, str(error), str(error))
    except KeyboardInterrupt as error:
        message = say_interrupted(str(error))
        _fail(log, message, message, INTERRUPTED)
    except Exception as error:  # noqa: BLE001 - the outermost frame: everything is logged and ends here
        named = doing[:1].lower() + doing[1:]
        message = explain_os_error(error, log.parent) or (
            f"A fault of the program while {named}: see {log} and report it."
        )
        _fail(log, traceback.format_exc().rstrip(), message)


def _begin(results: Path, task: Task) -> Hashes:
    """The inputs for the record, once they and the code are found as the run knows them."""
    if belongs_to_run():
        require_unchanged(results, task.input)
    return hash_paths(results, list_inputs(task.input))


def _end(results: Path, task: Task, inputs: Hashes) -> None:
    """Leave a record, unless the code was edited meanwhile."""
    if belongs_to_run():
        require_unchanged(results)
    start = read_start(results)
    spec = start.specs.get(task.rule, "") if start else ""
    outputs = hash_paths(results, task.output)
    write_record(results, task.rule, JobRecord(spec=spec, inputs=inputs, outputs=outputs))
    close_journal(results, task.rule)


def leave_message(task: Task, message: str) -> None:
    """Leave a message, also in the log, that the end of the run prints as its last line."""
    print(message)
    write_text(Path(task.log[0]).parent / MESSAGE_FILE, message + "\n")


def _say(text: str) -> None:
    sys.stderr.write(f"{text}\n")  # in one piece: other jobs write too
    sys.stderr.flush()


def _fail(log: Path, logged: str, message: str, status: int = 1) -> None:
    """End the process; what cannot be written, on a full disk, is at least said."""
    try:
        with log.open("a", encoding="utf-8") as file:
            file.write(f"{logged}\n")
        write_text(log.parent / ERROR_FILE, message + "\n")
    except OSError:
        _say(message)
    sys.exit(status)
