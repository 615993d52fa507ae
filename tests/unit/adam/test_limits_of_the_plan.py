"""Every limit comes from the plan: the same cases under a plan with other limits."""

from __future__ import annotations

from typing import Any

import pytest

from analysis.config import Plan
from tests.unit.adam.small_export import (
    Derived,
    Edit,
    add,
    day,
    derive_cases,
    drop,
    moment,
    only_scores,
    put,
)

OTHER_LIMITS: dict[str, dict[str, Any]] = {
    "outcome": {"window_days": 7, "late_window_days": 15, "source_order": ("LOCAL", "CENTRAL")},
    "eligibility": {"age_max": 75, "lkw_hours_max": 12.0, "etici": ("2C", "3")},
    "dosing": {"accepted_percent": (90.0, 110.0), "iv_days": (1, 2), "ia_mg": 50.0},
    "safety": {"haemorrhage_hours": 24.0, "death_day": 60},
}
GIVEN = ["45", "126", "126"]
"""90 % of 50 mg on day 0, and of 140 mg on each of two days."""


def given(*mg: str) -> list[Edit]:
    """The doses of days 0, 1, 2 ...; that of day 3 is not in this plan."""
    doses = [put("ex", {"EXDAY": str(number)}, EXDOSE=dose) for number, dose in enumerate(mg)]
    return [*doses, drop("ex", EXDAY="3")]


def seen_on(number: int) -> list[Edit]:
    return [*only_scores(("CENTRAL", day(number), "3")), *given(*GIVEN)]


def bled_after(hours: int) -> list[Edit]:
    return [drop("ich"), add("ich", ICHDTC=moment(hours=hours), ICHTYPE="2", SICH="Y")]


CASES: dict[str, list[Edit]] = {
    **{f"seen on day {number}": seen_on(number) for number in (74, 75, 82, 83, 97, 98, 105, 106)},
    "read twice": [*only_scores(("LOCAL", day(90), "1"), ("CENTRAL", day(90), "4"))],
    "eligible": [
        put("dm", AGE="75"), put("bl", LKWDTC=moment(hours=-12)), put("evt", ETICI="2C"),
        *given(*GIVEN),
    ],
    "not eligible": [
        put("dm", AGE="76"), put("bl", LKWDTC=moment(hours=-13)), put("evt", ETICI="2B67"),
        *given(*GIVEN),
    ],
    "too little": given("44", "125", "125"),
    "too much": given("56", "155", "155"),
    "bled after 24 h": bled_after(24),
    "bled after 25 h": bled_after(25),
    "died on day 60": [add("dd", DTHDTC=day(60)), drop("mrs")],
    "died on day 61": [add("dd", DTHDTC=day(61)), drop("mrs")],
}  # fmt: skip


@pytest.fixture(scope="module")
def derived(plan: Plan) -> Derived:
    changed = {
        name: getattr(plan, name).model_copy(update=limits) for name, limits in OTHER_LIMITS.items()
    }
    return derive_cases(plan.model_copy(update=changed), CASES)


@pytest.mark.parametrize(
    ("number", "rule"),
    [(74, None), (75, "d"), (82, "d"), (83, "b"), (97, "b"), (98, "d"), (105, "d"), (106, None)],
)
def test_windows_of_the_outcome(derived: Derived, number: int, rule: str | None) -> None:
    assert derived.value(f"seen on day {number}", "MRS90RUL") == rule


def test_the_reading_preferred(derived: Derived) -> None:
    assert derived.value("read twice", "MRS90") == 1


def test_eligibility(derived: Derived) -> None:
    assert list(derived.reasons("eligible")) == []
    assert list(derived.reasons("not eligible")) == ["IN01", "IN02", "IN06"]


def test_doses(derived: Derived) -> None:
    assert derived.reasons("too little") == {
        "DOSEIA": "given 44 mg, planned 50 mg",
        "DOSEIV": "given 250 mg, planned 280 mg",
    }
    assert derived.reasons("too much") == {
        "DOSEIA": "given 56 mg, planned 50 mg",
        "DOSEIV": "given 310 mg, planned 280 mg",
    }


@pytest.mark.parametrize(("hours", "flag"), [(24, "Y"), (25, "N")])
def test_hours_of_haemorrhage(derived: Derived, hours: int, flag: str) -> None:
    assert derived.value(f"bled after {hours} h", "SICH48FL") == flag


@pytest.mark.parametrize(("number", "flag"), [(60, "Y"), (61, "N")])
def test_day_of_mortality(derived: Derived, number: int, flag: str) -> None:
    assert derived.value(f"died on day {number}", "DTH90FL") == flag
