"""Inputs changed while a run goes on: it stops and says so, and the next run is right."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.projects.workflow_project import CELL, Project, check_same, flip_byte

Tamper = Callable[[Project], None]
SLOW = ("analysis/jobs/derive_adam.py", "from collections", "import time\nfrom collections")
SLOWER = ("analysis/jobs/derive_adam.py", "    with job(", "    time.sleep(3.0)\n    with job(")
"""Between reading and deriving three seconds pass."""


def change_the_plan(project: Project) -> None:
    project.edit("config/trial.yaml", "alpha: 0.05", "alpha: 0.10")


def change_a_table(project: Project) -> None:
    project.edit(*CELL)


def swap_the_arms(project: Project) -> None:
    path = project.root / "data/unblinding/randomisation_list.csv"
    text = path.read_text(encoding="utf-8").replace("MPSS", "?").replace("PLACEBO", "MPSS")
    path.write_text(text.replace("?", "PLACEBO"), encoding="utf-8")


def change_an_intermediate(project: Project) -> None:
    flip_byte(project.results / "edc/bl.parquet")


def change_the_code(project: Project) -> None:
    project.edit(
        "analysis/analyses/description/baseline.py", "observed.mean()", "observed.median()"
    )


TAMPERS: dict[Tamper, str] = {
    change_the_plan: "  - config/trial.yaml",
    change_a_table: "  - data/edc/bl.csv",
    swap_the_arms: "  - data/unblinding/randomisation_list.csv",
    change_an_intermediate: "  - out/edc/bl.parquet",
    change_the_code: "The code was edited while the run was going on.",
}


@pytest.mark.parametrize("tamper", TAMPERS, ids=lambda tamper: tamper.__name__)
def test_a_change_between_reading_and_deriving(
    fresh: Project, tamper: Tamper, tmp_path: Path, tell: Callable[[str], None]
) -> None:
    tell(f"while a run goes on: {tamper.__name__.replace('_', ' ')}")
    project = fresh.copy_to(tmp_path / "project")
    for edit in (SLOW, SLOWER):
        project.edit(*edit)
    untouched = project.copy_to(tmp_path / "untouched")
    going = project.start()
    going.wait_for("  ok   Reading the export")
    tamper(project)
    outcome = going.end()
    assert outcome.status == 1, outcome.terminal
    assert "while the run was going on." in outcome.message
    assert TAMPERS[tamper] in outcome.message
    assert not (project.results / "report.html").exists()
    if tamper is not change_an_intermediate:
        tamper(untouched)
    assert untouched.run().status == 0
    check_same(untouched.outputs(), project, project.run())
