"""Blinded runs beside other lists, unreadable lists or none: the same bytes, so none was read."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.projects.blinded_project import LISTS, Watched, watch
from tests.projects.workflow_project import BLINDED, Project, build_once, check_same

Tell = Callable[[str], None]


@pytest.fixture(scope="session")
def blinded(shared: Path, fresh: Project) -> Project:
    """The project after one blinded run beside its lists. Not to be run."""

    def build(root: Path) -> None:
        outcome = fresh.copy_to(root).run(config=BLINDED)
        assert outcome.status == 0, outcome.terminal

    return build_once(shared / "blinded", build)


def give_everybody_the_other_arm(project: Project) -> None:
    for path in (project.root / LISTS).iterdir():
        text = path.read_text(encoding="utf-8")
        swapped = text.replace("MPSS", "?").replace("PLACEBO", "MPSS").replace("?", "PLACEBO")
        assert swapped != text
        path.write_text(swapped, encoding="utf-8")


def take_the_lists_away(project: Project) -> None:
    shutil.rmtree(project.root / LISTS)


def make_readers_wait_for_ever(project: Project) -> None:
    """A list becomes a pipe without a writer: whoever opens it, in whatever language, hangs."""
    for path in list((project.root / LISTS).iterdir()):
        path.unlink()
        os.mkfifo(path)


@pytest.mark.parametrize(
    "tamper",
    [give_everybody_the_other_arm, take_the_lists_away, make_readers_wait_for_ever],
    ids=lambda tamper: tamper.__name__,
)
def test_the_lists_do_not_matter(
    blinded: Project,
    fresh: Project,
    tamper: Callable[[Project], None],
    tmp_path: Path,
    tell: Tell,
) -> None:
    tell(f"blinded run: {tamper.__name__.replace('_', ' ')}")
    project = fresh.copy_to(tmp_path / "project")
    tamper(project)
    check_same(blinded.outputs(), project, project.run(config=BLINDED))


def test_a_rehearsal_with_the_lists_shows_that_arms_would_be_found(
    fresh: Project, tmp_path: Path, tell: Tell
) -> None:
    tell("a rehearsal: the arms are those of the lists, and the watch sees them opened")
    watched: Watched = watch(fresh.copy_to(tmp_path / "project"))
    outcome = watched.run(config={"unblinding_dir": LISTS, "rehearsal": "true"})
    assert outcome.status == 0, outcome.terminal
    assert watched.agreements()["adsl.parquet, TRT01P"] == 1.0
    assert watched.record.exists()
