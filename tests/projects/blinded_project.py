"""A project whose allocation lists carry a mark, and a watch over who opens them."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from tests.projects.workflow_project import BLINDED, Config, Environment, Outcome, Project

MARK = "Q7XALLOCATIONZ9"
"""Stands on every line of both lists and nowhere else."""
LISTS = "data/unblinding"
WINDOW = 12
"""Consecutive lines of a list: a drawing agrees with so many by chance once in 4000 times."""
WATCH = """
import os, sys
def note(event, arguments):
    if event == "open" and "data/unblinding" in str(arguments[0]):
        file = os.open(os.environ["WATCH_RECORD"], os.O_WRONLY | os.O_APPEND | os.O_CREAT)
        os.write(file, f"{arguments[0]}\\n".encode())
        os.close(file)
sys.addaudithook(note)
"""
"""Run by every process of the package as it is imported: it notes the opening of a list."""


@dataclass(frozen=True)
class Watched:
    """A project with marked lists. ``before``: what was there before the first run."""

    project: Project
    before: frozenset[Path]

    @property
    def record(self) -> Path:
        """The lists that were opened, one to a line; absent if none was."""
        return self.project.root.with_name(f"{self.project.root.name}.opened")

    @property
    def environment(self) -> Environment:
        """What every run needs: the watch, and a folder of its own for temporary files."""
        root = self.project.root
        return {
            "WATCH_RECORD": str(self.record),
            "TMPDIR": str(root / "tmp"),
        }

    def run(self, *arguments: str, config: Config | None = None) -> Outcome:
        """Make a blinded run; its terminal is kept as a file."""
        given = {**BLINDED, **(config or {})}
        outcome = self.project.run(*arguments, config=given, environment=self.environment)
        terminals = self.project.root / "terminals"
        (terminals / f"{len(list(terminals.iterdir()))}.txt").write_text(
            outcome.terminal, encoding="utf-8"
        )
        return outcome

    def written(self) -> list[Path]:
        """Every file that was not there before the first run."""
        return sorted(list_files(self.project.root) - self.before)

    def truth(self) -> dict[str, str]:
        """The arm of every randomisation number on the list."""
        rows = [line.split(",") for line in self.project.lines(f"{LISTS}/randomisation_list.csv")]
        return {row[0]: row[1] for row in rows[1:]}

    def agreements(self) -> dict[str, float]:
        """In every table that was written, how many of the arms are the true ones, by column."""
        arm_of_number, found = self.truth(), {}
        rows = [line.rstrip().split(",") for line in self.project.lines("data/edc/rand.csv")[1:]]
        arm_of_subject = {row[0]: arm_of_number[row[1]] for row in rows}
        for path in self.written():
            table = read_table(path)
            for column in table.columns if "SUBJID" in table else ():
                if set(table[column].dropna()) == set(arm_of_number.values()):
                    agrees = table[column] == table["SUBJID"].map(arm_of_subject)
                    found[f"{path.name}, {column}"] = float(agrees.mean())
        return found

    def words(self) -> list[str]:
        """The mark, the hashes of the lists, and runs of their lines without the mark."""
        found = [MARK]
        for path in sorted((self.project.root / LISTS).iterdir()):
            content = path.read_bytes()
            found.append(hashlib.sha256(content).hexdigest())
            pairs = [line.rpartition(",")[0] for line in content.decode().splitlines()[1:]]
            windows = [pairs[i : i + WINDOW] for i in range(0, len(pairs) - WINDOW, WINDOW)]
            found += ["\n".join(window) for window in windows]
        return found


def read_table(path: Path) -> pd.DataFrame:
    """A table of texts; without columns if the file is none."""
    if path.suffix == ".parquet":
        return pd.read_parquet(path)
    if path.suffix == ".csv":
        return pd.read_csv(path, dtype=str, keep_default_na=False)
    return pd.DataFrame()


def list_files(root: Path) -> frozenset[Path]:
    """Every file below a folder."""
    return frozenset(path for path in root.rglob("*") if path.is_file())


def mark_lists(project: Project) -> None:
    """Put the mark on every line of both lists."""
    for path in (project.root / LISTS).iterdir():
        header, *lines = path.read_text(encoding="utf-8").splitlines()
        marked = [f"{header},NOTE", *(f"{line},{MARK}{i:04d}" for i, line in enumerate(lines))]
        path.write_text("\n".join(marked) + "\n", encoding="utf-8")


def watch(project: Project) -> Watched:
    """Mark the lists of a project that was never run, and set the watch over them."""
    mark_lists(project)
    for name in ("tmp", "terminals"):
        (project.root / name).mkdir()
    with (project.root / "analysis/__init__.py").open("a", encoding="utf-8") as package:
        package.write(WATCH)
    return Watched(project, list_files(project.root))
