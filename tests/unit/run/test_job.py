"""The frame of every script: a log, progress on the terminal, errors in words."""

from __future__ import annotations

import errno
import os
import signal
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from types import SimpleNamespace

import pytest

from analysis.errors import AnalysisError, DataError
from analysis.run.hashes import hash_all_code
from analysis.run.job import ERROR_FILE, job
from analysis.run.job_records.interruption import SIGNALS
from analysis.run.job_records.process_lock import TOKEN, TOKEN_VARIABLE
from analysis.run.job_records.record import (
    START,
    StartRecord,
    hash_paths,
    read_job_records,
    write_record,
)


def task(log: Path, inputs: Sequence[Path] = (), outputs: Sequence[Path] = ()) -> SimpleNamespace:
    """What the workflow engine hands to the script of a rule."""
    return SimpleNamespace(
        rule="read_edc", input=map(str, inputs), output=map(str, outputs), log=[str(log)]
    )


def record_start(results: Path, code: str, files: Sequence[Path] = (), **specs: str) -> None:
    """What the main process of a run leaves for its jobs."""
    given = hash_paths(results, files)
    start = StartRecord(mode="rehearsal", export="../edc", code=code, files=given, specs=specs)
    write_record(results, START, start)


RunJob = Callable[[Callable[[], None]], object]


@pytest.fixture
def log(tmp_path: Path) -> Path:
    return tmp_path / "logs" / "read_edc.log"


@pytest.fixture
def run_job(log: Path) -> RunJob:
    """Run a block as a job; return the status that its process would end with."""

    def run(block: Callable[[], None]) -> object:
        try:
            with job(task(log), "Reading the mRS"):
                block()
        except SystemExit as end:
            return end.code
        return 0

    return run


def raise_error(error: BaseException) -> Callable[[], None]:
    def block() -> None:
        raise error

    return block


