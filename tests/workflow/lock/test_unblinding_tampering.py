"""An unblinding that is not as recorded, locked and sealed: named, and nothing is computed.

Every case runs in a folder with the results of an earlier, complete run.
"""

from __future__ import annotations

import hashlib

import pytest

from tests.projects.tampering import (
    LISTS,
    LOCKED,
    Tamper,
    cases,
    check_nothing_was_computed,
    record,
    record_a_list_too_many,
    record_an_early_date,
    record_and_delete_the_lock,
    record_nobody,
    record_other_lists,
    seal,
    swap_two_subjects,
)
from tests.projects.workflow_project import Project

UNBLINDED = {"rehearsal": None}
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
def test_an_unblinding_that_is_not_as_recorded(locked_project: Project, tamper: Tamper) -> None:
    tamper(locked_project)
    outcome = locked_project.run(config={**LOCKED, **UNBLINDED})
    check_nothing_was_computed(locked_project, outcome)
    assert UNBLINDINGS[tamper] in outcome.message


def test_an_unblinding_without_the_name_of_the_lock(locked_project: Project) -> None:
    record(locked_project)
    outcome = locked_project.run(config=UNBLINDED)
    check_nothing_was_computed(locked_project, outcome)
    assert "The unblinding is refused: the data set is not locked" in outcome.message


def test_an_unblinding_without_a_record(locked_project: Project) -> None:
    outcome = locked_project.run(config={**LOCKED, **UNBLINDED})
    check_nothing_was_computed(locked_project, outcome)
    assert "neither an unblinding record (config/unblinding.yaml) nor" in outcome.message


def test_a_rehearsal_with_the_sealed_list(locked_project: Project) -> None:
    seal(locked_project, hashlib.sha256((locked_project.root / LISTS).read_bytes()).hexdigest())
    outcome = locked_project.run()
    check_nothing_was_computed(locked_project, outcome)
    assert "A rehearsal with the trial's own lists is refused" in outcome.message
    assert "randomisation_list.csv: sha256 " in outcome.message


def test_an_unblinding_with_a_list_that_is_not_the_sealed_one(locked_project: Project) -> None:
    seal(locked_project, hashlib.sha256((locked_project.root / LISTS).read_bytes()).hexdigest())
    outcome = locked_project.run("lock", config={"lock": "config/sealed.json"})
    assert outcome.status == 0, outcome.terminal
    swap_two_subjects(locked_project)
    record(locked_project, "config/sealed.json")
    outcome = locked_project.run(config={"lock": "config/sealed.json", **UNBLINDED})
    check_nothing_was_computed(locked_project, outcome)
    assert "the lists are not the sealed ones" in outcome.message
    assert "randomisation_list.csv: sha256 " in outcome.message
