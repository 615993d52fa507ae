"""Runs of the workflow in folders of their own, on a small simulated export.

The session makes one project (a copy of the working tree with its package), runs it once, and
lends copies of it: a copy holds sources, inputs, results and the records of Snakemake.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from analysis.config import load_plan
from analysis.simulate import simulate_trial, write_export, write_lists

TOP = Path(__file__).parents[2]
SOURCES = ("Snakefile", "workflow", "config", "profiles", "analysis")
SUBJECTS, SITES = 60, 4
REHEARSAL = {
    "edc_dir": "data/edc",
    "unblinding_dir": "data/unblinding",
    "results": "out",
    "rehearsal": "true",
}
OWN_BOOKS = ("logs", "withdrawn")
"""Folders of the results that are no outputs."""


@dataclass(frozen=True)
class Outcome:
    """How a run of Snakemake ended and all that it wrote to the terminal."""

    status: int
    terminal: str

    @property
    def jobs(self) -> list[str]:
        """What the jobs said they were doing, in their order."""
        return [
            line.removeprefix("  ...  ")
            for line in self.terminal.splitlines()
            if line.startswith("  ...  ")
        ]

    @property
    def planned(self) -> set[str]:
        """The rules that a dry run would run."""
        lines = self.terminal.splitlines()
        return {line[5:-1] for line in lines if line.startswith("rule ")} - {"all"}


@dataclass(frozen=True)
class Project:
    """A working folder of the project."""

    root: Path

    @property
    def results(self) -> Path:
        """The folder of the results."""
        return self.root / REHEARSAL["results"]

    def run(
        self,
        *arguments: str,
        cores: int = 2,
        config: dict[str, str | None] | None = None,
        environment: dict[str, str] | None = None,
    ) -> Outcome:
        """Run Snakemake as a rehearsal; ``config`` changes the command line, None drops a key."""
        given = {**REHEARSAL, **(config or {})}
        values = [f"{key}={value}" for key, value in given.items() if value is not None]
        variables = {**os.environ, "PYTHONPATH": str(self.root), **(environment or {})}
        command = [sys.executable, "-m", "snakemake", "--cores", str(cores), *arguments]
        if values:
            command += ["--config", *values]
        done = subprocess.run(
            command, cwd=self.root, env=variables, check=False, text=True, encoding="utf-8",
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        )  # fmt: skip
        return Outcome(done.returncode, done.stdout)

    def outputs(self) -> dict[str, bytes]:
        """Every output by its path in the results."""
        return {
            path.relative_to(self.results).as_posix(): path.read_bytes()
            for path in sorted(self.results.rglob("*"))
            if path.is_file() and path.relative_to(self.results).parts[0] not in OWN_BOOKS
        }

    def edit(self, file: str, old: str, new: str) -> None:
        """Replace the first place of a text, which must be there, in one file."""
        path = self.root / file
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    def subjects(self) -> list[str]:
        """The subject ids of the export."""
        lines = (self.root / "data/edc/rand.csv").read_text(encoding="utf-8").splitlines()
        return [line.partition(",")[0] for line in lines[1:]]

    def copy_to(self, root: Path) -> Project:
        """Return a copy with all time stamps as they are."""
        shutil.copytree(self.root, root)
        return Project(root)


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that all worker processes of this session share."""
    base = tmp_path_factory.getbasetemp()
    folder = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    (folder / "projects").mkdir(exist_ok=True)
    return folder / "projects"


@contextmanager
def one_at_a_time(path: Path) -> Iterator[None]:
    """Keep other worker processes out."""
    with path.open("w", encoding="utf-8") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def build_once(folder: Path, build: Callable[[Path], None]) -> Project:
    """Return the project in ``folder``, built by whichever worker comes first."""
    with one_at_a_time(folder.with_suffix(".lock")):
        if not folder.is_dir():
            unfinished = folder.with_suffix(".unfinished")
            shutil.rmtree(unfinished, ignore_errors=True)
            build(unfinished)
            unfinished.rename(folder)
    return Project(folder)


@pytest.fixture(scope="session")
def fresh(shared: Path) -> Project:
    """A project with its inputs that was never run."""

    def build(root: Path) -> None:
        root.mkdir()
        for name in SOURCES:
            source = TOP / name
            if source.is_dir():
                shutil.copytree(source, root / name, ignore=shutil.ignore_patterns("__pycache__"))
            else:
                shutil.copy2(source, root / name)
        subprocess.run([sys.executable, "-m", "compileall", "-q", "analysis"], cwd=root, check=True)
        plan = load_plan(root / "config" / "trial.yaml")
        settings = {"n": SUBJECTS, "sites": SITES, "fault_rate": 0.0}
        trial = simulate_trial(
            plan.model_copy(update={"demo": plan.demo.model_copy(update=settings)})
        )
        write_export(trial.tables, root / "data" / "edc", "csv")
        write_lists(trial.lists, root / "data" / "unblinding")

    return build_once(shared / "fresh", build)


@pytest.fixture(scope="session")
def complete(shared: Path, fresh: Project) -> Project:
    """The project after one run; what that run wrote stands in ``terminal.txt``. Not to be run."""

    def build(root: Path) -> None:
        project = fresh.copy_to(root)
        outcome = project.run(environment={"PYTHONHASHSEED": "1"})
        assert outcome.status == 0, outcome.terminal
        (root / "terminal.txt").write_text(outcome.terminal, encoding="utf-8")

    return build_once(shared / "complete", build)


@pytest.fixture
def project(complete: Project, tmp_path: Path) -> Project:
    """A copy of the complete project, for one test to change and run."""
    return complete.copy_to(tmp_path / "project")
