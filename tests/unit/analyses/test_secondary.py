"""Secondary outcomes: means by hand, direction, the dead, what has no estimate (SAP 8.2, 8.3)."""

from __future__ import annotations

import math

import pandas as pd
import pytest

from analysis.analyses.secondary import analyse_secondary
from analysis.config import Plan
from tests.unit.analyses.small_trial.adqs import Values, build_adqs
from tests.unit.analyses.small_trial.adsl import Found, build_adsl, build_planted_adsl, swap_arms

ANSWER = 1e-9
"""Relative: 12 digits are written."""
T_4 = 2.7764451051977934
"""97.5 % point of t on 4 degrees of freedom."""
H24, D7 = ("NIHSS", "H24"), ("NIHSS", "D7")
EQ5D, VAS = ("EQ5DUTIL", "D90"), ("EQVAS", "D90")
EMPTY: dict[tuple[str, str], Values] = {}


def close(value: float) -> object:
    return pytest.approx(value, rel=ANSWER)


@pytest.fixture(scope="module")
def by_hand(plan: Plan) -> Found:
    """Three in each arm; all covariates are constant, so the difference is that of the t test."""
    adsl = build_adsl([0, 1, 6], [2, 6, None])
    values = {
        H24: [1.0, 2.0, 3.0, 4.0, 6.0, 8.0],
        D7: [1.0, 2.0, 42.0, 4.0, 42.0, None],
        EQ5D: [1.0, 0.5, 0.0, 0.2, 0.0, None],
        VAS: [90.0, 60.0, 0.0, 40.0, 0.0, 50.0],
    }
    dead = {D7: (2, 4), EQ5D: (2, 4), VAS: (2, 4)}
    return Found(analyse_secondary(adsl, build_adqs(adsl, values, dead), plan))


def test_difference_in_means_is_treatment_minus_reference(by_hand: Found) -> None:
    """Means 2 and 6, pooled variance 2.5 on 4 degrees of freedom."""
    error = math.sqrt(2.5 * 2 / 3)
    assert by_hand.value("nihss_h24", "estimate") == close(-4)
    assert by_hand.value("nihss_h24", "std_error") == close(error)
    assert by_hand.value("nihss_h24", "ci_low") == close(-4 - T_4 * error)
    assert by_hand.value("nihss_h24", "ci_high") == close(-4 + T_4 * error)
    assert by_hand.value("nihss_h24", "df") == 4
    # P(|t| > x) on 4 df is 1 - x / r (1 + 2 / r^2), r^2 = 4 + x^2
    t = 4 / error
    root = math.sqrt(4 + t**2)
    expected = 1 - t / root * (1 + 2 / root**2)
    assert by_hand.value("nihss_h24", "p_value") == pytest.approx(expected, rel=1e-8)


def test_summary_of_each_arm(by_hand: Found) -> None:
    place = {"group": "PLACEBO"}
    assert by_hand.value("nihss_h24", "n", **place) == 3
    assert by_hand.value("nihss_h24", "mean", **place) == close(6)
    assert by_hand.value("nihss_h24", "sd", **place) == close(2)
    assert by_hand.value("nihss_h24", "median", **place) == 6
    assert by_hand.value("nihss_h24", "n") == 6


def test_the_dead_are_counted_and_those_without_a_value_left_out(by_hand: Found) -> None:
    assert by_hand.value("nihss_d7", "n") == 5
    assert by_hand.value("nihss_d7", "n", group="PLACEBO") == 2
    assert by_hand.value("nihss_d7", "n_died") == 2
    assert by_hand.value("nihss_d7", "n_died", group="MPSS") == 1
    assert by_hand.value("nihss_h24", "n_died") == 0
    assert by_hand.value("nihss_d7", "estimate") == close(15 - 23)


def test_utility_weighted_mrs_takes_the_weights_of_the_plan(by_hand: Found) -> None:
    """mRS 0, 1, 6 against 2, 6: (1 + 0.91 + 0) / 3 - (0.76 + 0) / 2."""
    assert by_hand.value("uw_mrs", "estimate") == close(1.91 / 3 - 0.38)
    assert by_hand.value("uw_mrs", "n_died", group="PLACEBO") == 1
    assert by_hand.value("uw_mrs", "n") == 5


def test_survivors_stand_beside_the_vas(by_hand: Found) -> None:
    assert by_hand.value("eqvas", "estimate") == close(50 - 30)
    assert by_hand.value("eqvas_survivors", "estimate") == close(75 - 45)
    assert by_hand.value("eqvas_survivors", "n") == 4
    assert by_hand.value("eqvas_survivors", "n_died") == 0
    assert "no randomised comparison" in by_hand.results["eqvas_survivors", "ITT"].estimand


