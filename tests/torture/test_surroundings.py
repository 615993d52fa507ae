"""The same inputs give the same bytes in surroundings that have nothing else in common."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.projects.workflow_project import Project, check_same

DEMONSTRATION = {"edc_dir": None, "unblinding_dir": None, "rehearsal": None}
NEW_YEAR = ("faketime", "2031-12-31 23:59:50")
"""A run in which the year changes."""
BEFORE = 1_700_000_000
"""A time in 2023: no input may be younger than the run."""
LEAP_DAY = ("faketime", "2024-02-29 12:00:00")
REAL_WAITS = {"FAKETIME_DONT_FAKE_MONOTONIC": "1"}
"""Only the date is another one: with a faked monotonic clock, waiting threads never wake up."""
HERE = {"TZ": "UTC", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "1", "OMP_NUM_THREADS": "1"}
THERE = {
    "TZ": "Pacific/Kiritimati", "LC_ALL": "C", "LANG": "C", "PYTHONHASHSEED": "4242",
    "USER": "somebody", "COLUMNS": "40", "OMP_NUM_THREADS": "2", **REAL_WAITS,
}  # fmt: skip


@pytest.fixture(autouse=True)
def _need_another_date() -> None:
    """Without it nothing here is tried, so its lack is a failure and no skipped trial."""
    if shutil.which("faketime") is None:
        pytest.fail("faketime is not installed (Debian: apt-get install faketime)", pytrace=False)


def test_two_full_runs(fresh: Project, tmp_path: Path, tell: Callable[[str], None]) -> None:
    here = fresh.copy_to(tmp_path / "here")
    there = fresh.copy_to(tmp_path / "a folder with spaces" / "and längen" / "there")
    first = here.run(cores=1, config=DEMONSTRATION, environment=HERE)
    assert first.status == 0, first.terminal
    tell(f"demonstration trial, 1 and 4 cores, time zone, locale, date {NEW_YEAR[1]}")
    second = there.run(cores=4, config=DEMONSTRATION, environment=THERE, prefix=NEW_YEAR)
    check_same(here.outputs(), there, second)
    assert files(here.root / "data/demo") == files(there.root / "data/demo")


def test_a_small_run_on_another_day(
    complete: Project, fresh: Project, tmp_path: Path, tell: Callable[[str], None]
) -> None:
    tell("the small export on 29 February 2024")
    project = fresh.copy_to(tmp_path / "project")
    for path in project.root.rglob("*"):
        os.utime(path, (BEFORE, BEFORE))
    past = project.run(prefix=LEAP_DAY, environment=THERE)
    check_same(complete.outputs(), project, past)


def files(folder: Path) -> dict[str, bytes]:
    """Every file below a folder."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }
