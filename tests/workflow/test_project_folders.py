"""A project runs in whatever folder it and its environment lie, and gives the same bytes."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import pytest

from tests.projects.workflow_project import Project, check_same

EVERYTHING = "One Drive (Uni) & $HOME 'a' {b} <c> %s;#"
"""All that a folder's name is known to hold, and what shells and Snakemake read otherwise."""
OTHERS = ("{", 'q"`~!*?[x]', "new\nline 京", "-n", "x" * 200)


def lay(fresh: Project, folder: Path) -> Project:
    """The project in a folder, with an environment in it as ``make env`` lays it."""
    project = fresh.copy_to(folder / "project")
    (project.root / ".venv").symlink_to(sys.prefix)
    return replace(project, python=str(project.root / ".venv" / "bin" / "python"))


def test_a_whole_run_gives_the_same_bytes(
    complete: Project, fresh: Project, tmp_path: Path
) -> None:
    project = lay(fresh, tmp_path / EVERYTHING)
    check_same(complete.outputs(), project, project.run())


@pytest.mark.parametrize("name", OTHERS)
def test_jobs_start_in_any_folder(name: str, fresh: Project, tmp_path: Path) -> None:
    outcome = lay(fresh, tmp_path / name).run("check_lock")
    assert outcome.status == 0, outcome.terminal
    assert outcome.jobs == ["Checking the lock"]
