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
    """Edits, then the day of death, its source, the queries that come with it, what is imputed."""

    edits: tuple[Edit, ...]
    day: int | None
    source: str | None
    queries: list[str]
    imputed: str | None = None


def in_ds(date: str) -> Edit:
    return put("ds", DSDECOD="DEATH", DSSTDTC=date)


def fatal_event(end: str, outcome: str = "FATAL") -> Edit:
    return add("ae", AESEQ="1", AETERM="pneumonia", AEENDTC=end, AEOUT=outcome)


def in_dd(date: str) -> Edit:
    return add("dd", DTHDTC=date)


KNOWN_DEAD = (drop("mrs"), in_ds(""))
"""Known to be dead, and last known alive at the dose of day 3, 2025-03-13."""

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
    "completed after the month of the death": Case(
        (drop("mrs"), fatal_event("2025-05")), 91, None, UNDATED, "Y"
    ),
    "fatal event with a partial end, dated in ds": Case(
        (drop("mrs"), fatal_event("2025-03"), in_ds(day(80))), 80, "ds", UNRECORDED
    ),
    "ds without a date": Case(KNOWN_DEAD, 4, None, UNDATED, "Y"),
    "an mRS of 6 without a date": Case((drop("mrs"), score("", "6")), 91, None, UNDATED, "Y"),
    "nothing but the randomisation": Case(
        (*KNOWN_DEAD, *map(drop, ("ex", "ich", "evt"))), 1, None, UNDATED, "Y"
    ),
    "dd without a date, ds dated": Case(
        (drop("mrs"), add("dd", DTHDTC=""), in_ds(day(20))), 20, "ds", UNRECORDED
    ),
    "dd with an impossible date, ae dated": Case(
        (drop("mrs"), add("dd", DTHDTC="2025-02-30"), fatal_event(day(21))), 21, "ae", UNRECORDED
    ),
    "dd without a date and nothing else": Case(
        (*KNOWN_DEAD, in_dd("")), 4, None, UNDATED, "Y"
    ),
    "a later month in dd": Case((*KNOWN_DEAD, in_dd("2025-04")), 22, "dd", UNDATED, "D"),
    "the month last known alive": Case((*KNOWN_DEAD, in_dd("2025-03")), 3, "dd", UNDATED, "D"),
    "known alive later in that month": Case(
        (*KNOWN_DEAD, in_dd("2025-04"), add("eq5d", VISIT="D90", EQDTC=day(40))),
        40, "dd", UNDATED, "D",
    ),
    "a year in dd": Case((*KNOWN_DEAD, in_dd("2025")), 3, "dd", UNDATED, "M"),
    "a later year in dd": Case((*KNOWN_DEAD, in_dd("2026")), 297, "dd", UNDATED, "M"),
    "a month before the last day alive": Case(
        (*KNOWN_DEAD, in_dd("2025-02")), 4, None, UNDATED, "Y"
    ),
    "a month in dd, dated in ds": Case(
        (drop("mrs"), in_dd("2025-04"), in_ds(day(20))), 20, "ds", UNRECORDED
    ),
    "a month in ae": Case((*KNOWN_DEAD, fatal_event("2025-05")), 52, "ae", UNDATED, "D"),
    "the earlier of two months": Case(
        (*KNOWN_DEAD, fatal_event("2025-06"), add("ae", AESEQ="2", AEENDTC="2025-05",
                                                  AEOUT="FATAL")),
        52, "ae", UNDATED, "D",
    ),
    "a month in dd, an earlier one in ae": Case(
        (*KNOWN_DEAD, in_dd("2025-06"), fatal_event("2025-05")), 83, "dd", UNDATED, "D"
    ),
    "a year in dd, a month of it in ae": Case(
        (*KNOWN_DEAD, in_dd("2025"), fatal_event("2025-05")), 52, "ae", UNDATED, "D"
    ),
    "a year in dd, two months of it in ae": Case(
        (*KNOWN_DEAD, in_dd("2025"), fatal_event("2025-06"),
         add("ae", AESEQ="2", AEENDTC="2025-05", AEOUT="FATAL")),
        52, "ae", UNDATED, "D",
    ),
    "a year in dd, a month of another year in ae": Case(
        (*KNOWN_DEAD, in_dd("2025"), fatal_event("2026-01")), 3, "dd", UNDATED, "M"
    ),
    "a year in dd, a month of it before the last day alive in ae": Case(
        (*KNOWN_DEAD, in_dd("2025"), fatal_event("2025-02")), 3, "dd", UNDATED, "M"
    ),
    "a month in dd, its year in ae": Case(
        (*KNOWN_DEAD, in_dd("2025-05"), fatal_event("2025")), 52, "dd", UNDATED, "D"
    ),
    "a year and a month of it in ae": Case(
        (*KNOWN_DEAD, fatal_event("2025"), add("ae", AESEQ="2", AEENDTC="2025-05",
                                               AEOUT="FATAL")),
        52, "ae", UNDATED, "D",
    ),
    "a month in ds": Case((drop("mrs"), in_ds("2025-05")), 52, "ds", UNDATED, "D"),
    "a year in dd, a month of it in ds": Case(
        (drop("mrs"), in_dd("2025"), in_ds("2025-05")), 52, "ds", UNDATED, "D"
    ),
    "a month in ds, dated in ae": Case(
        (drop("mrs"), in_ds("2025-05"), fatal_event(day(80))), 80, "ae", UNRECORDED
    ),
    "completed in a month that is no sign of life": Case(
        (drop("mrs"), put("ds", DSSTDTC="2025-06"), in_dd("")), 4, None, UNDATED, "Y"
    ),
    "no month that fits in dd, one in ae": Case(
        (*KNOWN_DEAD, in_dd("2025-02"), fatal_event("2025-05")), 52, "ae", UNDATED, "D"
    ),
    "day 90": Case((died(90),), 90, "dd", []),
    "day 91": Case((drop("mrs"), died(91)), 91, "dd", []),
}  # fmt: skip