def test_progress_goes_to_the_terminal_and_output_to_the_log(
    run_job: RunJob, log: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def block() -> None:
        print("counted")
        print("noted", file=sys.stderr)

    assert run_job(block) == 0
    text = log.read_text(encoding="utf-8")
    assert "counted\nnoted\n" in text
    assert "done: Reading the mRS" in text
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("  ...  Reading the mRS\n  ok   Reading the mRS (")
    assert not (log.parent / ERROR_FILE).exists()


@pytest.mark.parametrize("kind", [AnalysisError, DataError])
def test_an_error_of_the_data_is_a_message(
    run_job: RunJob, log: Path, kind: type[AnalysisError], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run_job(raise_error(kind("The export is wrong.\n  - dm.csv: empty"))) == 1
    expected = "The export is wrong.\n  - dm.csv: empty\n"
    assert log.read_text(encoding="utf-8") == expected
    assert (log.parent / ERROR_FILE).read_text(encoding="utf-8") == expected
    assert "Traceback" not in capsys.readouterr().err


def test_a_fault_of_the_program_has_its_traceback_in_the_log_alone(
    run_job: RunJob, log: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run_job(raise_error(KeyError("secret cell"))) == 1
    assert "Traceback" in log.read_text(encoding="utf-8")
    message = (log.parent / ERROR_FILE).read_text(encoding="utf-8")
    assert message == (f"A fault of the program while reading the mRS: see {log} and report it.\n")
    shown = capsys.readouterr().err
    assert "Traceback" not in shown
    assert "secret cell" not in shown


def test_a_job_that_ends_itself_leaves_no_error(run_job: RunJob, log: Path) -> None:
    assert run_job(raise_error(SystemExit(3))) == 3
    assert not (log.parent / ERROR_FILE).exists()


@pytest.mark.usefixtures("heard")
@pytest.mark.parametrize("number", SIGNALS)
def test_a_signal_is_said_to_have_interrupted_the_run(
    run_job: RunJob, log: Path, number: signal.Signals
) -> None:
    assert run_job(lambda: signal.raise_signal(number)) == 130
    said = f"The run was interrupted ({number.name}). Start it again with the same command.\n"
    assert (log.parent / ERROR_FILE).read_text(encoding="utf-8") == said
    assert log.read_text(encoding="utf-8").endswith(said)
    assert read_job_records(log.parent.parent) == {}


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (errno.ENOSPC, "the disk is full"),
        (errno.EDQUOT, "the quota is used up"),
        (errno.EROFS, "read only"),
        (errno.EACCES, "no permission"),
    ],
)
def test_what_the_system_refuses_is_no_fault_of_the_program(
    run_job: RunJob, log: Path, code: int, words: str
) -> None:
    assert run_job(raise_error(OSError(code, os.strerror(code), "out/adam/adsl.parquet"))) == 1
    message = (log.parent / ERROR_FILE).read_text(encoding="utf-8")
    assert message.startswith("out/adam/adsl.parquet: ")
    assert words in message
    assert "fault of the program" not in message


def test_a_full_disk_is_said_where_it_cannot_be_written(
    run_job: RunJob, log: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse(path: Path, text: str) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(path))

    monkeypatch.setattr("analysis.run.job.write_text", refuse)
    assert run_job(raise_error(OSError(errno.ENOSPC, "full", "ard.csv"))) == 1
    assert "ard.csv: the disk is full" in capsys.readouterr().err


def test_a_log_is_begun_anew(run_job: RunJob, log: Path) -> None:
    run_job(raise_error(DataError("first")))
    run_job(lambda: None)
    assert "first" not in log.read_text(encoding="utf-8")


def test_a_job_leaves_a_record_of_its_outputs_at_the_end(log: Path, tmp_path: Path) -> None:
    output = tmp_path / "edc" / "dm.parquet"
    output.parent.mkdir()
    with job(task(log, outputs=[output]), "Reading the mRS"):
        output.write_bytes(b"typed")
        assert read_job_records(tmp_path) == {}
    (record,) = read_job_records(tmp_path).values()
    assert list(record.outputs) == ["edc/dm.parquet"]
    assert record.spec == "", "made by no run that said how"


def test_the_record_names_the_specification_that_the_run_began_with(
    log: Path, tmp_path: Path
) -> None:
    record_start(tmp_path, hash_all_code(), read_edc="the digest", another="another digest")
    with job(task(log), "Reading the mRS"):
        pass
    assert {name: record.spec for name, record in read_job_records(tmp_path).items()} == {
        "read_edc": "the digest"
    }


def test_a_job_that_fails_leaves_none(log: Path, tmp_path: Path) -> None:
    output = tmp_path / "dm.parquet"
    output.write_bytes(b"half")
    with pytest.raises(SystemExit), job(task(log, outputs=[output]), "Reading the mRS"):
        raise DataError("wrong")
    assert read_job_records(tmp_path) == {}


def test_a_file_given_to_the_run_and_changed_meanwhile_is_not_used(
    log: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(TOKEN_VARIABLE, "the run that goes on")
    given = [tmp_path / name for name in ("bl.csv", "dm.csv", "trial.yaml")]
    for path in given:
        path.write_text("as it was", encoding="utf-8")
    record_start(tmp_path, hash_all_code(), given)
    with job(task(log, inputs=given), "Reading the mRS"):
        pass
    given[1].write_text("changed", encoding="utf-8")
    used = []
    with pytest.raises(SystemExit), job(task(log, inputs=given), "Reading the mRS"):
        used.append(given)
    assert used == []
    assert (log.parent / ERROR_FILE).read_text(encoding="utf-8") == (
        "Files were changed while the run was going on. Start it again: all that depends on them "
        f"is made anew.\n  - {given[1]}\n"
    )


def test_an_intermediate_changed_while_the_run_goes_on_is_not_used(
    log: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(TOKEN_VARIABLE, "the run that goes on")
    made = tmp_path / "edc" / "dm.parquet"
    made.parent.mkdir()
    with job(task(log, outputs=[made]), "Reading the mRS"):
        made.write_bytes(b"typed")
    made.write_bytes(b"edited")
    used = []
    with pytest.raises(SystemExit), job(task(log, inputs=[made]), "Deriving"):
        used.append(made)
    assert used == []
    message = (log.parent / ERROR_FILE).read_text(encoding="utf-8")
    assert "changed while the run was going on" in message
    assert str(made) in message


def test_a_job_whose_run_was_replaced_ends_without_a_trace(
    log: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    log.parent.mkdir()
    (tmp_path / TOKEN).write_text("the run that goes on", encoding="utf-8")
    monkeypatch.setenv(TOKEN_VARIABLE, "the run that was killed")
    with pytest.raises(SystemExit), job(task(log), "Reading the mRS"):
        raise DataError("never reached")
    assert not log.exists()
    assert not (log.parent / ERROR_FILE).exists()


@pytest.mark.parametrize("is_before", [True, False])
def test_code_edited_while_the_run_goes_on_is_not_used(
    run_job: RunJob, log: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, is_before: bool
) -> None:
    monkeypatch.setenv(TOKEN_VARIABLE, "the run that goes on")
    record_start(tmp_path, "of another code" if is_before else hash_all_code())
    begun: list[bool] = []

    def work() -> None:
        begun.append(True)
        record_start(tmp_path, "of another code")

    assert run_job(work) == 1
    assert bool(begun) is not is_before
    assert log.read_text(encoding="utf-8") == (
        "The code was edited while the run was going on. Start it again: all that depends on the "
        "code is made anew.\n"
    )
    assert read_job_records(tmp_path) == {}
