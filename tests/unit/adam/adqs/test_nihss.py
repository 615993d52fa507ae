"""Which NIHSS counts at 24 hours and at day 7, and what the dead count (SAP 3.4, 8.2)."""

from __future__ import annotations

import pandas as pd
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
    put,
)

Case = tuple[tuple[Edit, ...], int | None]
"""Edits, and the score analysed at the visit; None is missing."""


def seen(visit: str, when: str, score: str) -> Edit:
    return add("nihss", VISIT=visit, NIHDTC=when, NIHSS=score)


def at_hour(hours: float, score: str) -> Edit:
    return seen("H24", moment(hours=hours), score)


def on_day(number: int, score: str, clock: str = "10:00") -> Edit:
    return seen("D7", f"{day(number)}T{clock}", score)


HOURS: dict[str, Case] = {
    "one row": ((at_hour(24, "5"),), 5),
    "none": ((), None),
    "far from 24 h, but the visit's only row": ((at_hour(60, "5"),), 5),
    "nearest later": ((at_hour(20, "1"), at_hour(27, "5")), 5),
    "nearest earlier": ((at_hour(22, "5"), at_hour(27, "1")), 5),
    "equally near: the earlier": ((at_hour(27, "1"), at_hour(21, "5")), 5),
    "a minute nearer counts": ((at_hour(21, "1"), at_hour(27 - 1 / 60, "5")), 5),
    "same time: the worse": ((at_hour(24, "5"), at_hour(24, "9")), 9),
    "nearest without a score": ((at_hour(24, ""), at_hour(30, "5")), 5),
    "undated beside dated": ((seen("H24", "", "1"), at_hour(30, "5")), 5),
    "undated alone": ((seen("H24", "", "5"),), 5),
    "two undated: the worse": ((seen("H24", "", "5"), seen("H24", "", "9")), 9),
    "hours count, not days": (
        (put("rand", RANDDTC="2025-03-10T23:00"), seen("H24", "2025-03-11T01:00", "1"),
         seen("H24", "2025-03-12T09:00", "5")), 5),  # 2 h and 34 h after randomisation
    "death on day 0": ((died(0),), 42),
    "death on day 1": ((died(1),), 42),
    "death on day 2": ((died(2),), None),
    "death on day 1 after the assessment": ((at_hour(20, "30"), died(1)), 30),
    "death on day 1, score without value": ((at_hour(20, ""), died(1)), 42),
    "death on day 1, dated on day 2: a query, but a score": ((at_hour(40, "30"), died(1)), 30),
    "day 7 only": ((on_day(7, "5"),), None),
}  # fmt: skip

DAYS: dict[str, Case] = {
    "one row": ((on_day(7, "5"),), 5),
    "nearest later": ((on_day(5, "1"), on_day(8, "5")), 5),
    "nearest earlier": ((on_day(6, "5"), on_day(9, "1")), 5),
    "equally near: the earlier": ((on_day(9, "1"), on_day(5, "5")), 5),
    "days count, not hours": ((on_day(6, "5", "23:00"), on_day(8, "1", "01:00")), 5),
    "same day: the earlier": ((on_day(7, "1", "18:00"), on_day(7, "5", "09:00")), 5),
    "same moment: the worse": ((on_day(7, "5"), on_day(7, "9")), 9),
    "death on day 7": ((died(7),), 42),
    "death on day 8": ((died(8),), None),
    "death on day 7 after the assessment": ((on_day(6, "30"), died(7)), 30),
    "24 h score of one who died on day 5": ((at_hour(24, "12"), died(5)), 42),
    "death inferred from an mRS of 6": (
        (drop("mrs"), add("mrs", VISIT="D30", MRSDTC=day(3), MRSSRC="LOCAL", MRS="6")), 42),
    "a 6 that the central score contradicts": (
        (add("mrs", VISIT="D30", MRSDTC=day(3), MRSSRC="LOCAL", MRS="6"),), None),
    "death without a date": ((add("dd", DTHDTC=""),), None),
    "death without a date, last alive on day 3": (
        (drop("mrs"), drop("ds"), add("dd", DTHDTC="")), 42),
}  # fmt: skip

CASES = {f"H24 {name}": case for name, case in HOURS.items()} | {
    f"D7 {name}": case for name, case in DAYS.items()
}


@pytest.fixture(scope="module")
def derived(plan: Plan) -> Derived:
    return derive_cases(plan, {name: edits for name, (edits, _) in CASES.items()})


@pytest.fixture(scope="module")
def nihss(derived: Derived) -> pd.DataFrame:
    adqs = derived.data.adqs
    return adqs[adqs["PARAMCD"] == "NIHSS"]


@pytest.mark.parametrize("name", CASES)
def test_score_analysed(nihss: pd.DataFrame, name: str) -> None:
    visit = name.split()[0]
    used = nihss[(nihss["SUBJID"] == name) & (nihss["AVISIT"] == visit)]
    values = used.loc[used["ANL01FL"] == "Y", "AVAL"].tolist()
    assert values == ([] if CASES[name][1] is None else [CASES[name][1]])


def test_the_dead_are_derived_records_on_the_day_of_death(nihss: pd.DataFrame) -> None:
    row = nihss[nihss["SUBJID"] == "D7 24 h score of one who died on day 5"]
    assert list(zip(row["AVISIT"], row["DTYPE"].fillna(""), row["ADY"], strict=True)) == [
        ("D7", "DEATH", 5),
        ("H24", "", 1),
    ]


def test_auxiliaries_of_adsl_are_scores_as_assessed(derived: Derived) -> None:
    """The 42 of the dead is an outcome, not an observation."""
    assert derived.value("D7 one row", "NIHSSD7") == 5
    assert derived.value("H24 death on day 1", "NIHSSH24") is None