@pytest.fixture(scope="module")
def derived(plan: Plan) -> Derived:
    return derive_cases(plan, {name: case.edits for name, case in CASES.items()})


@pytest.mark.parametrize("name", CASES)
def test_day_and_source_of_death(derived: Derived, name: str) -> None:
    case = CASES[name]
    assert derived.values(name, "DTHADY", "DTHSRC") == (case.day, case.source)
    assert derived.value(name, "DTHDTF") == case.imputed


@pytest.mark.parametrize("name", CASES)
def test_a_death_outside_dd_is_a_query(derived: Derived, name: str) -> None:
    expected = CASES[name].queries
    found = [query for query in derived.queries(name) if "death" in query]
    if (
        not found or CASES[name].source == "dd"
    ):  # scores after the recorded death have tests of their own
        found = [query for query in found if not query.startswith("mrs_after_death")]
    assert found == expected


@pytest.mark.parametrize(
    ("name", "flag"),
    [("day 90", "Y"), ("day 91", "N"), ("before randomisation", "Y"), ("alive", "N"),
     ("ds without a date", "Y"), ("a later year in dd", "N")],
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


def test_whoever_is_dead_has_a_date_and_nobody_else(derived: Derived) -> None:
    adsl = derived.data.adsl
    assert ((adsl["DTHFL"] == "Y") == adsl["DTHDT"].notna()).all()


def test_the_date_is_used_everywhere(derived: Derived) -> None:
    """The dead of day 22 have a 6, are no longer alive on day 90, and die in the curves then."""
    name = "a later month in dd"
    assert derived.values(name, "MRS90", "MRS90RUL", "MRS90DY", "ALV90FL") == (6, "a", 22, "N")
    times = derived.data.adtte.set_index("SUBJID").loc[name]
    assert (times["AVAL"], times["CNSR"], times["EVNTDESC"]) == (22, 0, "died")


def test_date_of_death_is_the_date_recorded(derived: Derived) -> None:
    assert f"{derived.value('in dd', 'DTHDT'):%Y-%m-%d}" == day(40)


@pytest.mark.parametrize(
    ("name", "words", "severity"),
    [
        ("only in ds", "no row in dd; the date in ds is used", Severity.WARNING),
        ("dd without a date, ds dated", "dd holds no full date; the date in ds is used",
         Severity.WARNING),
        ("a month in dd, dated in ds", "dd holds no full date; the date in ds is used",
         Severity.WARNING),
        ("ds without a date", "no row in dd, and no table holds a date; 2025-03-14 is used, the "
         "day after the last day known alive", Severity.ERROR),
        ("dd without a date and nothing else", "neither dd nor another table holds a date; "
         "2025-03-14 is used", Severity.ERROR),
        ("a month in ae", "2025-05-01 is used, the earliest day of 2025-05 in ae that is not "
         "before the last day known alive, 2025-03-13", Severity.WARNING),
        ("a month in ds", "2025-05-01 is used, the earliest day of 2025-05 in ds that is not "
         "before the last day known alive, 2025-03-13", Severity.WARNING),
        ("a month before the last day alive", "2025-02 in dd lies before the last day known "
         "alive, 2025-03-13; the day after that, 2025-03-14, is used", Severity.ERROR),
    ],
)  # fmt: skip
def test_the_query_says_what_is_done(
    derived: Derived, name: str, words: str, severity: Severity
) -> None:
    query = next(q for q in derived.data.queries if q.key == f"SUBJID={name}" and q.table == "dd")
    assert words in query.message
    assert query.severity is severity
