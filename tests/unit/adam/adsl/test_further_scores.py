"""Scores beside the day-90 mRS: auxiliaries of its imputation, the last score (SAP 3.4, 6)."""

from __future__ import annotations

import pytest

from analysis.config import Plan
from tests.unit.adam.small_export import (
    Derived,
    Edit,
    add,
    day,
    derive_cases,
    died,
    drop,
    moment,
    only_scores,
    score,
)

C, L = "CENTRAL", "LOCAL"
D30 = "D30"
AT_30 = score(day(30), "4", visit=D30)


def nihss(visit: str, value: str, **when: float) -> Edit:
    return add("nihss", VISIT=visit, NIHDTC=moment(**when) if when else "", NIHSS=value)


AUXILIARIES: dict[str, tuple[tuple[Edit, ...], tuple[int | None, ...]]] = {
    "nothing": ((), (None, None, None)),
    "one of each": (
        (score(day(31), "4", visit=D30), nihss("H24", "12", hours=25), nihss("D7", "9", hours=170)),
        (4, 12, 9)),
    "nearest to day 30": (
        (score(day(26), "1", visit=D30), score(day(33), "4", visit=D30)), (4, None, None)),
    "same distance: the earlier": (
        (score(day(32), "1", visit=D30), score(day(28), "4", visit=D30)), (4, None, None)),
    "the same day: the worse, whoever read it": (
        (score(day(30), "1", C, visit=D30), score(day(30), "4", L, visit=D30)), (4, None, None)),
    "nearest to 24 hours": (
        (nihss("H24", "20", hours=10), nihss("H24", "15", hours=30)), (None, 15, None)),
    "dated before undated": (
        (nihss("D7", "20"), nihss("D7", "15", hours=200)), (None, None, 15)),
    "a day-30 row after the death": (
        (died(20), score(day(30), "5", visit=D30)), (None, None, None)),
    "dead on day 5: no score is made up": ((died(5),), (None, None, None)),
}  # fmt: skip

LAST: dict[str, tuple[tuple[Edit, ...], int | None]] = {
    "has a day-90 mRS": ((AT_30,), None),
    "no score at all": ((drop("mrs"),), None),
    "day 30 alone": ((drop("mrs"), AT_30), 4),
    "day-90 visit on day 121": ((*only_scores((C, day(121), "3")), AT_30), 3),
    "day-90 visit on day 59": ((*only_scores((C, day(59), "3")), AT_30), 3),
    "the later of two late ones": (only_scores((C, day(130), "3"), (L, day(121), "1")), 3),
    "two of one day: central": (only_scores((L, day(130), "5"), (C, day(130), "2")), 2),
    "two central of one day: the higher": (only_scores((C, day(130), "2"), (C, day(130), "3")), 3),
    "an undated day-90 row is not the last": (
        (*only_scores((C, "", "1")), AT_30), 4),
    "before randomisation is no score after it": (only_scores((C, day(-3), "1")), None),
    "death on day 110, a row on day 108": (
        (died(110), *only_scores((C, day(50), "4"))), 4),
}  # fmt: skip


@pytest.fixture(scope="module")
def derived(plan: Plan) -> Derived:
    cases = {**AUXILIARIES, **LAST}
    return derive_cases(plan, {name: edits for name, (edits, _) in cases.items()})


@pytest.mark.parametrize("name", AUXILIARIES)
def test_auxiliaries(derived: Derived, name: str) -> None:
    assert derived.values(name, "MRS30", "NIHSSH24", "NIHSSD7") == AUXILIARIES[name][1]


@pytest.mark.parametrize("name", LAST)
def test_last_score(derived: Derived, name: str) -> None:
    assert derived.value(name, "MRSLAST") == LAST[name][1]
