"""Amendments: the file is strict, and each entry must lead from the locked to the present value."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from analysis.config.load import parse_model
from analysis.errors import ConfigError
from analysis.run.lock.amendments import Amendment, read_amendments, resolve_amendments
from analysis.run.lock.values import ABSENT, is_same
from tests.unit.run.locked_trial import amend

ENTRY = """amendments:
  - key: plan.inference.alpha
    old: 0.05
    new: 0.025
    date: 2026-11-05
    reason: Protocol 2.0, one interim analysis
"""
ALPHA, DAY = "plan.inference.alpha", "plan.safety.death_day"
LOCKED = {ALPHA: 0.05, DAY: 90, "plan.arms.treatment.code": "MPSS"}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "amendments.yaml"
    path.write_text(ENTRY, encoding="utf-8")
    return path


def faults(amendments: list[Amendment], **changed: Any) -> tuple[str, ...]:
    """What is wrong with amendments when ``alpha`` or ``day`` are now other values."""
    keys = {"alpha": ALPHA, "day": DAY}
    current = {**LOCKED, **{keys[name]: value for name, value in changed.items()}}
    return resolve_amendments(LOCKED, current, amendments).faults


# --- the file -----------------------------------------------------------------------------------


def test_an_amendment_is_read(file: Path) -> None:
    (amendment,) = read_amendments(file)
    assert (amendment.key, amendment.before, amendment.after) == (ALPHA, 0.05, 0.025)
    assert str(amendment.date) == "2026-11-05"
    assert amendment.reason == "Protocol 2.0, one interim analysis"


def test_no_file_means_no_amendments(tmp_path: Path) -> None:
    assert read_amendments(tmp_path / "amendments.yaml") == ()


@pytest.mark.parametrize(
    ("old", "new", "finding"),
    [
        ("    reason: Protocol 2.0, one interim analysis\n", "",
         "amendments.0.reason: the key is missing"),
        ("Protocol 2.0, one interim analysis", '" "', "amendments.0.reason: is empty"),
        ("Protocol 2.0, one interim analysis", "", "amendments.0.reason = null: "),
        ("    date: 2026-11-05\n", "", "amendments.0.date: the key is missing"),
        ("2026-11-05", "05.11.2026", "amendments.0.date: 05.11.2026 is not a date"),
        ("2026-11-05", "2026-11-31", "amendments.0.date: 2026-11-31 is not a date"),
        ("2026-11-05", "20261105", "amendments.0.date: 20261105 is not a date"),
        ("key: plan.inference.alpha", "keys: x", "amendments.0.key: the key is missing"),
        ("old:", "from:", "amendments.0.from: unknown key"),
        ("new: 0.025", "new: 0.05", "amendments.0: old and new are the same"),
        ("    old: 0.05\n    new: 0.025\n", "", "amendments.0: old and new are the same"),
        ("amendments:\n", "amendment:\n", "amendments: the key is missing"),
        ("    old: 0.05\n", "    old: 0.05\n    old: 0.1\n", "line 4: key 'old' stands twice"),
    ],
)  # fmt: skip
def test_a_wrong_entry_is_named(file: Path, old: str, new: str, finding: str) -> None:
    assert ENTRY.count(old) == 1
    file.write_text(ENTRY.replace(old, new), encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        read_amendments(file)
    assert str(caught.value).startswith(f"{file}: ")
    assert finding in str(caught.value)


# --- against the plan ---------------------------------------------------------------------------


def test_an_amendment_that_holds_covers_its_key() -> None:
    resolved = resolve_amendments(LOCKED, {**LOCKED, ALPHA: 0.025}, [amend(ALPHA, 0.05, 0.025)])
    assert (resolved.faults, resolved.unamended) == ((), ())
    assert [(c.key, c.old, c.new) for c in resolved.changes] == [(ALPHA, 0.05, 0.025)]


def test_it_covers_no_other_key() -> None:
    current = {**LOCKED, ALPHA: 0.025, DAY: 91}
    resolved = resolve_amendments(LOCKED, current, [amend(ALPHA, 0.05, 0.025)])
    assert resolved.unamended == (DAY,)


def test_a_stale_old_value() -> None:
    assert faults([amend(ALPHA, 0.1, 0.025)], alpha=0.025) == (
        f"amendments.0 ({ALPHA}): old = 0.1, but the locked value is 0.05 (now: 0.025)",
    )


def test_a_wrong_new_value() -> None:
    assert faults([amend(DAY, 90, 91), amend(ALPHA, 0.05, 0.01)], alpha=0.025, day=91) == (
        f"amendments.1 ({ALPHA}): new = 0.01, but the value is now 0.025",
    )


def test_an_amendment_that_the_plan_does_not_follow() -> None:
    assert faults([amend(ALPHA, 0.05, 0.025)]) == (
        f"amendments.0 ({ALPHA}): new = 0.025, but the value is now 0.05",
    )


def test_a_chain_is_followed_in_order() -> None:
    chain = [amend(ALPHA, 0.05, 0.04), amend(DAY, 90, 91), amend(ALPHA, 0.04, 0.025)]
    resolved = resolve_amendments(LOCKED, {**LOCKED, ALPHA: 0.025, DAY: 91}, chain)
    assert (resolved.faults, resolved.unamended) == ((), ())
    assert [(c.key, c.new) for c in resolved.changes] == [(ALPHA, 0.04), (DAY, 91), (ALPHA, 0.025)]


def test_a_chain_out_of_order() -> None:
    assert faults([amend(ALPHA, 0.04, 0.025), amend(ALPHA, 0.05, 0.04)], alpha=0.025) == (
        f"amendments.0 ({ALPHA}): old = 0.04, but the locked value is 0.05 (now: 0.025)",
    )


def test_a_chain_with_a_gap() -> None:
    assert faults([amend(ALPHA, 0.05, 0.04), amend(ALPHA, 0.03, 0.025)], alpha=0.025) == (
        f"amendments.1 ({ALPHA}): old = 0.03, but the amendment before it ends at 0.04 (now: "
        "0.025)",
    )


def test_the_same_amendment_twice() -> None:
    assert faults([amend(ALPHA, 0.05, 0.025)] * 2, alpha=0.025) == (
        f"amendments.1 ({ALPHA}): old = 0.05, but the amendment before it ends at 0.025 (now: "
        "0.025)",
    )


def test_a_chain_whose_dates_run_backwards() -> None:
    chain = [amend(ALPHA, 0.05, 0.04, "2026-11-05"), amend(ALPHA, 0.04, 0.025, "2026-11-04")]
    assert faults(chain, alpha=0.025) == (
        f"amendments.1 ({ALPHA}): dated 2026-11-04, but the one before it 2026-11-05 (now: 0.025)",
    )


def test_a_chain_back_to_the_locked_value() -> None:
    assert faults([amend(ALPHA, 0.05, 0.025), amend(ALPHA, 0.025, 0.05)]) == ()


@pytest.mark.parametrize(
    ("key", "hint"),
    [
        ("plan.inference.alhpa", f"Did you mean '{ALPHA}'?"),
        ("inference.alpha", f"Did you mean '{ALPHA}'?"),
        ("plan.inference", f"a block, not a key; amend the keys that differ: {ALPHA}"),
        ("other", "no such key in the plan (plan.) or the mapping (edc.)."),
    ],
)
def test_an_unknown_key(key: str, hint: str) -> None:
    (fault,) = faults([amend(key, 1, 2)])
    assert fault.startswith(f"amendments.0 ({key}): ")
    assert fault.endswith(hint)


# --- keys that come and go ----------------------------------------------------------------------


def without(amendment: str, **values: Any) -> Amendment:
    content = {"key": amendment, **values, "date": "2026-11-05", "reason": "Version 2"}
    return parse_model(Amendment, content, "amendment")


def test_a_key_that_the_locked_plan_does_not_have() -> None:
    current = {**LOCKED, "plan.more": None}
    resolved = resolve_amendments(LOCKED, current, [without("plan.more", new=None)])
    assert (resolved.faults, resolved.unamended) == ((), ())
    assert (resolved.changes[0].old, resolved.changes[0].new) == (ABSENT, None)


def test_a_key_that_the_plan_no_longer_has() -> None:
    current = {ALPHA: 0.05, "plan.arms.treatment.code": "MPSS"}
    assert resolve_amendments(LOCKED, current, [without(DAY, old=90)]).faults == ()


def test_an_old_value_left_out_of_a_key_that_has_one() -> None:
    assert faults([without(ALPHA, new=0.025)], alpha=0.025) == (
        f"amendments.0 ({ALPHA}): old = absent, but the locked value is 0.05 (now: 0.025)",
    )


def test_null_is_not_absent() -> None:
    locked, current = {"plan.kit": None}, {"plan.kit": "a"}
    whole = without("plan.kit", old=None, new="a")
    assert resolve_amendments(locked, current, [whole]).faults == ()
    (fault,) = resolve_amendments(locked, current, [without("plan.kit", new="a")]).faults
    assert "old = absent, but the locked value is null" in fault


# --- when two values are the same ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (5, 5.0, True), ([1, 2.0], [1.0, 2], True), ({"a": 1, "b": 2}, {"b": 2.0, "a": 1}, True),
        ("5", 5, False), (True, 1, False), (False, 0, False), (None, "", False),
        (None, ABSENT, False), ("absent", ABSENT, False), ([1, 2], [2, 1], False),
        (0.1, 0.10000000000000002, False), ("é", "é", True), ([], {}, False),
    ],
)  # fmt: skip
def test_values_are_compared_as_json(one: Any, other: Any, same: bool) -> None:
    assert is_same(one, other) is same
