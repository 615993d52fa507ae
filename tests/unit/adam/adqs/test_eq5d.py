"""EQ-5D-5L at day 90: utility by hand, window, several rows, the dead (SAP 3.4, 8.3)."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis.adam.adqs.eq5d import compute_utility
from analysis.config import Plan
from tests.unit.adam.small_export import Derived, Edit, add, day, derive_cases, died

EXACT = 1e-12
"""Sums of five decimals of three places, rounded to nine."""

PROFILES = {
    "11111": 1.0,
    "55555": -0.391,  # printed in the plan
    "21111": 1 - 0.066,
    "12111": 1 - 0.048,
    "11211": 1 - 0.045,
    "11121": 1 - 0.058,
    "11112": 1 - 0.049,
    "23452": 1 - (0.066 + 0.116 + 0.194 + 0.302 + 0.049),
    "34215": 1 - (0.158 + 0.210 + 0.045 + 0 + 0.258),
    "1111-": None,
    "-----": None,
}
"""Levels of mobility, self-care, usual activities, pain and anxiety; decrements of Luo 2017."""


@pytest.mark.parametrize("profile", PROFILES)
def test_utility(plan: Plan, profile: str) -> None:
    levels = [pd.NA if level == "-" else int(level) for level in profile]
    items = pd.DataFrame([levels], columns=["EQMO", "EQSC", "EQUA", "EQPD", "EQAD"])
    utility = compute_utility(items.astype("Int64"), plan.secondary.eq5d.decrements)[0]
    expected = PROFILES[profile]
    assert pd.isna(utility) if expected is None else utility == pytest.approx(expected, abs=EXACT)


def form(date: str, profile: str = "11111", vas: str = "80") -> Edit:
    items = zip(["EQMO", "EQSC", "EQUA", "EQPD", "EQAD"], profile, strict=True)
    levels = {item: level.replace("-", "") for item, level in items}
    return add("eq5d", VISIT="D90", EQDTC=date, EQVAS=vas, **levels)


Case = tuple[tuple[Edit, ...], float | None, float | None]
"""Edits, utility and EQ-VAS analysed; None is missing."""

CASES: dict[str, Case] = {
    "none": ((), None, None),
    "day 59": ((form(day(59)),), None, None),
    "day 60": ((form(day(60)),), 1.0, 80),
    "day 120": ((form(day(120)),), 1.0, 80),
    "day 121": ((form(day(121)),), None, None),
    "undated": ((form(""),), None, None),
    "an item missing": ((form(day(90), "1111-"),), None, 80),
    "VAS missing": ((form(day(90), vas=""),), 1.0, None),
    "nearest": ((form(day(85), "21111", "70"), form(day(93))), 1.0, 80),
    "equally near: the earlier": ((form(day(93)), form(day(87), "21111", "70")), 0.934, 70),
    "same day: the worse": ((form(day(90)), form(day(90), "21111", "70")), 0.934, 70),
    "same day: the worse of each": (
        (form(day(90), "21111", "80"), form(day(90), "11111", "70")), 0.934, 70),
    "nearest without an item": (
        (form(day(90), "1111-", ""), form(day(80), "21111", "70")), 0.934, 70),
    "nearest outside the window is none": ((form(day(40)), form(day(119), "21111")), 0.934, 80),
    "death on day 90": ((died(90),), 0.0, 0.0),
    "death on day 90, assessed on day 80": ((form(day(80)), died(90)), 0.0, 0.0),
    "death on day 91": ((died(91),), None, None),
    "death on day 91, assessed on day 91": ((form(day(91)), died(91)), 1.0, 80),
    "death on day 91, dated on day 92: a query, but used": ((form(day(92)), died(91)), 1.0, 80),
    "death without a date": ((add("dd", DTHDTC=""), form(day(90))), 1.0, 80),
}  # fmt: skip


@pytest.fixture(scope="module")
def derived(plan: Plan) -> Derived:
    return derive_cases(plan, {name: case[0] for name, case in CASES.items()})


@pytest.fixture(scope="module")
def adqs(derived: Derived) -> pd.DataFrame:
    return derived.data.adqs


def find_used(adqs: pd.DataFrame, name: str, parameter: str) -> list[float]:
    rows = adqs[(adqs["SUBJID"] == name) & (adqs["PARAMCD"] == parameter)]
    return [float(value) for value in rows.loc[rows["ANL01FL"] == "Y", "AVAL"]]


@pytest.mark.parametrize("name", CASES)
def test_value_analysed(adqs: pd.DataFrame, name: str) -> None:
    _, utility, vas = CASES[name]
    expected = [] if utility is None else [pytest.approx(utility, abs=EXACT)]
    assert find_used(adqs, name, "EQ5DUTIL") == expected
    assert find_used(adqs, name, "EQVAS") == ([] if vas is None else [vas])


def test_items_are_parameters_of_their_own(adqs: pd.DataFrame) -> None:
    """Of two rows on one day the worse level, which is the higher."""
    assert find_used(adqs, "same day: the worse", "EQMO") == [2]
    assert find_used(adqs, "death on day 90, assessed on day 80", "EQMO") == []


def test_the_dead_are_derived_records(adqs: pd.DataFrame) -> None:
    rows = adqs[(adqs["SUBJID"] == "death on day 90") & (adqs["DTYPE"] == "DEATH")]
    rows = rows[rows["PARAMCD"] != "MRS"]
    assert sorted(zip(rows["PARAMCD"], rows["AVISIT"], rows["ADY"], strict=True)) == [
        ("EQ5DUTIL", "D90", 90),
        ("EQVAS", "D90", 90),
    ]


def test_row_order_of_the_export_does_not_matter(plan: Plan, adqs: pd.DataFrame) -> None:
    """Two forms of one day have the same value of some parameters: one of them is marked."""
    backwards = {name: reversed(case[0]) for name, case in reversed(CASES.items())}
    pd.testing.assert_frame_equal(derive_cases(plan, backwards).data.adqs, adqs)


def test_one_record_per_row_and_parameter(adqs: pd.DataFrame) -> None:
    rows = adqs[(adqs["SUBJID"] == "nearest") & adqs["PARAMCD"].str.startswith("EQ")]
    assert rows.groupby("PARAMCD").size().to_dict() == dict.fromkeys(
        ["EQMO", "EQSC", "EQUA", "EQPD", "EQAD", "EQ5DUTIL", "EQVAS"], 2
    )
