"""The complete project with a lock of its data set beside it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.projects.tampering import LOCKED
from tests.projects.workflow_project import Project, build_once


@pytest.fixture(scope="session")
def locked(shared: Path, complete: Project) -> Project:
    """The complete project with a lock of its data set beside it. Not to be run."""

    def build(root: Path) -> None:
        outcome = complete.copy_to(root).run("lock", config=LOCKED)
        assert outcome.status == 0, outcome.terminal

    return build_once(shared / "locked", build)


@pytest.fixture
def locked_project(locked: Project, tmp_path: Path) -> Project:
    """A copy of the locked project, for one test to change and run."""
    return locked.copy_to(tmp_path / "project")
