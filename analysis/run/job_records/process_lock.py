"""Process locks: one run at a time in a results folder, no job of a killed run beside the next.

The main process holds one file lock as long as it lives; every job shares another one. The kernel
releases both when a process ends, however it ends, so nothing ever has to be unlocked by hand.
"""

import errno
import fcntl
import os
import secrets
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from analysis.errors import ConfigError
from analysis.io.files import write_text

RUN_LOCK = Path("logs") / "run.lock"
JOBS_LOCK = Path("logs") / "jobs.lock"
TOKEN = Path("logs") / "run.token"
TOKEN_VARIABLE = "ANALYSIS_RUN_TOKEN"
LONGEST_WAIT = 600.0
"""Seconds that a start waits for the jobs of a killed run: longer than any job takes."""
PAUSE = 0.1
NOT_KEPT_APART = (
    "results = {results}: this file system offers no locks (flock), so nothing keeps a second run "
    "out of this folder. Start one run at a time there, or give a folder on another disk with "
    "--config results=DIR"
)

NO_LOCKS = {errno.ENOSYS, errno.ENOLCK, errno.EOPNOTSUPP, errno.EINVAL, errno.EBADF}
"""What a file system answers that offers no locks (NFS without lockd, Lustre without flock)."""

_held: dict[Path, int] = {}
"""File descriptors, by folder, whose locks live as long as the process."""


def hold_results(results: Path) -> None:
    """Keep other runs out of ``results`` until this process ends, and wait for jobs left behind.

    Raises ConfigError if another run is working there. Jobs inherit the token of their run; one
    that wakes up after its run was killed finds another token and ends without a trace. On a file
    system without locks the run goes on and says once that it keeps no other out.
    """
    folder = results.resolve()
    if folder in _held:
        return
    (results / RUN_LOCK).parent.mkdir(parents=True, exist_ok=True)
    lock = os.open(results / RUN_LOCK, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        if not _lock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB):
            print(NOT_KEPT_APART.format(results=results), file=sys.stderr, flush=True)
    except BlockingIOError:
        os.close(lock)
        raise ConfigError(
            f"results = {results}: another run is working in this folder. Wait for its end, or "
            "give another folder with --config results=DIR"
        ) from None
    _held[folder] = lock
    os.environ[TOKEN_VARIABLE] = secrets.token_hex(8)
    write_text(results / TOKEN, os.environ[TOKEN_VARIABLE])
    _wait_for_jobs(results)


def leave_other_runs() -> None:
    """Forget the token of a run in whose surroundings this process was started."""
    os.environ.pop(TOKEN_VARIABLE, None)


def belongs_to_run() -> bool:
    """Whether this process belongs to a run that holds its folder and has recorded its start.

    The targets that build no results, lock and verify, do neither.
    """
    return TOKEN_VARIABLE in os.environ


@contextmanager
def working(results: Path) -> Iterator[bool]:
    """Share the lock of the jobs; yield whether the job's run is still the one that goes on."""
    with _open(results / JOBS_LOCK) as lock:
        _lock(lock.fileno(), fcntl.LOCK_SH)
        yield _is_current(results)


def _wait_for_jobs(results: Path) -> None:
    end = time.monotonic() + LONGEST_WAIT
    said = False
    with _open(results / JOBS_LOCK) as lock:
        while True:
            try:
                _lock(lock.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
                return
            except BlockingIOError:
                if time.monotonic() > end:
                    raise ConfigError(
                        f"results = {results}: a job of an earlier run has been working in this "
                        f"folder for more than {LONGEST_WAIT:.0f} seconds. End it, and start again"
                    ) from None
            if not said:
                print("Waiting for the jobs of a run that was killed.", file=sys.stderr, flush=True)
                said = True
            time.sleep(PAUSE)


def _is_current(results: Path) -> bool:
    own = os.environ.get(TOKEN_VARIABLE)
    try:
        current = (results / TOKEN).read_text(encoding="utf-8")
    except FileNotFoundError:
        return True
    return own is None or own == current


def _open(path: Path) -> IO[str]:
    path.parent.mkdir(parents=True, exist_ok=True)
    return path.open("a+", encoding="utf-8")  # NFS locks for sharing only what can be read too


def _lock(descriptor: int, kind: int) -> bool:
    """Lock a file; whether its file system can. Raises BlockingIOError if another has the lock."""
    try:
        fcntl.flock(descriptor, kind)
    except BlockingIOError:
        raise
    except OSError as error:
        if error.errno in NO_LOCKS:
            return False
        raise
    return True
