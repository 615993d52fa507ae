"""Ways to tamper with a locked data set, its plan, its lock and its unblinding."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable, Container, Iterable, Mapping

import pytest
import yaml

from tests.projects.workflow_project import Outcome, Project, check_stopped, flip_byte

LOCK = "config/small.json"
LOCKED = {"lock": LOCK}
LISTS = "data/unblinding/randomisation_list.csv"
ALPHA = {"key": "plan.inference.alpha", "old": 0.05, "new": 0.10}
RARELY = pytest.mark.torture

Tamper = Callable[[Project], None]


def cases(every: Iterable[Tamper], often: Container[Tamper]) -> list[pytest.ParameterSet]:
    """A case for each kind of tampering; those that are not tried often wait for `make torture`."""
    return [
        pytest.param(tamper, id=tamper.__name__, marks=[] if tamper in often else RARELY)
        for tamper in every
    ]


def check_nothing_was_computed(project: Project, outcome: Outcome) -> None:
    """Require a run that stopped before its first job."""
    assert outcome.jobs == []
    assert not (project.results / "logs" / "error.txt").exists()
    check_stopped(project, outcome)


def change_a_byte(project: Project) -> None:
    """One byte of one cell; size and time stamps stay."""
    flip_byte(project.root / "data/edc/bl.csv")


def delete_a_row(project: Project) -> None:
    project.write_lines("data/edc/mrs.csv", project.lines("data/edc/mrs.csv")[:-1])


def add_a_row(project: Project) -> None:
    lines = project.lines("data/edc/dd.csv")
    project.write_lines("data/edc/dd.csv", [*lines, lines[-1]])


def reorder_rows(project: Project) -> None:
    lines = project.lines("data/edc/ae.csv")
    project.write_lines("data/edc/ae.csv", [lines[0], *reversed(lines[1:])])


def rename_a_column(project: Project) -> None:
    project.edit("data/edc/rand.csv", "KITNO", "KITID")


def add_a_column(project: Project) -> None:
    lines = [f"{line.rstrip()},1\n" for line in project.lines("data/edc/dv.csv")]
    project.write_lines("data/edc/dv.csv", [lines[0].replace(",1\n", ",EXTRA\n"), *lines[1:]])


def swap_columns(project: Project) -> None:
    cells = [line.rstrip("\n").split(",") for line in project.lines("data/edc/rand.csv")]
    swapped = [",".join([row[1], row[0], *row[2:]]) + "\n" for row in cells]
    project.write_lines("data/edc/rand.csv", swapped)


def take_a_table_away(project: Project) -> None:
    (project.root / "data/edc/cm.csv").unlink()


def add_a_table(project: Project) -> None:
    shutil.copy2(project.root / "data/edc/dd.csv", project.root / "data/edc/dd_old.csv")


def swap_tables(project: Project) -> None:
    folder = project.root / "data/edc"
    (folder / "ae.csv").rename(folder / "other")
    (folder / "ex.csv").rename(folder / "ae.csv")
    (folder / "other").rename(folder / "ex.csv")


def write_other_line_ends(project: Project) -> None:
    path = project.root / "data/edc/ds.csv"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))


def change_the_plan(project: Project) -> None:
    project.edit("config/trial.yaml", "alpha: 0.05", "alpha: 0.10")


def drop_a_covariate(project: Project) -> None:
    lines = project.lines("config/trial.yaml")
    kept = [line for line in lines if "name: ASPECTS" not in line]
    assert len(kept) == len(lines) - 1
    project.write_lines("config/trial.yaml", kept)


def reseed_the_dummy_allocation(project: Project) -> None:
    project.edit("config/trial.yaml", "seed: 20260415", "seed: 20260416")


def call_an_assumption_registered(project: Project) -> None:
    project.edit(
        "config/trial.yaml", "inference:\n  source: assumption", "inference:\n  source: registry"
    )


def change_the_missing_values(project: Project) -> None:
    project.edit("config/edc.yaml", "missing_values: []", "missing_values: ['-99']")


def map_a_value(project: Project) -> None:
    mapped = "tables: {mrs: {values: {MRSSRC: {SITE: LOCAL}}}}"
    project.edit("config/edc.yaml", "tables: {}", mapped)


def move_the_date(project: Project) -> None:
    locked_on = json.loads((project.root / LOCK).read_text(encoding="utf-8"))["locked_on"]
    project.edit(LOCK, f'"locked_on": "{locked_on}"', '"locked_on": "2020-01-01"')


def adapt_the_lock_to_a_changed_plan(project: Project) -> None:
    change_the_plan(project)
    project.edit(LOCK, '"inference.alpha": 0.05', '"inference.alpha": 0.1')


def take_an_input_out_of_the_lock(project: Project) -> None:
    content = json.loads((project.root / LOCK).read_text(encoding="utf-8"))
    del content["inputs"]["edc/cm.csv"]
    (project.root / LOCK).write_text(json.dumps(content), encoding="utf-8")
    take_a_table_away(project)


def cut_the_lock_off(project: Project) -> None:
    content = (project.root / LOCK).read_bytes()
    (project.root / LOCK).write_bytes(content[: len(content) // 2])


def empty_the_lock(project: Project) -> None:
    (project.root / LOCK).write_bytes(b"")


def repeat_a_key(project: Project) -> None:
    project.edit(LOCK, '"name": "edc",', '"name": "edc", "name": "edc",')


def add_a_key(project: Project) -> None:
    project.edit(LOCK, '"name": "edc",', '"name": "edc", "note": "as agreed",')


def delete_the_lock(project: Project) -> None:
    (project.root / LOCK).unlink()


def amend(project: Project, **change: object) -> None:
    """Write config/amendments.yaml with one change."""
    entry = {"date": "2026-11-01", "reason": "as agreed by the steering committee", **change}
    text = yaml.safe_dump({"amendments": [entry]})
    (project.root / "config/amendments.yaml").write_text(text, encoding="utf-8")


def record(
    project: Project, lock: str = LOCK, more_lists: Mapping[str, str] | None = None, **changed: str
) -> None:
    """Write an unblinding record of the lists as they are, on the day of the lock."""
    folder = project.root / "data/unblinding"
    lists = {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in folder.iterdir()}
    content = {
        "date": json.loads((project.root / lock).read_text(encoding="utf-8"))["locked_on"],
        "authorised_by": "the sponsor",
        "lists": {**lists, **(more_lists or {})},
        **changed,
    }
    file = project.root / "config/unblinding.yaml"
    file.write_text(yaml.safe_dump(content), encoding="utf-8")


def swap_two_subjects(project: Project) -> None:
    """Two randomisation numbers change their arms."""
    lines = project.lines(LISTS)
    first = next(i for i, line in enumerate(lines) if line.endswith(",MPSS\n"))
    second = next(i for i, line in enumerate(lines) if line.endswith(",PLACEBO\n"))
    lines[first] = lines[first].replace("MPSS", "PLACEBO")
    lines[second] = lines[second].replace("PLACEBO", "MPSS")
    project.write_lines(LISTS, lines)


def record_other_lists(project: Project) -> None:
    record(project)
    swap_two_subjects(project)


def record_a_list_too_many(project: Project) -> None:
    record(project, more_lists={"third_list.csv": "a" * 64})


def record_an_early_date(project: Project) -> None:
    record(project, date="2020-01-01")


def record_nobody(project: Project) -> None:
    record(project, authorised_by="")


def record_and_delete_the_lock(project: Project) -> None:
    record(project)
    delete_the_lock(project)


def seal(project: Project, sha256: str) -> None:
    """Name the sealed randomisation list in the plan."""
    project.edit("config/trial.yaml", "randomisation_list: null", f"randomisation_list: {sha256}")
