"""Tampering with a locked data set: each kind stops the run, names what differs, computes nothing.

Every case runs in a folder with the results of an earlier, complete run.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable, Container, Iterable, Mapping
from pathlib import Path

import pytest
import yaml
from workflow_project import Project, build_once, check_stopped, differing, flip_byte

from analysis.run.sources import SIMULATED

LOCK = "config/small.json"
LOCKED = {"lock": LOCK}
LISTS = "data/unblinding/randomisation_list.csv"
UNBLINDED = {"rehearsal": None}
PHASE_2 = "config/trial-phase2.yaml"
ALPHA = {"key": "plan.inference.alpha", "old": 0.05, "new": 0.10}
RARELY = pytest.mark.torture
RESTORE = "A lock is written by the program and never edited. Restore it from version control"

Tamper = Callable[[Project], None]


def cases(every: Iterable[Tamper], often: Container[Tamper]) -> list[pytest.ParameterSet]:
    """A case for each kind of tampering; those that are not tried often wait for `make torture`."""
    return [
        pytest.param(tamper, id=tamper.__name__, marks=[] if tamper in often else RARELY)
        for tamper in every
    ]


@pytest.fixture(scope="session")
def locked(shared: Path, complete: Project) -> Project:
    """The complete project with a lock of its data set beside it. Not to be run."""

    def build(root: Path) -> None:
        outcome = complete.copy_to(root).run("lock", config=LOCKED)
        assert outcome.status == 0, outcome.terminal

    return build_once(shared / "locked", build)


@pytest.fixture
def project(locked: Project, tmp_path: Path) -> Project:
    """A copy of the locked project, for one test to change and run."""
    return locked.copy_to(tmp_path / "project")


# --- the export ---------------------------------------------------------------------------------


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


def count_rows(project: Project, table: str) -> int:
    return len(project.lines(f"data/edc/{table}.csv")) - 1


INPUTS: dict[Tamper, tuple[str, ...]] = {
    change_a_byte: ("edc/bl.csv: sha256 ", "size as locked, values differ"),
    delete_a_row: ("edc/mrs.csv: sha256 ", "; rows {mrs} -> {mrs_less}"),
    add_a_row: ("edc/dd.csv: sha256 ", "; rows {dd} -> {dd_more}"),
    reorder_rows: ("edc/ae.csv: sha256 ", "size as locked, values differ"),
    rename_a_column: ("edc/rand.csv: sha256 ", "columns added: KITID; columns removed: KITNO"),
    add_a_column: ("edc/dv.csv: sha256 ", "columns added: EXTRA"),
    swap_columns: ("edc/rand.csv: sha256 ", "columns in another order: SUBJID, RANDNO -> RANDNO"),
    take_a_table_away: ("edc/cm.csv: missing; locked with {cm} rows",),
    add_a_table: ("edc/dd_old.csv: not in the lock",),
    swap_tables: ("edc/ae.csv: sha256 ", "edc/ex.csv: sha256 "),
    write_other_line_ends: ("edc/ds.csv: sha256 ", "size "),
}


@pytest.mark.parametrize(
    "tamper",
    cases(
        INPUTS,
        (
            change_a_byte,
            delete_a_row,
            reorder_rows,
            rename_a_column,
            take_a_table_away,
            add_a_table,
        ),
    ),
)
def test_an_export_that_is_not_as_locked(locked: Project, project: Project, tamper: Tamper) -> None:
    tamper(project)
    outcome = project.run(config=LOCKED)
    check_nothing_was_computed(project, outcome.jobs)
    check_stopped(project, outcome)
    mrs, dd = count_rows(locked, "mrs"), count_rows(locked, "dd")
    numbers = {"mrs": mrs, "mrs_less": mrs - 1, "dd": dd, "dd_more": dd + 1}
    numbers["cm"] = count_rows(locked, "cm")
    heading = f"{LOCK}: this run differs from the data set 'edc' locked on "
    assert outcome.message.startswith(heading)
    missing = [words for words in INPUTS[tamper] if words.format(**numbers) not in outcome.message]
    assert missing == [], outcome.message


# --- plan and mapping ---------------------------------------------------------------------------


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


SETTINGS: dict[Tamper, str] = {
    change_the_plan: "plan.inference.alpha: 0.05 -> 0.1, without an amendment",
    drop_a_covariate: "plan.primary.covariates: [{",
    reseed_the_dummy_allocation: "plan.dummy_allocation.seed: 20260415 -> 20260416, without",
    call_an_assumption_registered: 'plan.inference.source: "assumption" -> "registry", without',
    change_the_missing_values: 'edc.missing_values: [] -> ["-99"], without an amendment',
    map_a_value: 'edc.tables.mrs.values.MRSSRC.SITE: absent -> "LOCAL", without an amendment',
}


@pytest.mark.parametrize("tamper", cases(SETTINGS, (change_the_plan, change_the_missing_values)))
def test_a_plan_or_mapping_that_is_not_as_locked(project: Project, tamper: Tamper) -> None:
    tamper(project)
    outcome = project.run(config=LOCKED)
    check_nothing_was_computed(project, outcome.jobs)
    check_stopped(project, outcome)
    assert SETTINGS[tamper] in outcome.message


def test_another_plan_file_does_not_evade_the_lock(project: Project) -> None:
    shutil.copy2(project.root / "config/trial.yaml", project.root / "other.yaml")
    project.edit("other.yaml", "alpha: 0.05", "alpha: 0.10")
    outcome = project.run("--configfile", "other.yaml", config=LOCKED)
    check_stopped(project, outcome)
    assert SETTINGS[change_the_plan] in outcome.message


def test_another_mapping_file_does_not_evade_the_lock(project: Project) -> None:
    shutil.copy2(project.root / "config/edc.yaml", project.root / "other.yaml")
    project.edit("other.yaml", "missing_values: []", "missing_values: ['-99']")
    outcome = project.run(config={**LOCKED, "edc": "other.yaml"})
    check_stopped(project, outcome)
    assert SETTINGS[change_the_missing_values] in outcome.message


def test_the_plan_of_another_trial_does_not_fit_the_lock(project: Project) -> None:
    outcome = project.run("--configfile", PHASE_2, config=LOCKED)
    check_stopped(project, outcome)
    assert "the lock is of NCT07141303, the plan of NCT07516522" in outcome.message


def test_everything_that_differs_stands_in_one_message(project: Project) -> None:
    for tamper in (change_a_byte, add_a_table, change_the_plan, change_the_missing_values):
        tamper(project)
    outcome = project.run(config=LOCKED)
    check_stopped(project, outcome)
    wanted = ("edc/bl.csv", "edc/dd_old.csv", "plan.inference.alpha", "edc.missing_values")
    assert [words for words in wanted if f"  - {words}: " not in outcome.message] == []


# --- the lock itself ----------------------------------------------------------------------------


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


BY_HAND = "the lock was edited by hand: its seal is "
LOCKS: dict[Tamper, tuple[str, ...]] = {
    move_the_date: (BY_HAND, RESTORE),
    adapt_the_lock_to_a_changed_plan: (BY_HAND, RESTORE),
    take_an_input_out_of_the_lock: (BY_HAND, RESTORE),
    cut_the_lock_off: ("not valid JSON, so cut off or damaged", RESTORE),
    empty_the_lock: ("not valid JSON, so cut off or damaged", RESTORE),
    repeat_a_key: ("key 'name' stands twice", RESTORE),
    add_a_key: ("note: unknown key", RESTORE),
    delete_the_lock: ("there is no such file; the data set is not locked",),
}


@pytest.mark.parametrize(
    "tamper", cases(LOCKS, (adapt_the_lock_to_a_changed_plan, cut_the_lock_off, delete_the_lock))
)
def test_a_lock_that_is_not_as_it_was_written(project: Project, tamper: Tamper) -> None:
    tamper(project)
    outcome = project.run(config=LOCKED)
    check_nothing_was_computed(project, outcome.jobs)
    check_stopped(project, outcome)
    assert [words for words in LOCKS[tamper] if words not in outcome.message] == []
    assert LOCK in outcome.message


@pytest.mark.parametrize(
    ("config", "words"),
    [
        ({}, f"{LOCK}: the data set 'edc' was locked on "),
        ({"relock": "a new snapshot"}, "nothing differs from the lock of "),
        pytest.param(
            {"relock": ""},
            "relock",
            marks=[RARELY, pytest.mark.xfail(strict=True, reason="an empty value becomes 'None'")],
        ),
    ],
)
def test_a_lock_is_not_replaced(project: Project, config: dict[str, str], words: str) -> None:
    before, outputs = (project.root / LOCK).read_bytes(), project.outputs()
    outcome = project.run("lock", config={**LOCKED, **config})
    assert outcome.status == 1, outcome.terminal
    assert "Traceback" not in outcome.terminal
    assert words in outcome.terminal
    assert outcome.jobs in ([], ["Locking the data set"])
    assert (project.root / LOCK).read_bytes() == before
    assert differing(outputs, project.outputs()) == [], "a lock makes and withdraws no results"


@RARELY
@pytest.mark.xfail(strict=True, reason="the lock does not hold the mark of simulated data")
def test_simulated_data_stay_simulated_once_they_are_locked(fresh: Project, tmp_path: Path) -> None:
    project = fresh.copy_to(tmp_path / "project")
    mark = project.root / "data/edc" / SIMULATED
    mark.write_text("nobody\n", encoding="utf-8")
    assert project.run("lock", config=LOCKED).status == 0
    mark.unlink()
    outcome = project.run("-n", config=LOCKED)
    assert outcome.status == 1
    assert SIMULATED in outcome.message


def test_a_reason_to_lock_again_belongs_to_the_lock(project: Project) -> None:
    outcome = project.run(config={**LOCKED, "relock": "a new snapshot"})
    check_stopped(project, outcome)
    assert "relock: belongs to the command that locks" in outcome.message


# --- amendments ---------------------------------------------------------------------------------


def amend(project: Project, **change: object) -> None:
    """Write config/amendments.yaml with one change."""
    entry = {"date": "2026-11-01", "reason": "as agreed by the steering committee", **change}
    text = yaml.safe_dump({"amendments": [entry]})
    (project.root / "config/amendments.yaml").write_text(text, encoding="utf-8")


AMENDMENTS: dict[str, tuple[dict[str, object], str]] = {
    "another old value": ({**ALPHA, "old": 0.025}, "old = 0.025, but the locked value is 0.05"),
    "another new value": ({**ALPHA, "new": 0.2}, "new = 0.2, but the value is now 0.1"),
    "a number as text": ({**ALPHA, "old": "0.05"}, 'old = "0.05", but the locked value is 0.05'),
    "a block": ({**ALPHA, "key": "plan.inference"}, "plan.inference): a block, not a key"),
    "a key that is none": ({**ALPHA, "key": "plan.inference.alfa"}, "Did you mean 'plan.inferenc"),
    "an input file": ({**ALPHA, "key": "edc/bl.csv"}, "an input file cannot be amended"),
    "no reason": ({**ALPHA, "reason": ""}, "amendments.0.reason"),
    "no date": ({**ALPHA, "date": "soon"}, "amendments.0.date"),
    "no change": ({**ALPHA, "new": 0.05}, "old and new are the same, so nothing is amended"),
}


@pytest.mark.parametrize(
    ("change", "words"),
    [
        pytest.param(
            *case, id=name, marks=[] if name in ("another new value", "a block") else RARELY
        )
        for name, case in AMENDMENTS.items()
    ],
)
def test_an_amendment_that_does_not_fit(
    project: Project, change: dict[str, object], words: str
) -> None:
    change_the_plan(project)
    amend(project, **change)
    outcome = project.run(config=LOCKED)
    check_nothing_was_computed(project, outcome.jobs)
    check_stopped(project, outcome)
    assert words in outcome.message


def test_an_amendment_covers_its_key_alone(project: Project) -> None:
    change_the_plan(project)
    reseed_the_dummy_allocation(project)
    amend(project, **ALPHA)
    outcome = project.run(config=LOCKED)
    check_stopped(project, outcome)
    assert SETTINGS[reseed_the_dummy_allocation] in outcome.message
    assert "plan.inference.alpha" not in outcome.message


def test_after_an_amendment_that_fits_the_run_says_so(project: Project) -> None:
    change_the_plan(project)
    amend(project, **ALPHA)
    outcome = project.run(config=LOCKED)
    assert outcome.status == 0, outcome.terminal
    audit = json.loads(project.outputs()["manifest.json"])["audit"]
    assert audit["lock"]["State"].startswith("Locked on ")
    changes = [(change["key"], change["old"], change["new"]) for change in audit["changes"]]
    assert changes == [("plan.inference.alpha", "0.05", "0.1")]

    amend(project, **{**ALPHA, "new": 0.2})
    outcome = project.run(config=LOCKED)
    check_stopped(project, outcome)
    assert "new = 0.2, but the value is now 0.1" in outcome.message


# --- unblinding ---------------------------------------------------------------------------------


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


UNBLINDINGS: dict[Tamper, str] = {
    record_other_lists: "randomisation_list.csv: sha256 ",
    record_a_list_too_many: "third_list.csv: named by the record, but not given",
    record_an_early_date: "The unblinding record is dated 2020-01-01, but the data set 'edc' was",
    record_nobody: "config/unblinding.yaml: ",
    record_and_delete_the_lock: "there is no such file; the data set is not locked",
}


@pytest.mark.parametrize(
    "tamper", cases(UNBLINDINGS, (record_other_lists, record_and_delete_the_lock))
)
def test_an_unblinding_that_is_not_as_recorded(project: Project, tamper: Tamper) -> None:
    tamper(project)
    outcome = project.run(config={**LOCKED, **UNBLINDED})
    check_nothing_was_computed(project, outcome.jobs)
    check_stopped(project, outcome)
    assert UNBLINDINGS[tamper] in outcome.message


def test_an_unblinding_without_the_name_of_the_lock(project: Project) -> None:
    record(project)
    outcome = project.run(config=UNBLINDED)
    check_nothing_was_computed(project, outcome.jobs)
    check_stopped(project, outcome)
    assert "The unblinding is refused: the data set is not locked" in outcome.message


def test_an_unblinding_without_a_record(project: Project) -> None:
    outcome = project.run(config={**LOCKED, **UNBLINDED})
    check_nothing_was_computed(project, outcome.jobs)
    check_stopped(project, outcome)
    assert "neither an unblinding record (config/unblinding.yaml) nor" in outcome.message


def seal(project: Project, sha256: str) -> None:
    """Name the sealed randomisation list in the plan."""
    project.edit("config/trial.yaml", "randomisation_list: null", f"randomisation_list: {sha256}")


def test_a_rehearsal_with_the_sealed_list(project: Project) -> None:
    seal(project, hashlib.sha256((project.root / LISTS).read_bytes()).hexdigest())
    outcome = project.run()
    check_nothing_was_computed(project, outcome.jobs)
    check_stopped(project, outcome)
    assert "A rehearsal with the trial's own lists is refused" in outcome.message
    assert "randomisation_list.csv: sha256 " in outcome.message


def test_an_unblinding_with_a_list_that_is_not_the_sealed_one(project: Project) -> None:
    seal(project, hashlib.sha256((project.root / LISTS).read_bytes()).hexdigest())
    outcome = project.run("lock", config={"lock": "config/sealed.json"})
    assert outcome.status == 0, outcome.terminal
    swap_two_subjects(project)
    record(project, "config/sealed.json")
    outcome = project.run(config={"lock": "config/sealed.json", **UNBLINDED})
    check_nothing_was_computed(project, outcome.jobs)
    check_stopped(project, outcome)
    assert "the lists are not the sealed ones" in outcome.message
    assert "randomisation_list.csv: sha256 " in outcome.message


def check_nothing_was_computed(project: Project, jobs: list[str]) -> None:
    """No job ran: the last word of every log is that of the complete run."""
    assert jobs == []
    assert not (project.results / "logs" / "error.txt").exists()
