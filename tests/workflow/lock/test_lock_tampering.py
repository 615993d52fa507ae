"""Tampering with the lock itself, or with amendments: named, and nothing is computed.

Every case runs in a folder with the results of an earlier, complete run.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from analysis.run.settings.input_files import SIMULATED
from tests.projects.tampering import (
    ALPHA,
    LOCK,
    LOCKED,
    RARELY,
    Tamper,
    adapt_the_lock_to_a_changed_plan,
    add_a_key,
    amend,
    cases,
    change_the_plan,
    check_nothing_was_computed,
    cut_the_lock_off,
    delete_the_lock,
    empty_the_lock,
    move_the_date,
    repeat_a_key,
    reseed_the_dummy_allocation,
    take_an_input_out_of_the_lock,
)
from tests.projects.workflow_project import Project, check_stopped, differing

RESTORE = "A lock is written by the program and never edited. Restore it from version control"
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
def test_a_lock_that_is_not_as_it_was_written(locked_project: Project, tamper: Tamper) -> None:
    tamper(locked_project)
    outcome = locked_project.run(config=LOCKED)
    check_nothing_was_computed(locked_project, outcome)
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
            marks=RARELY,
        ),
    ],
)
def test_a_lock_is_not_replaced(
    locked_project: Project, config: dict[str, str], words: str
) -> None:
    before, outputs = (locked_project.root / LOCK).read_bytes(), locked_project.outputs()
    outcome = locked_project.run("lock", config={**LOCKED, **config})
    assert outcome.status == 1, outcome.terminal
    assert "Traceback" not in outcome.terminal
    assert words in outcome.terminal
    assert outcome.jobs in ([], ["Locking the data set"])
    assert (locked_project.root / LOCK).read_bytes() == before
    assert differing(outputs, locked_project.outputs()) == [], (
        "a lock makes and withdraws no results"
    )


@RARELY
def test_simulated_data_stay_simulated_once_they_are_locked(fresh: Project, tmp_path: Path) -> None:
    project = fresh.copy_to(tmp_path / "project")
    mark = project.root / "data/edc" / SIMULATED
    mark.write_text("nobody\n", encoding="utf-8")
    assert project.run("lock", config=LOCKED).status == 0
    mark.unlink()
    outcome = project.run("-n", config=LOCKED)
    assert outcome.status == 1
    assert SIMULATED in outcome.message


def test_a_reason_to_lock_again_belongs_to_the_lock(locked_project: Project) -> None:
    outcome = locked_project.run(config={**LOCKED, "relock": "a new snapshot"})
    check_stopped(locked_project, outcome)
    assert "relock: belongs to the command that locks" in outcome.message


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
    locked_project: Project, change: dict[str, object], words: str
) -> None:
    change_the_plan(locked_project)
    amend(locked_project, **change)
    outcome = locked_project.run(config=LOCKED)
    check_nothing_was_computed(locked_project, outcome)
    assert words in outcome.message


def test_an_amendment_covers_its_key_alone(locked_project: Project) -> None:
    change_the_plan(locked_project)
    reseed_the_dummy_allocation(locked_project)
    amend(locked_project, **ALPHA)
    outcome = locked_project.run(config=LOCKED)
    check_stopped(locked_project, outcome)
    assert "plan.dummy_allocation.seed: 20260415 -> 20260416, without" in outcome.message
    assert "plan.inference.alpha" not in outcome.message


@RARELY
def test_after_an_amendment_that_fits_the_run_says_so(locked_project: Project) -> None:
    change_the_plan(locked_project)
    amend(locked_project, **ALPHA)
    outcome = locked_project.run(config=LOCKED)
    assert outcome.status == 0, outcome.terminal
    audit = json.loads(locked_project.outputs()["manifest.json"])["audit"]
    assert audit["lock"]["State"].startswith("Locked on ")
    changes = [(change["key"], change["old"], change["new"]) for change in audit["changes"]]
    assert changes == [("plan.inference.alpha", "0.05", "0.1")]

    amend(locked_project, **{**ALPHA, "new": 0.2})
    outcome = locked_project.run(config=LOCKED)
    check_stopped(locked_project, outcome)
    assert "new = 0.2, but the value is now 0.1" in outcome.message
