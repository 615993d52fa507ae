"""A run that was killed and started again ends as one that was left alone, without any hand."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.projects.workflow_project import Project, check_same


@pytest.mark.torture
def test_the_main_process_killed_while_its_jobs_draw(complete: Project, project: Project) -> None:
    for folder in ("figures", "tables"):
        shutil.rmtree(project.results / folder)
    going = project.start()
    going.wait_for("  ...  Drawing")
    assert going.kill(whole_group=False)
    check_same(complete.outputs(), project, project.run())


@pytest.mark.torture
def test_a_run_killed_with_its_jobs_while_deriving(
    complete: Project, fresh: Project, tmp_path: Path
) -> None:
    project = fresh.copy_to(tmp_path / "project")
    going = project.start()
    going.wait_for("  ...  Deriving")
    assert going.kill(whole_group=True)
    check_same(complete.outputs(), project, project.run())
