"""Tampering with export, plan or mapping of a locked data set: named, and nothing is computed.

Every case runs in a folder with the results of an earlier, complete run.
"""

from __future__ import annotations

import shutil

import pytest

from tests.projects.tampering import (
    LOCK,
    LOCKED,
    Tamper,
    add_a_column,
    add_a_row,
    add_a_table,
    call_an_assumption_registered,
    cases,
    change_a_byte,
    change_the_missing_values,
    change_the_plan,
    check_nothing_was_computed,
    delete_a_row,
    drop_a_covariate,
    map_a_value,
    rename_a_column,
    reorder_rows,
    reseed_the_dummy_allocation,
    swap_columns,
    swap_tables,
    take_a_table_away,
    write_other_line_ends,
)
from tests.projects.workflow_project import Project, check_stopped

PHASE_2 = "config/trial-phase2.yaml"


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
def test_an_export_that_is_not_as_locked(
    locked: Project, locked_project: Project, tamper: Tamper
) -> None:
    tamper(locked_project)
    outcome = locked_project.run(config=LOCKED)
    check_nothing_was_computed(locked_project, outcome)
    mrs, dd = count_rows(locked, "mrs"), count_rows(locked, "dd")
    numbers = {"mrs": mrs, "mrs_less": mrs - 1, "dd": dd, "dd_more": dd + 1}
    numbers["cm"] = count_rows(locked, "cm")
    heading = f"{LOCK}: this run differs from the data set 'edc' locked on "
    assert outcome.message.startswith(heading)
    missing = [words for words in INPUTS[tamper] if words.format(**numbers) not in outcome.message]
    assert missing == [], outcome.message


SETTINGS: dict[Tamper, str] = {
    change_the_plan: "plan.inference.alpha: 0.05 -> 0.1, without an amendment",
    drop_a_covariate: "plan.primary.covariates: [{",
    reseed_the_dummy_allocation: "plan.dummy_allocation.seed: 20260415 -> 20260416, without",
    call_an_assumption_registered: 'plan.inference.source: "assumption" -> "registry", without',
    change_the_missing_values: 'edc.missing_values: [] -> ["-99"], without an amendment',
    map_a_value: 'edc.tables.mrs.values.MRSSRC.SITE: absent -> "LOCAL", without an amendment',
}


@pytest.mark.parametrize("tamper", cases(SETTINGS, (change_the_plan, change_the_missing_values)))
def test_a_plan_or_mapping_that_is_not_as_locked(locked_project: Project, tamper: Tamper) -> None:
    tamper(locked_project)
    outcome = locked_project.run(config=LOCKED)
    check_nothing_was_computed(locked_project, outcome)
    assert SETTINGS[tamper] in outcome.message


def test_another_plan_file_does_not_evade_the_lock(locked_project: Project) -> None:
    shutil.copy2(locked_project.root / "config/trial.yaml", locked_project.root / "other.yaml")
    locked_project.edit("other.yaml", "alpha: 0.05", "alpha: 0.10")
    outcome = locked_project.run("--configfile", "other.yaml", config=LOCKED)
    check_stopped(locked_project, outcome)
    assert SETTINGS[change_the_plan] in outcome.message


def test_another_mapping_file_does_not_evade_the_lock(locked_project: Project) -> None:
    shutil.copy2(locked_project.root / "config/edc.yaml", locked_project.root / "other.yaml")
    locked_project.edit("other.yaml", "missing_values: []", "missing_values: ['-99']")
    outcome = locked_project.run(config={**LOCKED, "edc": "other.yaml"})
    check_stopped(locked_project, outcome)
    assert SETTINGS[change_the_missing_values] in outcome.message


def test_the_plan_of_another_trial_does_not_fit_the_lock(locked_project: Project) -> None:
    outcome = locked_project.run("--configfile", PHASE_2, config=LOCKED)
    check_stopped(locked_project, outcome)
    assert "the lock is of NCT07141303, the plan of NCT07516522" in outcome.message


def test_everything_that_differs_stands_in_one_message(locked_project: Project) -> None:
    for tamper in (change_a_byte, add_a_table, change_the_plan, change_the_missing_values):
        tamper(locked_project)
    outcome = locked_project.run(config=LOCKED)
    check_stopped(locked_project, outcome)
    wanted = ("edc/bl.csv", "edc/dd_old.csv", "plan.inference.alpha", "edc.missing_values")
    assert [words for words in wanted if f"  - {words}: " not in outcome.message] == []
