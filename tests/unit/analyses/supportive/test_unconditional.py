"""Effects over all subjects: what they are without covariates, direction, and reasons."""

from __future__ import annotations

import math

import pytest

from analysis.analyses.model_data.covariates import prepare_covariates
from analysis.analyses.model_data.design import Design, build_design
from analysis.analyses.mrs.common_odds import analyse_common_odds
from analysis.analyses.supportive.unconditional import analyse_unconditional
from analysis.config import Plan
from analysis.models.proportional_odds import fit_proportional_odds
from tests.unit.analyses.small_trial.adsl import Found, build_adsl, repeat, swap_arms

DIGITS = 1e-9
"""Relative: 12 digits are written."""
SOLVED = 1e-7
"""Relative: the maximum over both distributions is found to a Newton step of this many errors."""
MPSS, PLACEBO = repeat({0: 4, 1: 3, 2: 5, 4: 4, 6: 2}), repeat({0: 2, 1: 2, 2: 5, 4: 5, 6: 5})
AGE = [50 + (11 * i) % 37 for i in range(len(MPSS) + len(PLACEBO))]
RATIOS = ("primary_robust", "marginal_common_odds", "marginal_win_odds")


def build(plan: Plan, *, adjusted: bool, swapped: bool = False) -> Design:
    adsl = build_adsl(MPSS, PLACEBO, AGE=AGE)
    adsl = swap_arms(adsl) if swapped else adsl
    return build_design(adsl, "ITT", plan, prepare_covariates(adsl, plan) if adjusted else None)


def turn(plan: Plan) -> Plan:
    inference = plan.inference.model_copy(update={"favours_treatment": "below_1"})
    return plan.model_copy(update={"inference": inference})


def test_without_covariates_the_marginal_odds_are_those_of_the_model(plan: Plan) -> None:
    """Everybody has the distribution of the arm: its common odds ratio is the model's."""
    design = build(plan, adjusted=False)
    found = Found(analyse_unconditional(design, plan))
    model = Found([analyse_common_odds("sens_unadjusted", "ITT", design, plan)])
    wanted = model.value("sens_unadjusted", "estimate")
    assert found.value("marginal_common_odds", "estimate") == pytest.approx(wanted, rel=SOLVED)
    assert found.value("primary_robust", "estimate") == pytest.approx(wanted, rel=DIGITS)


def test_the_robust_error_is_the_sandwich(plan: Plan) -> None:
    design = build(plan, adjusted=True)
    found = Found(analyse_unconditional(design, plan))
    fit = fit_proportional_odds(design.y, design.x, clusters=range(len(design.y)))
    cuts = len(fit.theta)
    error = math.sqrt(fit.covariance_robust[cuts, cuts])
    assert found.value("primary_robust", "std_error") == pytest.approx(error, rel=DIGITS)


@pytest.mark.parametrize("name", RATIOS)
def test_odds_are_reported_on_the_side_of_the_plan(plan: Plan, name: str) -> None:
    design = build(plan, adjusted=True)
    better, worse = (Found(analyse_unconditional(design, p)) for p in (plan, turn(plan)))
    log_better, log_worse = (each.value(name, "log_estimate") for each in (better, worse))
    assert log_better == -log_worse  # type: ignore[operator]
    assert better.value(name, "ci_low") == pytest.approx(
        1.0 / worse.value(name, "ci_high"), rel=DIGITS  # type: ignore[operator]
    )  # fmt: skip


def test_arms_exchanged_turn_every_effect_round(plan: Plan) -> None:
    found, swapped = (
        Found(analyse_unconditional(build(plan, adjusted=True, swapped=swap), plan))
        for swap in (False, True)
    )
    for name in RATIOS:
        own, other = (each.value(name, "log_estimate") for each in (found, swapped))
        assert own == pytest.approx(-other, rel=SOLVED)  # type: ignore[operator]
    for level in ("0", "2", "4"):
        own, other = (each.value("marginal_rd", "estimate", level=level)
                      for each in (found, swapped))  # fmt: skip
        assert own == pytest.approx(-other, rel=DIGITS)  # type: ignore[operator]


def test_one_arm_alone_has_no_effect_and_says_why(plan: Plan) -> None:
    adsl = build_adsl(MPSS, PLACEBO, AGE=AGE)
    adsl = adsl[adsl["TRT01P"] == "MPSS"].reset_index(drop=True)
    design = build_design(adsl, "ITT", plan, prepare_covariates(adsl, plan))
    found = Found(analyse_unconditional(design, plan))
    for name in RATIOS:
        assert found.value(name, "estimate") is None
        assert "MPSS" in found.warning(name, "estimate")
    assert found.value("marginal_rd", "estimate", level="2") is None
    assert found.value("marginal_win_odds", "win_probability") is None