def test_win_odds_stand_beside_the_nihss(by_hand: Found) -> None:
    """Of 6 pairs at day 7 (1, 2, 42 against 4, 42): 4 wins, 1 tie, 1 loss: 4.5 / 1.5."""
    assert by_hand.value("nihss_d7_win_odds", "win_probability") == close(0.75)
    assert by_hand.value("nihss_d7_win_odds", "estimate") == close(3)
    assert ("eq5d_win_odds", "ITT") not in by_hand.results


def test_every_comparison_won_is_not_estimable(by_hand: Found) -> None:
    assert by_hand.value("nihss_h24_win_odds", "estimate") is None
    assert "every comparison is won by one arm" in by_hand.warning("nihss_h24_win_odds", "estimate")


# ---- Direction and covariates ----


def analyse_planted(adsl: pd.DataFrame, plan: Plan) -> Found:
    """Scores that follow the mRS: NIHSS three times it, utility and VAS falling with it."""
    mrs = [float(score) for score in adsl["MRS90"]]
    values = {
        H24: [3 * score for score in mrs],
        D7: [3 * score for score in mrs],
        EQ5D: [1 - 0.15 * score for score in mrs],
        VAS: [90 - 12 * score for score in mrs],
    }
    secondary = plan.secondary.model_copy(update={"win_odds": plan.secondary.outcomes})
    changed = plan.model_copy(update={"secondary": secondary})
    return Found(analyse_secondary(adsl, build_adqs(adsl, values), changed))


@pytest.mark.parametrize(
    ("name", "sign"),
    [("nihss_h24", -1), ("nihss_d7", -1), ("eq5d", 1), ("eqvas", 1), ("uw_mrs", 1)],
)
def test_a_benefit_has_the_sign_of_the_scale(plan: Plan, name: str, sign: int) -> None:
    adsl = build_planted_adsl(400, math.log(3))
    planted, swapped = analyse_planted(adsl, plan), analyse_planted(swap_arms(adsl), plan)
    limits = sorted(sign * planted.value(name, f"ci_{end}") for end in ("low", "high"))
    assert limits[0] > 0
    assert planted.value(name, "p_value") < 0.05
    assert swapped.value(name, "estimate") == close(-planted.value(name, "estimate"))
    assert planted.value(f"{name}_win_odds", "ci_low") > 1
    assert planted.value(name, "df") < 400 - 2  # the covariates are in the model


def test_scales_of_the_same_order_have_the_same_win_odds(plan: Plan) -> None:
    found = analyse_planted(build_planted_adsl(200, math.log(2)), plan)
    expected = found.value("nihss_h24_win_odds", "estimate")
    for name in ("nihss_d7", "eq5d", "eqvas"):
        assert found.value(f"{name}_win_odds", "estimate") == close(expected)


# ---- Not estimable ----


def test_an_outcome_that_nobody_has(plan: Plan) -> None:
    adsl = build_adsl([0, 1, 2], [3, 4, 5])
    found = Found(analyse_secondary(adsl, build_adqs(adsl, EMPTY), plan))
    for name in ("nihss_h24", "eq5d", "eqvas", "eqvas_survivors", "nihss_d7_win_odds"):
        assert found.value(name, "estimate") is None
        assert found.warning(name, "estimate") == (
            "not estimable: no subject of the set has an outcome"
        )
        assert found.value(name, "n") == 0
    assert found.value("uw_mrs", "n") == 6


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ([5.0, 6.0, 7.0, None, None, None], "only MPSS has an outcome"),
        ([5.0, 5.0, 5.0, 5.0, 5.0, 5.0], "everybody has the same outcome (5)"),
        ([5.0, None, None, 6.0, None, None], "too few subjects, 2 for 1 columns"),
        ([5.0, 5.0, 5.0, 6.0, 6.0, 6.0], "the columns determine the outcome"),
    ],
)
def test_no_estimate_says_why(plan: Plan, values: Values, reason: str) -> None:
    adsl = build_adsl([0, 1, 2], [3, 4, 5])
    found = Found(analyse_secondary(adsl, build_adqs(adsl, {H24: values}), plan))
    for name in ("estimate", "ci_low", "p_value", "df"):
        assert found.value("nihss_h24", name) is None
        assert reason in found.warning("nihss_h24", name)


def test_win_odds_of_one_value_name_the_value(plan: Plan) -> None:
    adsl = build_adsl([0, 1, 2], [3, 4, 5])
    found = Found(analyse_secondary(adsl, build_adqs(adsl, {H24: [42.0] * 6}), plan))
    assert found.warning("nihss_h24_win_odds", "estimate") == (
        "not estimable: everybody has the same outcome (42)"
    )
    assert found.value("nihss_h24_win_odds", "n") == 6


def test_only_subjects_of_the_itt_set_count(plan: Plan) -> None:
    adsl = build_adsl([0, 1, 2], [3, 4, 5], ITTFL=["Y", "Y", "N", "Y", "Y", "Y"])
    found = Found(analyse_secondary(adsl, build_adqs(adsl, {H24: [1.0] * 3 + [2.0] * 3}), plan))
    assert found.value("nihss_h24", "n", group="MPSS") == 2
