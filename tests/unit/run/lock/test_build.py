"""Locking once, and locking again with a reason and the history kept."""

from __future__ import annotations

import pytest

from analysis.errors import ConfigError
from analysis.run.lock.differences import list_earlier_changes
from analysis.run.lock.file import read_lock
from tests.unit.run.locked_trial import LOCKED_ON, RELOCKED_ON, LockedTrial, amend

ALPHA = "plan.inference.alpha"


def refused(trial: LockedTrial, *arguments: object) -> str:
    """The message of a lock that is refused, which leaves the file as it was."""
    before = trial.path.read_bytes() if trial.path.exists() else None
    with pytest.raises(ConfigError) as caught:
        trial.lock(*arguments)  # type: ignore[arg-type]
    assert (trial.path.read_bytes() if trial.path.exists() else None) == before
    return str(caught.value)


# --- refused ------------------------------------------------------------------------------------


def test_a_locked_data_set_is_not_locked_again_without_a_reason(locked: LockedTrial) -> None:
    locked.edit("mrs.csv", "S1,D90,2", "S1,D90,1")
    assert refused(locked) == (
        f"{locked.path}: the data set 'Final data' was locked on 2026-11-01. To lock it again, "
        "with this lock kept in its history: snakemake lock --config relock=REASON"
    )


@pytest.mark.parametrize("reason", ["", "  ", "\n"])
def test_an_empty_reason(locked: LockedTrial, reason: str) -> None:
    locked.edit("mrs.csv", "S1,D90,2", "S1,D90,1")
    assert "relock: the reason is empty" in refused(locked, reason)


def test_nothing_locked_yet(trial: LockedTrial) -> None:
    assert "there is no lock yet, so there is nothing to lock again" in refused(trial, "New cut")


def test_nothing_that_differs(locked: LockedTrial) -> None:
    assert "nothing differs from the lock of 2026-11-01" in refused(locked, "New cut")


def test_a_damaged_lock_is_not_superseded(locked: LockedTrial) -> None:
    locked.edit("mrs.csv", "S1,D90,2", "S1,D90,1")
    locked.edit_lock('"inference.alpha": 0.05', '"inference.alpha": 0.1')
    for arguments in ((), ("New cut",)):
        assert "the lock was edited by hand" in refused(locked, *arguments)


def test_a_lock_of_another_trial_is_not_superseded(locked: LockedTrial) -> None:
    locked.set_plan("trial.registry_id", "NCT07516522")
    message = refused(locked, "New cut")
    assert "the lock is of NCT07141303, the plan of NCT07516522" in message


def test_a_lock_is_not_superseded_by_an_earlier_one(locked: LockedTrial) -> None:
    locked.edit("mrs.csv", "S1,D90,2", "S1,D90,1")
    message = refused(locked, "New cut", (), "2026-10-31")
    assert "locked on 2026-11-01; it cannot be locked again on 2026-10-31" in message


def test_amendments_before_the_first_lock(trial: LockedTrial) -> None:
    message = refused(trial, None, [amend(ALPHA, 0.05, 0.025)])
    assert "amendments.yaml holds 1 amendment(s), but no plan is locked yet" in message


def test_amendments_that_do_not_hold(locked: LockedTrial) -> None:
    locked.set_plan("inference.alpha", 0.025)
    message = refused(locked, "New cut", [amend(ALPHA, 0.05, 0.01)])
    assert f"amendments.0 ({ALPHA}): new = 0.01, but the value is now 0.025" in message


# --- kept ---------------------------------------------------------------------------------------


def test_two_relocks_keep_both_earlier_locks(locked: LockedTrial) -> None:
    first = read_lock(locked.path)
    locked.edit("mrs.csv", "S1,D90,2", "S1,D90,1")
    second = locked.lock(" Late central readings ", locked_on=RELOCKED_ON)
    locked.set_mapping("missing_values", ["-99"])
    third = locked.lock("Missing codes", locked_on=RELOCKED_ON)

    assert read_lock(locked.path) == third
    earliest, earlier = third.history
    assert [entry.reason for entry in third.history] == ["Late central readings", "Missing codes"]
    assert [str(entry.locked_on) for entry in third.history] == [LOCKED_ON, RELOCKED_ON]
    assert [entry.seal for entry in third.history] == [first.seal, second.seal]
    assert earliest.inputs == {name: file.sha256 for name, file in first.inputs.items()}
    assert earlier.inputs == {name: file.sha256 for name, file in second.inputs.items()}
    assert earliest.inputs != earlier.inputs
    assert (earliest.plan_hash, earliest.mapping_hash) == (first.plan_hash, first.mapping_hash)
    assert str(third.first_locked_on) == LOCKED_ON
    assert locked.findings() == []


def test_an_edited_history(locked: LockedTrial) -> None:
    locked.edit("mrs.csv", "S1,D90,2", "S1,D90,1")
    locked.lock("Late central readings")
    locked.edit_lock("Late central readings", "Typing errors")
    with pytest.raises(ConfigError, match="edited by hand"):
        read_lock(locked.path)


def test_amendments_to_an_earlier_lock_may_stay_in_the_file(locked: LockedTrial) -> None:
    amended = amend(ALPHA, 0.05, 0.025)
    locked.set_plan("inference.alpha", 0.025)
    locked.edit("mrs.csv", "S1,D90,2", "S1,D90,1")
    lock = locked.lock("Late central readings", [amended], RELOCKED_ON)
    assert lock.history[0].amendments == (amended,)
    assert locked.findings([amended]) == locked.findings() == []

    locked.set_plan("inference.alpha", 0.01)
    later = amend(ALPHA, 0.025, 0.01, "2026-12-01")
    assert locked.findings([amended, later]) == []
    lock = locked.lock("Second amendment", [amended, later], "2026-12-02")
    assert [entry.amendments for entry in lock.history] == [(amended,), (later,)]
    assert locked.findings([amended, later]) == []


def test_changes_from_lock_to_lock_are_listed(locked: LockedTrial) -> None:
    locked.set_plan("inference.alpha", 0.025)
    locked.set_plan("safety.death_day", 91)
    locked.lock("Protocol 2.0", [amend(ALPHA, 0.05, 0.025)], RELOCKED_ON)
    locked.set_mapping("tables", {"mrs": {"file": "rankin.csv"}})
    locked.edc.joinpath("mrs.csv").rename(locked.edc / "rankin.csv")
    lock = locked.lock("File renamed", locked_on="2026-11-21")
    changes = list_earlier_changes(lock)
    shown = [(c.key, c.old, c.new, str(c.date), c.reason) for c in changes]
    assert shown[:2] == [
        (ALPHA, 0.05, 0.025, "2026-11-05", f"Protocol 2.0, {ALPHA}"),
        ("plan.safety.death_day", 90, 91, RELOCKED_ON, "Protocol 2.0"),
    ]
    assert [(key, new) for key, _, new, _, _ in shown[2:]] == [
        ("edc.tables.mrs.file", "rankin.csv")
    ]
