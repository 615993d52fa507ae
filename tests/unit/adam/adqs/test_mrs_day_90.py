"""Which assessment is the day-90 mRS (SAP 4.2, 4.3)."""

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
    only_scores,
    put,
    score,
)

C, L = "CENTRAL", "LOCAL"
NONE = (None, None, None)
AFTER, BEFORE = ["mrs_after_death mrs.MRS"], ["mrs6_before_death mrs.MRS"]

Outcome = tuple[int | None, str | None, int | None]
"""Score, rule of SAP 4.3, study day."""

WINDOWS: dict[str, tuple[tuple[Edit, ...], Outcome]] = {
    f"day {number}": (only_scores((C, day(number), "3")), outcome)
    for number, outcome in {
        59: NONE,
        60: (3, "d", 60),
        75: (3, "d", 75),
        76: (3, "b", 76),
        90: (3, "b", 90),
        104: (3, "b", 104),
        105: (3, "d", 105),
        120: (3, "d", 120),
        121: NONE,
    }.items()
}

CHOICES: dict[str, tuple[tuple[Edit, ...], Outcome]] = {
    "no assessment": ((drop("mrs"),), NONE),
    "central and local of one day": (
        only_scores((L, day(90), "1"), (C, day(90), "4")), (4, "b", 90)),
    "central of the last day before local of day 90": (
        only_scores((L, day(90), "1"), (C, day(104), "4")), (4, "b", 104)),
    "local inside before central outside": (
        only_scores((C, day(105), "4"), (L, day(76), "1")), (1, "b", 76)),
    "both outside: central": (
        only_scores((L, day(105), "1"), (C, day(119), "4")), (4, "d", 119)),
    "nearest of two central": (
        only_scores((C, day(84), "1"), (C, day(95), "4")), (4, "b", 95)),
    "same distance: the earlier": (
        only_scores((C, day(95), "4"), (C, day(85), "1")), (1, "b", 85)),
    "same distance outside: the earlier": (
        only_scores((C, day(110), "4"), (C, day(70), "1")), (1, "d", 70)),
    "same day: the higher score": (
        only_scores((C, day(90), "1"), (C, day(90), "4"), (C, day(90), "3")), (4, "b", 90)),
    "nearest without a score": (
        only_scores((C, day(90), ""), (C, day(80), "3")), (3, "b", 80)),
    "central without a date": (
        only_scores((C, "", "3"), (L, day(92), "1")), (1, "b", 92)),
    "day-30 visit on day 90": (
        (drop("mrs"), score(day(90), "3", visit="D30")), NONE),
    "randomised at 23.59, 75 days and some hours later": (
        (put("rand", RANDDTC="2025-03-10T23:59"), *only_scores((C, day(76), "3"))), (3, "b", 76)),
}  # fmt: skip

DEATHS: dict[str, tuple[tuple[Edit, ...], Outcome]] = {
    "death on day 90, alive on day 80": (
        (died(90), *only_scores((C, day(80), "3"))), (6, "a", 90)),
    "death on day 91, alive on day 85": (
        (died(91), *only_scores((C, day(85), "3"))), (3, "b", 85)),
    "death on day 91": ((died(91), drop("mrs")), (6, "c", 91)),
    "death on day 104": ((died(104), drop("mrs")), (6, "c", 104)),
    "death on day 105": ((died(105), drop("mrs")), NONE),
    "death on day 105, alive on day 70": (
        (died(105), *only_scores((C, day(70), "4"))), (4, "d", 70)),
    "death on day 100, alive on day 70": (
        (died(100), *only_scores((C, day(70), "4"))), (6, "c", 100)),
    "death and a 6 on day 95": (
        (died(95), *only_scores((C, day(95), "6"))), (6, "b", 95)),
    "death on day 95, a 6 on day 92": (
        (died(95), *only_scores((C, day(92), "6"))), (6, "c", 95)),
    "death on day 95, a 6 on day 92, local 4 on day 88": (
        (died(95), *only_scores((C, day(92), "6"), (L, day(88), "4"))), (4, "b", 88)),
    "death on day 95, a 3 on day 100": (
        (died(95), *only_scores((C, day(100), "3"))), (6, "c", 95)),
    "death on day 95, a 6 on day 100": (
        (died(95), *only_scores((C, day(100), "6"))), (6, "c", 95)),
    "death on day 110, a 6 on day 100": (
        (died(110), *only_scores((C, day(100), "6"))), NONE),
    "a 6 on day 30 alone": (
        (drop("mrs"), score(day(30), "6", visit="D30")), (6, "a", 30)),
    "a 6 on day 97 alone": (only_scores((C, day(97), "6")), (6, "b", 97)),
    "a 6 on day 110 alone": (only_scores((C, day(110), "6")), (6, "d", 110)),
    "local 6 on day 97, central 3 on day 92": (
        only_scores((L, day(97), "6"), (C, day(92), "3")), (3, "b", 92)),
    "local 6 on day 80, central 3 on day 92": (
        only_scores((L, day(80), "6"), (C, day(92), "3")), (3, "b", 92)),
    "local 6 on day 80, central 3 on day 118": (
        only_scores((L, day(80), "6"), (C, day(118), "3")), (3, "d", 118)),
    "local 6 on day 30, central 3 on day 92": (
        (*only_scores((C, day(92), "3")), score(day(30), "6", "LOCAL", visit="D30")), (3, "b", 92)),
    "local 6 on day 80, central 3 on day 70": (
        only_scores((L, day(80), "6"), (C, day(70), "3")), (6, "a", 80)),
    "dd without a date, a 6 on day 88": (
        (add("dd", DTHDTC=""), *only_scores((C, day(88), "6"))), (6, "a", 88)),
    "death without any date": (
        (add("dd", DTHDTC=""), drop("mrs")), (6, "c", 91)),
    "death without any date, last alive on day 3": (
        (add("dd", DTHDTC=""), drop("mrs"), drop("ds")), (6, "a", 4)),
    "death without any date, alive on day 104": (
        (add("dd", DTHDTC=""), drop("mrs"), put("ds", DSSTDTC=day(104))), NONE),
}  # fmt: skip

