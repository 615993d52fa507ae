"""One run at a time, and no job of a killed run beside the next."""

from __future__ import annotations

import errno
import fcntl
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from analysis.errors import ConfigError
from analysis.run.job_records import process_lock as exclusive
from analysis.run.job_records.process_lock import JOBS_LOCK, hold_results, working

HOLDER = """
import sys, time
from pathlib import Path
from analysis.run.job_records.process_lock import hold_results, working
folder = Path(sys.argv[2])
if sys.argv[1] == "run":
    hold_results(folder)
    print("held", flush=True)
    time.sleep(60)
with working(folder):
    print("held", flush=True)
    time.sleep(float(sys.argv[3]))
"""


def start(kind: str, folder: Path, seconds: float = 60.0) -> subprocess.Popen[str]:
    """A process that holds a lock of the folder."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDER, kind, str(folder), str(seconds)],
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    return process


def end(process: subprocess.Popen[str]) -> None:
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert process.stdout is not None
    process.stdout.close()


@pytest.fixture(autouse=True)
def own_process(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """What this process holds and hands on ends with the test."""
    held: dict[Path, int] = {}
    monkeypatch.setattr(exclusive, "_held", held)
    monkeypatch.setenv(exclusive.TOKEN_VARIABLE, "")
    monkeypatch.delenv(exclusive.TOKEN_VARIABLE)
    yield
    for lock in held.values():
        os.close(lock)


def test_a_second_run_in_the_same_folder_is_refused(tmp_path: Path) -> None:
    other = start("run", tmp_path)
    try:
        with pytest.raises(ConfigError, match="another run is working in this folder"):
            hold_results(tmp_path)
    finally:
        end(other)
    hold_results(tmp_path)  # the kernel released what the killed process held


def test_a_start_waits_for_the_jobs_that_a_killed_run_left(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    orphan = start("job", tmp_path, seconds=0.8)
    begun = time.monotonic()
    hold_results(tmp_path)
    assert time.monotonic() - begun > 0.3
    assert orphan.poll() is not None or orphan.wait(5) == 0
    assert "Waiting for the jobs" in capsys.readouterr().err
    end(orphan)


def test_a_job_that_never_ends_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exclusive, "LONGEST_WAIT", 0.2)
    orphan = start("job", tmp_path)
    try:
        with pytest.raises(ConfigError, match="a job of an earlier run has been working"):
            hold_results(tmp_path)
    finally:
        end(orphan)


def test_jobs_of_one_run_work_beside_each_other(tmp_path: Path) -> None:
    hold_results(tmp_path)
    other = start("job", tmp_path)
    try:
        with working(tmp_path) as current:
            assert current
    finally:
        end(other)


def test_a_job_knows_whether_its_run_goes_on(tmp_path: Path) -> None:
    hold_results(tmp_path)
    with working(tmp_path) as current:
        assert current
    os.environ[exclusive.TOKEN_VARIABLE] = "an earlier one"
    with working(tmp_path) as current:
        assert not current


def test_a_job_without_a_run_works(tmp_path: Path) -> None:
    with working(tmp_path) as current:
        assert current
    assert (tmp_path / JOBS_LOCK).is_file()


@pytest.mark.parametrize("code", [errno.ENOLCK, errno.ENOSYS, errno.EOPNOTSUPP, errno.EBADF])
def test_a_file_system_without_locks_is_said_once_and_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], code: int
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(fcntl, "flock", refuse)
    hold_results(tmp_path)
    with working(tmp_path) as current:
        assert current
    said = capsys.readouterr().err
    assert said.count("offers no locks") == 1
    assert "Start one run at a time there" in said


def test_locks_are_taken_of_files_that_are_open_for_both(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A network file system (NFSv4) shares only what can be read, and excludes what is written."""
    flags: list[int] = []
    lock = fcntl.flock

    def note(descriptor: int, kind: int) -> None:
        flags.append(fcntl.fcntl(descriptor, fcntl.F_GETFL) & os.O_ACCMODE)
        lock(descriptor, kind)

    monkeypatch.setattr(fcntl, "flock", note)
    hold_results(tmp_path)
    with working(tmp_path):
        pass
    assert flags == [os.O_RDWR] * 3
