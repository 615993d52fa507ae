"""Projects that several folders of tests run, on a small simulated export.

The session makes one project (a copy of the working tree with its package), runs it once, and
lends copies of it: a copy holds sources, inputs, results and the records of Snakemake.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from matplotlib import get_data_path
from matplotlib.font_manager import fontManager

from tests.projects.workflow_project import Project, build_once

# The same examples in every run, so that a red test is red for everybody, on a slow machine too.
settings.register_profile("repeatable", deadline=None, derandomize=True, max_examples=60)
settings.load_profile("repeatable")

TOP = Path(__file__).parents[1]
SOURCES = ("Snakefile", "workflow", "config", "profiles", "analysis")
SUBJECTS, SITES = 60, 4
QUICKER = {
    "    imputations: 50": "    imputations: 4",
    "    cycles: 20": "    cycles: 4",
    "highest: 2.0, step: 0.5": "highest: 2.0, step: 2.0",
}
"""What takes long in the shipped plan, made small: these projects are run a hundred times."""


@pytest.fixture(scope="session", autouse=True)
def _bundled_fonts() -> Iterator[None]:
    """No test sees the fonts of the machine: those that come with matplotlib, and what it makes."""
    bundled = Path(get_data_path()).resolve()
    kept = [
        entry
        for entry in fontManager.ttflist
        if Path(entry.fname).resolve().is_relative_to(bundled)
    ]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(fontManager, "ttflist", kept)
        patch.setattr("analysis.display.drawing.fonts.findSystemFonts", list)
        yield


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that all worker processes of this session share."""
    base = tmp_path_factory.getbasetemp()
    folder = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    (folder / "projects").mkdir(exist_ok=True)
    return folder / "projects"


@pytest.fixture(scope="session")
def fresh(shared: Path) -> Project:
    """A project with its inputs that was never run."""
    return build_once(shared / "fresh", _make_project)


@pytest.fixture(scope="session")
def complete(shared: Path, fresh: Project) -> Project:
    """The project after one run. Not to be run.

    ``terminal.txt``: what that run wrote; ``seconds.txt``: how long it took.
    """

    def build(root: Path) -> None:
        project, began = fresh.copy_to(root), time.monotonic()
        outcome = project.run(environment={"PYTHONHASHSEED": "1"})
        assert outcome.status == 0, outcome.terminal
        seconds = time.monotonic() - began
        (root / "terminal.txt").write_text(outcome.terminal, encoding="utf-8")
        (root / "seconds.txt").write_text(f"{seconds}", encoding="utf-8")

    return build_once(shared / "complete", build)


@pytest.fixture
def project(complete: Project, tmp_path: Path) -> Project:
    """A copy of the complete project, for one test to change and run."""
    return complete.copy_to(tmp_path / "project")


def _make_project(root: Path) -> None:
    from analysis.config import load_plan
    from analysis.simulate import simulate_trial, write_export, write_lists

    root.mkdir()
    for name in SOURCES:
        source = TOP / name
        if source.is_dir():
            shutil.copytree(source, root / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy2(source, root / name)
    compilation = ["compileall", "-q", "--invalidation-mode", "checked-hash", "analysis"]
    subprocess.run([sys.executable, "-m", *compilation], cwd=root, check=True)
    for old, new in QUICKER.items():
        Project(root).edit("config/trial.yaml", old, new)
    plan = load_plan(root / "config" / "trial.yaml")
    settings = {"n": SUBJECTS, "sites": SITES, "fault_rate": 0.0}
    trial = simulate_trial(plan.model_copy(update={"demo": plan.demo.model_copy(update=settings)}))
    write_export(trial.tables, root / "data" / "edc", "csv")
    write_lists(trial.lists, root / "data" / "unblinding")
