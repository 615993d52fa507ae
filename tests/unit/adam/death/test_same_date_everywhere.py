"""Whoever is recorded as dead is dead on one day in every data set, however little is known of it.

Each form of a record meets each course of a subject. The day is worked out here from the words of
the plan alone (SAP 4.1), by going through the calendar day by day.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import product

import pandas as pd
import pytest

from analysis.config import Plan
from tests.unit.adam.small_export import (
    RANDOMISED,
    Derived,
    Edit,
    add,
    day,
    derive_cases,
    drop,
    put,
    score,
)

DAY_0 = RANDOMISED.date()
FAR = 800
"""Study days that are looked at."""


def fatal(end: str, number: str = "1") -> Edit:
    return add("ae", AESEQ=number, AETERM="stroke", AEENDTC=end, AEOUT="FATAL")


IN_DS = put("ds", DSDECOD="DEATH", DSSTDTC="")
FORMS: dict[str, tuple[tuple[Edit, ...], tuple[str, ...]]] = {
    "dd, no date": ((add("dd", DTHDTC=""),), ()),
    "dd, no date that can be read": ((add("dd", DTHDTC="unknown"),), ()),
    "dd, the year": ((add("dd", DTHDTC="2025"),), ("2025",)),
    "dd, the month": ((add("dd", DTHDTC="2025-04"),), ("2025-04",)),
    "dd, a month before randomisation": ((add("dd", DTHDTC="2025-02"),), ("2025-02",)),
    "dd, the month of randomisation": ((add("dd", DTHDTC="2025-03"),), ("2025-03",)),
    "dd, the year after": ((add("dd", DTHDTC="2026"),), ("2026",)),
    "dd, the year; ae, the month": (
        (add("dd", DTHDTC="2025"), fatal("2025-06")), ("2025", "2025-06")),
    "dd, the month; ae, another": (
        (add("dd", DTHDTC="2025-06"), fatal("2025-05")), ("2025-06", "2025-05")),
    "ae, no end": ((fatal(""),), ()),
    "ae, two months": ((fatal("2025-06"), fatal("2025-05", "2")), ("2025-05", "2025-06")),
    "ds, no date": ((IN_DS,), ()),
    "ds, the month": (
        (put("ds", DSDECOD="DEATH", DSSTDTC="2025-05"),), ("2025-05",)),
    "dd, the year; ds, a month of the next": (
        (add("dd", DTHDTC="2025"), put("ds", DSDECOD="DEATH", DSSTDTC="2026-01")),
        ("2025", "2026-01")),
    "mrs, no date": ((score("", "6", "LOCAL", "D30"),), ()),
    "all of them": (
        (add("dd", DTHDTC=""), IN_DS, fatal(""), score("", "6", "LOCAL", "D30")), ()),
}  # fmt: skip
"""Edits, and the partial dates that they give: that of ``dd`` first, the others by their start."""
QUIET = (drop("mrs"), put("ds", DSDECOD="OTHER", DSSTDTC=""))
COURSES: dict[str, tuple[tuple[Edit, ...], int]] = {
    "last seen at the third dose": (QUIET, 3),
    "never seen": ((*QUIET, *map(drop, ("ex", "ich", "evt"))), 0),
    "withdrew on day 20": (
        (drop("mrs"), put("ds", DSDECOD="WITHDRAWAL BY SUBJECT", DSSTDTC=day(20))), 3),
    "scored on day 30": ((*QUIET, score(day(30), "4", visit="D30")), 30),
    "scored on day 88": ((*QUIET, score(day(88), "3")), 88),
    "answered on day 95": ((*QUIET, add("eq5d", VISIT="D90", EQDTC=day(95))), 95),
    "scored on day 120": ((*QUIET, score(day(120), "2")), 120),
}  # fmt: skip
"""Edits, and the last day known alive."""
CASES = {f"{form}, {course}": (form, course) for form, course in product(FORMS, COURSES)}


@pytest.fixture(scope="module")
def derived(plan: Plan) -> Derived:
    edits = {name: (*COURSES[course][0], *FORMS[form][0]) for name, (form, course) in CASES.items()}
    return derive_cases(plan, edits)


def means(text: str) -> set[int]:
    """The study days that a partial date may mean."""
    days = (DAY_0 + timedelta(days=number) for number in range(-365, FAR))
    return {(each - DAY_0).days for each in days if each.isoformat().startswith(text)}


def work_out(form: str, course: str) -> int:
    """The study day of the death: a calendar, narrowed by every partial date that leaves a day."""
    last_alive, left = COURSES[course][1], set(range(COURSES[course][1], FAR))
    fits = False
    for text in FORMS[form][1]:
        if left & means(text):
            left, fits = left & means(text), True
    return min(left) if fits else last_alive + 1


@pytest.mark.parametrize("name", CASES)
def test_the_day_is_that_of_the_plan(derived: Derived, name: str) -> None:
    assert derived.value(name, "DTHADY") == work_out(*CASES[name])


def list_records(derived: Derived, name: str, parameter: str) -> pd.DataFrame:
    adqs = derived.data.adqs
    return adqs[(adqs["SUBJID"] == name) & (adqs["PARAMCD"] == parameter)]


def list_subjects(derived: Derived) -> Iterator[tuple[str, int]]:
    adsl = derived.data.adsl
    yield from zip(adsl["SUBJID"], adsl["DTHADY"], strict=True)


def test_everybody_is_dead_with_a_flagged_date_and_one_query(derived: Derived) -> None:
    adsl = derived.data.adsl
    assert set(adsl["DTHFL"]) == {"Y"}
    assert adsl["DTHDT"].notna().all()
    assert set(adsl["DTHDTF"]) == {"D", "M", "Y"}
    for name in CASES:
        assert derived.queries(name).count("death_without_date dd.DTHDTC") == 1


def test_deaths_by_day_90_are_the_events_of_the_curves(derived: Derived) -> None:
    times = derived.data.adtte.set_index("SUBJID")
    for name, died in list_subjects(derived):
        is_event = died <= 90
        assert derived.value(name, "DTH90FL") == ("Y" if is_event else "N")
        assert times.loc[name, "CNSR"] == (0 if is_event else 1)
        assert times.loc[name, "AVAL"] == min(died, 90)


def test_the_dead_of_the_window_have_an_mrs_and_the_later_ones_are_known_alive(
    derived: Derived,
) -> None:
    """Nobody is left to multiple imputation and tipping point but who lived on day 90."""
    for name, died in list_subjects(derived):
        rule, level = derived.values(name, "MRS90RUL", "MRS90")
        if died <= 90:
            assert (rule, level) == ("a", 6)
            assert derived.values(name, "MRS90DY", "ALV90FL") == (died, "N")
        else:
            assert derived.value(name, "ALV90FL") == "Y"
            assert level is not None or died > 104


def test_the_other_scores_of_the_dead_have_the_same_day(derived: Derived) -> None:
    for name, died in list_subjects(derived):
        for parameter in ("MRS", "EQ5DUTIL"):
            records = list_records(derived, name, parameter)
            dead = records[records["DTYPE"].notna() & (records["ADY"] == died)]
            limit = 104 if parameter == "MRS" else 90
            assert len(dead) == (1 if died <= limit else 0), (name, parameter)


def test_nobody_is_seen_alive_after_the_death(derived: Derived) -> None:
    assert (derived.data.adsl["LSTALVDT"] <= derived.data.adsl["DTHDT"]).all()
    assert derived.data.adsl["DTHDT"].dt.date.ge(date(2025, 3, 10)).all()
