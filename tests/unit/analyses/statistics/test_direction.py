"""Odds of the better turned into odds of the worse, and strata of several columns."""

from __future__ import annotations

import math

import pytest

from analysis.analyses.model_data.design import build_design
from analysis.analyses.model_data.sites import label_strata
from analysis.analyses.statistics.direction import (
    describe_odds,
    describe_pooled_odds,
    name_side,
    turn_limits,
    turn_probability,
)
from analysis.config import Plan
from analysis.io.result import Statistic
from analysis.models.imputation import combine_rubin
from tests.unit.analyses.small_trial.adsl import build_adsl, repeat


@pytest.fixture
def turned(plan: Plan) -> Plan:
    inference = plan.inference.model_copy(update={"favours_treatment": "below_1"})
    return plan.model_copy(update={"inference": inference})


def by_name(statistics: list[Statistic]) -> dict[str, int | float | None]:
    return {statistic.name: statistic.value for statistic in statistics}


def test_odds_of_the_worse_are_the_inverse(plan: Plan, turned: Plan) -> None:
    better = by_name(describe_odds("cutpoint", math.log(2.0), 0.25, plan))
    worse = by_name(describe_odds("cutpoint", math.log(2.0), 0.25, turned))
    assert (better["estimate"], worse["estimate"]) == pytest.approx((2.0, 0.5))
    assert worse["ci_low"] == pytest.approx(1 / (better["ci_high"] or math.nan))
    assert worse["ci_high"] == pytest.approx(1 / (better["ci_low"] or math.nan))
    assert worse["log_estimate"] == -(better["log_estimate"] or math.nan)
    for same in ("p_value", "std_error"):
        assert worse[same] == better[same]


def test_pooled_odds_turn_likewise(plan: Plan, turned: Plan) -> None:
    found = combine_rubin([0.5, 0.7, 0.6], [0.04, 0.05, 0.04], 100.0, 0.05)
    better = by_name(describe_pooled_odds(found, plan))
    worse = by_name(describe_pooled_odds(found, turned))
    assert worse["ci_low"] == pytest.approx(1 / (better["ci_high"] or math.nan))
    assert worse["p_value"] == better["p_value"]


def test_no_effect_has_no_sign(turned: Plan) -> None:
    assert (
        math.copysign(
            1.0, by_name(describe_odds("cutpoint", 0.0, 0.2, turned))["log_estimate"] or 0.0
        )
        == 1.0
    )


def test_limits_stay_in_order_and_shares_add_up(plan: Plan, turned: Plan) -> None:
    assert turn_limits(-0.1, 0.4, plan) == (-0.1, 0.4)
    assert turn_limits(-0.1, 0.4, turned) == (-0.4, 0.1)
    assert turn_probability(0.7, plan) == pytest.approx(0.7)
    assert turn_probability(0.7, turned) == pytest.approx(0.3)
    assert (name_side(plan), name_side(turned)) == ("lower", "higher")


def test_strata_are_every_combination(plan: Plan) -> None:
    adsl = build_adsl(repeat({1: 3}), repeat({2: 3}), IVT=list("YYNYNN"), SEX=list("MFMMFM"))
    design = build_design(adsl, "ITT", plan, None)
    labels, notes = label_strata(adsl, design, ["IVT", "SEX"])
    assert labels.tolist() == ["Y / M", "Y / F", "N / M", "Y / M", "N / F", "N / M"]
    assert notes == ()


def test_a_missing_value_is_a_stratum_and_is_said(plan: Plan) -> None:
    adsl = build_adsl([1, 2], [2, 3], IVT=["Y", None, "N", None], SEX=["M", "M", "F", "F"])
    labels, notes = label_strata(adsl, build_design(adsl, "ITT", plan, None), ["SEX", "IVT"])
    assert labels.tolist() == ["M / Y", "M / not recorded", "F / N", "F / not recorded"]
    assert notes == ("2 subjects without IVT: analysed as one more",)
