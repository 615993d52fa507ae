"""Kills at random moments, each followed at once by a plain rerun that must give the same bytes."""

from __future__ import annotations

import random
import signal
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.projects.workflow_project import CELL, Project, check_same

SEED = 20_261_123
WAYS = ("rerun", "rerun killed too", "input changed")
"""What comes between the kill and the rerun that is looked at."""
EARLIER = 0.8
"""A kill that came too late is tried again after this part of the time."""


@dataclass(frozen=True)
class Kill:
    """``moments``: of the kill and of that of the rerun, as parts of an undisturbed run."""

    whole_group: bool
    way: str
    moments: tuple[float, float]

    def __str__(self) -> str:
        whom = "run and jobs" if self.whole_group else "main process"
        return f"{whom}, {self.way}, {self.moments[0]:.3f}"


def draw_kills(number: int) -> list[Kill]:
    """One kill in each of ``number`` equal parts of a run, at a random moment of it."""
    draw = random.Random(SEED)
    return [
        Kill(
            whole_group=k % 2 == 1,
            way=WAYS[k // 2 % len(WAYS)],
            moments=((k + draw.random()) / number, draw.random()),
        )
        for k in range(number)
    ]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "kill" in metafunc.fixturenames:
        kills = draw_kills(metafunc.config.getoption("kills", 30))
        metafunc.parametrize("kill", kills, ids=str)


def run_and_kill(project: Project, seconds: float, *, whole_group: bool) -> bool:
    """Start a run and kill it after some seconds; return whether it was still going on."""
    going = project.start()
    time.sleep(seconds)
    return going.kill(whole_group=whole_group)


def test_a_kill_and_a_rerun(
    complete: Project,
    changed: Project,
    fresh: Project,
    run_seconds: float,
    kill: Kill,
    tmp_path: Path,
    tell: Callable[[str], None],
) -> None:
    project, seconds = fresh.copy_to(tmp_path / "project"), kill.moments[0] * run_seconds
    while not run_and_kill(project, seconds, whole_group=kill.whole_group):
        project.forget_runs()
        seconds *= EARLIER
    made = len(project.outputs()) if project.results.exists() else 0
    said = f"{kill}: killed after {seconds:.2f} s with {made} outputs"
    if kill.way == "rerun killed too":
        again = kill.moments[1] * run_seconds
        hit = run_and_kill(project, again, whole_group=not kill.whole_group)
        said += f"; rerun {'killed' if hit else 'over'} after {again:.2f} s"
    if kill.way == "input changed":
        project.edit(*CELL)
    tell(said)
    reference = changed if kill.way == "input changed" else complete
    check_same(reference.outputs(), project, project.run())
    assert list((project.root / ".snakemake/incomplete").glob("*")) == []


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_run_that_is_told_to_end(
    complete: Project,
    fresh: Project,
    number: signal.Signals,
    tmp_path: Path,
    tell: Callable[[str], None],
) -> None:
    project = fresh.copy_to(tmp_path / "project")
    going = project.start()
    going.wait_for("  ...  Drawing")
    going.process.send_signal(number)
    tell(f"{number.name} to the main process while it draws")
    assert going.end().status != 0
    assert not (project.results / "report.html").exists()
    check_same(complete.outputs(), project, project.run())


def test_a_start_that_fails_waits_for_the_jobs_of_a_killed_run(
    project: Project, tell: Callable[[str], None]
) -> None:
    (project.results / "figures/grotta_itt.svg").unlink()
    going = project.start()
    going.wait_for("  ...  Drawing")
    assert going.kill(whole_group=False)
    tell("main process while a job draws, then a start that fails")
    outcome = project.run(config={"unblinding_dir": "data/none"})
    assert outcome.status == 1
    time.sleep(5.0)
    assert not (project.results / "report.html").exists()
    assert not (project.results / "figures").exists(), "a job of the killed run wrote afterwards"
