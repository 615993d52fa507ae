"""The mRS cut in two: by hand without covariates, direction, and what has no estimate (SAP 8.1)."""

from __future__ import annotations

import math

import pandas as pd
import pytest

from analysis.analyses.mrs.dichotomies import ENDINGS, analyse_dichotomies
from analysis.config import Plan
from tests.unit.analyses.small_trial.adsl import (
    Found,
    build_adsl,
    build_planted_adsl,
    repeat,
    swap_arms,
)

ANSWER = 1e-9
"""Relative: 12 digits are written, and the fits end within 1e-10 of the maximum."""
Z = 1.959963984540054
LEVELS = ("1", "2", "3", "4")
CONTRASTS = tuple(ending for ending in ENDINGS if ending)

# mRS 0 / 2 / 5: MPSS 30, 20, 50 of 100; placebo 16, 24, 40 of 80
MPSS, PLACEBO = {0: 30, 2: 20, 5: 50}, {0: 16, 2: 24, 5: 40}
EVENTS = {"1": (30, 16), "2": (50, 40), "3": (50, 40), "4": (50, 40)}


def analyse(adsl: pd.DataFrame, plan: Plan) -> Found:
    return Found(analyse_dichotomies(adsl, plan))


def close(value: float) -> object:
    return pytest.approx(value, rel=ANSWER)


@pytest.fixture(scope="module")
def by_hand(plan: Plan) -> Found:
    """All covariates are constant, so the adjusted models have the arm alone."""
    return analyse(build_adsl(repeat(MPSS), repeat(PLACEBO)), plan)


def test_ids_are_those_of_the_plan(by_hand: Found) -> None:
    expected = {f"mrs_0_{level}{ending}" for level in LEVELS for ending in ENDINGS}
    assert {analysis_id for analysis_id, _ in by_hand.results} == expected


@pytest.mark.parametrize("level", LEVELS)
def test_events_and_subjects(by_hand: Found, level: str) -> None:
    for group, events, total in zip(("MPSS", "PLACEBO"), EVENTS[level], (100, 80), strict=True):
        assert by_hand.value(f"mrs_0_{level}", "events", group=group) == events
        assert by_hand.value(f"mrs_0_{level}", "N", group=group) == total
        assert by_hand.value(f"mrs_0_{level}", "pct", group=group) == close(100 * events / total)
        assert by_hand.value(f"mrs_0_{level}_rd", "n", group=group) == total


@pytest.mark.parametrize("level", ["1", "2"])
@pytest.mark.parametrize("ending", ["_rr", "_rr_adjusted"])
def test_risk_ratio_without_covariates(by_hand: Found, level: str, ending: str) -> None:
    """The robust variance of Poisson regression is that of the log-Wald interval."""
    a, c = EVENTS[level]
    log_ratio = math.log(a / 100 / (c / 80))
    error = math.sqrt(1 / a - 1 / 100 + 1 / c - 1 / 80)
    name = f"mrs_0_{level}{ending}"
    assert by_hand.value(name, "estimate") == close(math.exp(log_ratio))
    assert by_hand.value(name, "log_estimate") == pytest.approx(log_ratio, rel=ANSWER, abs=1e-12)
    assert by_hand.value(name, "std_error") == close(error)
    assert by_hand.value(name, "ci_low") == close(math.exp(log_ratio - Z * error))
    p_value = math.erfc(abs(log_ratio) / error / math.sqrt(2))
    assert by_hand.value(name, "p_value") == close(p_value)


def test_adjusted_risk_difference_without_covariates_is_the_wald_interval(by_hand: Found) -> None:
    """The influence function leaves p q / n of each arm: 0.3 and 0.2 of 100 and 80."""
    difference, error = 0.1, math.sqrt(0.3 * 0.7 / 100 + 0.2 * 0.8 / 80)
    name = "mrs_0_1_rd_adjusted"
    assert by_hand.value(name, "estimate") == close(difference)
    assert by_hand.value(name, "std_error") == close(error)
    assert by_hand.value(name, "ci_low") == close(difference - Z * error)
    assert by_hand.value(name, "ci_high") == close(difference + Z * error)
    assert by_hand.value(name, "p_value") == close(math.erfc(difference / error / math.sqrt(2)))


def test_odds_ratio_without_covariates(by_hand: Found) -> None:
    name = "mrs_0_1_or_adjusted"
    assert by_hand.value(name, "estimate") == close(30 * 64 / (70 * 16))
    assert by_hand.value(name, "std_error") == close(math.sqrt(1 / 30 + 1 / 70 + 1 / 16 + 1 / 64))


