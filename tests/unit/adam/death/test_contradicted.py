"""A local 6 that a central score contradicts is no death (SAP 4.1)."""

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
    only_scores,
    put,
    score,
)

L, C = "LOCAL", "CENTRAL"
SIX = (L, day(80), "6")
TAKEN_BACK = only_scores(SIX, (C, day(92), "3"))

ALIVE: dict[str, tuple[Edit, ...]] = {
    "central in the window, later": TAKEN_BACK,
    "central in the window, earlier": only_scores((L, day(104), "6"), (C, day(76), "5")),
    "central in the window, same day": only_scores((L, day(90), "6"), (C, day(90), "0")),
    "central later, after the window": only_scores(SIX, (C, day(118), "3")),
    "day-30 visit, central later": (*only_scores((L, day(20), "6")), score(day(31), "4", C, "D30")),
    "another local row below 6": only_scores(SIX, (L, day(85), "2"), (C, day(92), "3")),
    "a fatal event that another outcome replaced": (
        *TAKEN_BACK, add("ae", AESEQ="1", AEENDTC=day(80), AEOUT="RECOVERED")),
}  # fmt: skip
DEAD: dict[str, tuple[Edit, ...]] = {
    "no central score": only_scores(SIX),
    "a later local score alone": only_scores(SIX, (L, day(92), "3")),
    "central 6 too": only_scores(SIX, (C, day(92), "6")),
    "a central 6 alone": only_scores((C, day(80), "6"), (C, day(92), "3")),
    "central without a score": only_scores(SIX, (C, day(92), "")),
    "central earlier, before the window": only_scores(SIX, (C, day(75), "3")),
    "central the same day, outside the window": (
        *only_scores((L, day(30), "6")), score(day(30), "3", C, "D30")),
    "local after the window, central before": only_scores((L, day(105), "6"), (C, day(90), "3")),
    "two local sixes": only_scores(SIX, (L, day(82), "6"), (C, day(92), "3")),
    "another 6 without a date": only_scores(SIX, (L, "", "6"), (C, day(92), "3")),
    "a row in dd": (*TAKEN_BACK, died(80)),
    "a row in dd without a date": (*TAKEN_BACK, add("dd", DTHDTC="")),
    "disposition": (*TAKEN_BACK, put("ds", DSDECOD="DEATH", DSSTDTC="")),
    "a fatal event": (*TAKEN_BACK, add("ae", AESEQ="1", AEOUT="FATAL")),
    "central without a date": only_scores(SIX, (C, "", "3")),
    "local without a date": only_scores((L, "", "6"), (C, day(92), "3")),
}  # fmt: skip


@pytest.fixture(scope="module")
def derived(plan: Plan) -> Derived:
    return derive_cases(plan, ALIVE | DEAD)


@pytest.mark.parametrize("name", ALIVE)
def test_the_central_score_counts(derived: Derived, name: str) -> None:
    assert derived.values(name, "DTHFL", "DTHDT", "DTH90FL") == ("N", None, "N")
    assert [q for q in derived.queries(name) if "mrs6" in q] == ["mrs6_contradicted mrs.MRS"]
    assert not any(query.startswith("death") for query in derived.queries(name))
    adqs = derived.data.adqs
    six = adqs[(adqs["SUBJID"] == name) & (adqs["PARAMCD"] == "MRS") & (adqs["AVAL"] == 6)]
    assert list(six["EXCLFL"]) == ["Y"]
    assert list(six["ANL01FL"]) == ["N"]


@pytest.mark.parametrize("name", DEAD)
def test_it_stays_a_death(derived: Derived, name: str) -> None:
    assert derived.value(name, "DTHFL") == "Y"
    assert "mrs6_contradicted mrs.MRS" not in derived.queries(name)


def test_the_row_is_left_out_of_every_choice(derived: Derived) -> None:
    """Neither the mRS of day 30 nor the last score is the 6."""
    assert derived.values("day-30 visit, central later", "MRS30", "MRSLAST") == (4, 4)
    assert derived.values("central later, after the window", "MRS90", "MRS90RUL") == (3, "d")


def test_the_window_is_that_of_the_plan(plan: Plan) -> None:
    narrow = plan.model_copy(update={"outcome": plan.outcome.model_copy(update={"window_days": 5})})
    case = {"A": only_scores((L, day(100), "6"), (C, day(90), "3"))}
    flags = [derive_cases(each, case).value("A", "DTHFL") for each in (plan, narrow)]
    assert flags == ["N", "Y"]