CASES = WINDOWS | CHOICES | DEATHS


@pytest.fixture(scope="module")
def derived(plan: Plan) -> Derived:
    return derive_cases(plan, {name: edits for name, (edits, _) in CASES.items()})


@pytest.fixture(scope="module")
def adqs(derived: Derived) -> pd.DataFrame:
    """The records of the mRS."""
    found = derived.data.adqs
    return found[found["PARAMCD"] == "MRS"]


@pytest.mark.parametrize("name", CASES)
def test_day_90_mrs(derived: Derived, name: str) -> None:
    assert derived.values(name, "MRS90", "MRS90RUL", "MRS90DY") == CASES[name][1]


@pytest.mark.parametrize(
    ("name", "queries"),
    [
        ("death on day 95, a 3 on day 100", AFTER),
        ("death on day 95, a 6 on day 100", []),  # a death entered with the date of the visit
        ("death on day 95, a 6 on day 92", BEFORE),
        ("death on day 110, a 6 on day 100", BEFORE),
        ("death and a 6 on day 95", []),
        ("death on day 91, alive on day 85", []),
        ("local 6 on day 80, central 3 on day 92", ["mrs6_contradicted mrs.MRS"]),
    ],
)
def test_rows_left_out_are_queried(derived: Derived, name: str, queries: list[str]) -> None:
    assert derived.queries(name) == queries


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("death on day 95, a 3 on day 100", "after death"),
        ("death on day 95, a 6 on day 100", "after death"),
        ("death on day 95, a 6 on day 92", "mRS of death before death"),
        ("local 6 on day 80, central 3 on day 92", "mRS of death contradicted by a central score"),
    ],
)
def test_rows_left_out_stay_in_adqs(adqs: pd.DataFrame, name: str, reason: str) -> None:
    rows = adqs[(adqs["SUBJID"] == name) & adqs["DTYPE"].isna() & (adqs["EXCLFL"] == "Y")]
    assert list(rows["EXCLFL"]) == ["Y"]
    assert list(rows["EXCLREAS"]) == [reason]
    assert list(rows["ANL01FL"]) == ["N"]


def test_one_record_per_subject_is_the_outcome(derived: Derived, adqs: pd.DataFrame) -> None:
    used = adqs.loc[(adqs["ANL01FL"] == "Y") & (adqs["AVISIT"] == "D90"), "SUBJID"]
    adsl = derived.data.adsl
    assert sorted(used) == sorted(adsl.loc[adsl["MRS90"].notna(), "SUBJID"])


def test_one_row_per_assessment_and_one_per_death_that_counts(adqs: pd.DataFrame) -> None:
    assert (adqs["SUBJID"] == "same day: the higher score").sum() == 3
    deaths = adqs[adqs["DTYPE"] == "DEATH"].set_index("SUBJID")
    assert "death on day 104" in deaths.index  # the last day of the window
    assert "death on day 105" not in deaths.index
    assert set(deaths["AVAL"]) == {6}
    assert set(deaths["AVISIT"]) == {"D90"}


@pytest.mark.parametrize(
    ("name", "flag"),
    [("day 75", "N"), ("day 76", "Y"), ("day 104", "Y"), ("day 105", "N"),
     ("death on day 104", "Y")],
)  # fmt: skip
def test_record_inside_the_window(adqs: pd.DataFrame, name: str, flag: str) -> None:
    assert list(adqs.loc[adqs["SUBJID"] == name, "AWINFL"]) == [flag]


def test_undated_row_is_in_no_window(adqs: pd.DataFrame) -> None:
    rows = adqs[(adqs["SUBJID"] == "central without a date") & adqs["ADT"].isna()]
    assert list(rows["AWINFL"]) == ["N"]
