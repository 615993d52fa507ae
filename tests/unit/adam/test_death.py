"""Date of death, and where it is taken from (SAP 4.1)."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from analysis.config import Plan
from analysis.edc.queries import Severity
from tests.unit.adam.small_export import (
    Derived,
    Edit,
    add,
    day,
    derive_cases,
    died,
    drop,
    put,
    score,
)

UNRECORDED = ["death_without_record dd.DTHDTC"]
UNDATED = ["death_without_date dd.DTHDTC"]


@dataclass(frozen=True)
class Case:
    """Edits, then the day of death, its source, and the queries that come with it."""

    edits: tuple[Edit, ...]
    day: int | None
    source: str | None
    queries: list[str]


def in_ds(date: str) -> Edit:
    return put("ds", DSDECOD="DEATH", DSSTDTC=date)


def fatal_event(end: str, outcome: str = "FATAL") -> Edit:
    return add("ae", AESEQ="1", AETERM="pneumonia", AEENDTC=end, AEOUT=outcome)


CASES = {
    "alive": Case((), None, None, []),
    "alive with an event that ended": Case((fatal_event(day(40), "RECOVERED"),), None, None, []),
    "lost to follow-up": Case(
        (put("ds", DSDECOD="LOST TO FOLLOW-UP", DSSTDTC=day(60)),), None, None, []
    ),
    "in dd": Case((died(40),), 40, "dd", []),
    "in dd, earlier in ds": Case((died(60), in_ds(day(55))), 60, "dd", []),
    "in dd, earlier mRS of 6": Case(
        (died(60), score(day(30), "6", visit="D30")), 60, "dd", ["mrs6_before_death mrs.MRS"]
    ),
    "before randomisation": Case((died(-1),), -1, "dd", []),
    "only an mRS of 6 at day 30": Case(
        (drop("mrs"), score(day(30), "6", visit="D30")), 30, "mrs", UNRECORDED
    ),
    "only in ds": Case((drop("mrs"), in_ds(day(40))), 40, "ds", UNRECORDED),
    "only in ae": Case((drop("mrs"), fatal_event(day(50))), 50, "ae", UNRECORDED),
    "earliest of three is mrs": Case(
        (drop("mrs"), score(day(55), "6"), in_ds(day(57)), fatal_event(day(58))),
        55, "mrs", UNRECORDED,
    ),
    "earliest of three is ds": Case(
        (drop("mrs"), score(day(58), "6"), in_ds(day(55)), fatal_event(day(57))),
        55, "ds", UNRECORDED,
    ),
    "earliest of three is ae": Case(
        (drop("mrs"), score(day(57), "6"), in_ds(day(58)), fatal_event(day(55))),
        55, "ae", UNRECORDED,
    ),
    "earliest of two scores of 6": Case(
        (drop("mrs"), score(day(90), "6"), score(day(88), "6", "LOCAL")), 88, "mrs", UNRECORDED
    ),
    "fatal event with a partial end": Case(
        (drop("mrs"), fatal_event("2025-05")), None, None, UNDATED
    ),
    "fatal event with a partial end, dated in ds": Case(
        (drop("mrs"), fatal_event("2025-03"), in_ds(day(80))), 80, "ds", UNRECORDED
    ),
    "ds without a date": Case((drop("mrs"), in_ds("")), None, None, UNDATED),
    "an mRS of 6 without a date": Case((drop("mrs"), score("", "6")), None, None, UNDATED),
    "dd without a date, ds dated": Case(
        (drop("mrs"), add("dd", DTHDTC=""), in_ds(day(20))), 20, "ds", UNRECORDED
    ),
    "dd with an impossible date, ae dated": Case(
        (drop("mrs"), add("dd", DTHDTC="2025-02-30"), fatal_event(day(21))), 21, "ae", UNRECORDED
    ),
    "dd without a date and nothing else": Case(
        (drop("mrs"), add("dd", DTHDTC="")), None, None, UNDATED
    ),
    "day 90": Case((died(90),), 90, "dd", []),
    "day 91": Case((drop("mrs"), died(91)), 91, "dd", []),
}  # fmt: skip


@pytest.fixture(scope="module")
def derived(plan: Plan) -> Derived:
    return derive_cases(plan, {name: case.edits for name, case in CASES.items()})


@pytest.mark.parametrize("name", CASES)
def test_day_and_source_of_death(derived: Derived, name: str) -> None:
    assert derived.values(name, "DTHADY", "DTHSRC") == (CASES[name].day, CASES[name].source)


@pytest.mark.parametrize("name", CASES)
def test_a_death_outside_dd_is_a_query(derived: Derived, name: str) -> None:
    expected = CASES[name].queries
    found = [query for query in derived.queries(name) if "death" in query]
    if CASES[name].source == "dd":  # scores after the recorded death have tests of their own
        found = [query for query in found if not query.startswith("mrs_after_death")]
    assert found == expected


@pytest.mark.parametrize(
    ("name", "flag"),
    [("day 90", "Y"), ("day 91", "N"), ("before randomisation", "Y"), ("alive", "N"),
     ("ds without a date", "N")],
)  # fmt: skip
def test_death_by_day_90(derived: Derived, name: str, flag: str) -> None:
    assert derived.value(name, "DTH90FL") == flag


@pytest.mark.parametrize(
    ("name", "flag"),
    [("alive", "N"), ("day 91", "Y"), ("ds without a date", "Y"),
     ("dd without a date and nothing else", "Y")],
)  # fmt: skip
def test_death_is_known_without_its_date(derived: Derived, name: str, flag: str) -> None:
    assert derived.value(name, "DTHFL") == flag


def test_date_of_death_is_the_date_recorded(derived: Derived) -> None:
    assert f"{derived.value('in dd', 'DTHDT'):%Y-%m-%d}" == day(40)


@pytest.mark.parametrize(
    ("name", "words", "severity"),
    [
        ("only in ds", "no row in dd; the date in ds is used", Severity.WARNING),
        ("dd without a date, ds dated", "dd holds no usable date; the date in ds is used",
         Severity.WARNING),
        ("ds without a date", "no row in dd; no table holds a date", Severity.ERROR),
    ],
)  # fmt: skip
def test_the_query_says_what_is_done(
    derived: Derived, name: str, words: str, severity: Severity
) -> None:
    query = next(q for q in derived.data.queries if q.key == f"SUBJID={name}" and q.table == "dd")
    assert words in query.message
    assert query.severity is severity