def test_difference_of_nothing_is_0(by_hand: Found) -> None:
    """50 of 100 and 40 of 80: no rounding noise is written."""
    assert by_hand.value("mrs_0_2_rd_adjusted", "estimate") == 0.0
    assert by_hand.value("mrs_0_2_rd", "estimate") == 0.0
    assert by_hand.value("mrs_0_2_rr_adjusted", "estimate") == 1.0


# ---- Direction ----


@pytest.fixture(scope="module")
def planted(plan: Plan) -> Found:
    return analyse(build_planted_adsl(500, math.log(3)), plan)


@pytest.fixture(scope="module")
def swapped(plan: Plan) -> Found:
    return analyse(swap_arms(build_planted_adsl(500, math.log(3))), plan)


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("ending", CONTRASTS)
def test_benefit_is_above_and_exchanged_arms_reverse_it(
    planted: Found, swapped: Found, level: str, ending: str
) -> None:
    name = f"mrs_0_{level}{ending}"
    estimate, low = planted.value(name, "estimate"), planted.value(name, "ci_low")
    exchanged, high = swapped.value(name, "estimate"), swapped.value(name, "ci_high")
    if ending.startswith("_rd"):
        assert 0 < low < estimate < 1
        assert (exchanged, high) == (close(-estimate), close(-low))
    else:
        assert 1 < low < estimate
        assert (exchanged, high) == (close(1 / estimate), close(1 / low))
    assert planted.value(name, "p_value") < 0.05


# ---- Not estimable ----


def test_no_event_in_one_arm(plan: Plan) -> None:
    """20 of 100 against 0 of 100: exact or score interval, and the adjusted models say why."""
    found = analyse(build_adsl(repeat({0: 20, 5: 80}), repeat({5: 100})), plan)
    assert found.value("mrs_0_1_rr", "estimate") is None
    assert found.value("mrs_0_1_rr", "ci_low") > 1
    assert found.warning("mrs_0_1_rr", "estimate") == (
        "not estimable: no event in the reference arm"
    )
    assert found.value("mrs_0_1_rd", "estimate") == close(0.2)
    assert 0 < found.value("mrs_0_1_rd", "ci_low") < 0.2 < found.value("mrs_0_1_rd", "ci_high")
    for ending in ("_rr_adjusted", "_rd_adjusted", "_or_adjusted"):
        statistic = found.statistic(f"mrs_0_1{ending}", "estimate")
        assert statistic.value is None
        assert statistic.note == (
            "not estimable: separation along column arm: no finite estimate exists"
        )
        assert found.value(f"mrs_0_1{ending}", "n", group="PLACEBO") == 100


@pytest.mark.parametrize(
    ("score", "reason"),
    [(6, "nobody has an mRS of 1 or lower"), (0, "everybody has an mRS of 1 or lower")],
)
def test_nobody_or_everybody_has_the_event(plan: Plan, score: int, reason: str) -> None:
    found = analyse(build_adsl([score] * 20, [score] * 30), plan)
    for ending in ("_rr_adjusted", "_rd_adjusted", "_or_adjusted"):
        assert found.warning(f"mrs_0_1{ending}", "estimate") == f"not estimable: {reason}"
    assert found.value("mrs_0_1_rd", "estimate") == 0.0
    assert found.value("mrs_0_1_rd", "ci_low") < 0 < found.value("mrs_0_1_rd", "ci_high")


def test_an_arm_without_an_outcome(plan: Plan) -> None:
    found = analyse(build_adsl([0, 3, 5] * 10, [None] * 30), plan)
    assert found.warning("mrs_0_2_rr", "estimate") == "not estimable: an arm has no subjects"
    assert found.warning("mrs_0_2_rr_adjusted", "estimate") == (
        "not estimable: only MPSS has an outcome"
    )
    assert found.value("mrs_0_2", "N", group="PLACEBO") == 0


def test_the_plan_names_the_set(plan: Plan) -> None:
    secondary = plan.secondary.model_copy(update={"population": "PP"})
    adsl = build_adsl([0, 3] * 10, [2, 5] * 10, PPROTFL=["N"] * 4 + ["Y"] * 36)
    results = analyse_dichotomies(adsl, plan.model_copy(update={"secondary": secondary}))
    assert {result.population for result in results} == {"PP"}
    assert Found(results).value("mrs_0_1", "N", "PP", group="MPSS") == 16


def test_the_plan_names_the_cut_points(plan: Plan) -> None:
    secondary = plan.secondary.model_copy(update={"dichotomies": (5,)})
    changed = plan.model_copy(update={"secondary": secondary})
    found = analyse(build_adsl([0, 6] * 10, [3, 6, 6] * 10), changed)
    assert {name for name, _ in found.results} == {f"mrs_0_5{ending}" for ending in ENDINGS}
    assert found.value("mrs_0_5", "events", group="PLACEBO") == 10
