"""Cut points with few on one side: Firth's or the crude odds ratio in their place (SAP 5.8)."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest

from analysis.analyses.model_data.covariates import prepare_covariates
from analysis.analyses.model_data.design import build_design
from analysis.analyses.mrs.cut_points import METHODS, analyse_cut_points
from analysis.analyses.statistics.sparse import Estimator
from analysis.config import Plan
from analysis.io.result import AnalysisResult, Statistic
from analysis.models.means_and_risks import fit_firth_logistic, profile_firth
from tests.unit.analyses.small_trial.adsl import build_adsl

ANSWER = 1e-9
# Of the covariates age alone varies: two columns. Up to mRS 1 9 of 40, above mRS 4 4 of 40.
MPSS, PLACEBO = [*[1] * 6, *[3] * 13, 5], [*[1] * 3, *[3] * 14, *[5] * 3]
AGE = [60 + (7 * i) % 23 for i in range(40)]
CUTS = (1, 4)


@pytest.fixture(scope="module")
def adsl() -> pd.DataFrame:
    return build_adsl(MPSS, PLACEBO, AGE=AGE)


def set_plan(plan: Plan, favours: str = "above_1", **keys: object) -> Plan:
    inference = plan.inference.model_copy(update={"favours_treatment": favours})
    return plan.model_copy(
        update={
            "inference": inference,
            "co_reported": plan.co_reported.model_copy(update={"cut_points": CUTS}),
            "sparse": plan.sparse.model_copy(update=keys),
        }
    )


def analyse(adsl: pd.DataFrame, plan: Plan) -> dict[Estimator, AnalysisResult]:
    design = build_design(adsl, "ITT", plan, prepare_covariates(adsl, plan))
    names = {method: estimator for estimator, method in METHODS.items()}
    return {names[result.method]: result for result in analyse_cut_points(design, plan)}


def pick(result: AnalysisResult, level: int) -> dict[str, Statistic]:
    return {each.name: each for each in result.statistics if each.level == str(level)}


def test_each_cut_point_is_judged_by_its_own_few(adsl: pd.DataFrame, plan: Plan) -> None:
    """Nine events are enough for two columns at 4.5 each, four are not."""
    found = analyse(adsl, set_plan(plan, events_per_variable=4.5, fewest_events=4))
    assert set(found) == {Estimator.ADJUSTED, Estimator.FIRTH}
    assert pick(found[Estimator.ADJUSTED], 1)["estimate"].value is not None
    assert pick(found[Estimator.ADJUSTED], 4) == {}
    said = {each.note.rpartition("; ")[-1] for each in pick(found[Estimator.FIRTH], 4).values()}
    assert said == {
        "mRS 0-4: sparse data, 4 without the event for 2 columns of the model: by Firth's "
        "penalised likelihood"
    }
    counted = [each.name for each in found[Estimator.FIRTH].statistics if not each.level]
    assert counted == []


@pytest.mark.parametrize("favours", ["above_1", "below_1"])
def test_firths_odds_ratio_follows_the_direction(
    adsl: pd.DataFrame, plan: Plan, favours: str
) -> None:
    own = set_plan(plan, favours, events_per_variable=5.0, fewest_events=0)
    found = pick(analyse(adsl, own)[Estimator.FIRTH], 1)
    arm = (adsl["TRT01P"] == "MPSS").to_numpy(dtype=float)
    event = (adsl["MRS90"] <= 1 if favours == "above_1" else adsl["MRS90"] > 1).to_numpy(float)
    fit = fit_firth_logistic(event, np.column_stack((arm, AGE)))
    profile = profile_firth(fit, 0, alpha=own.inference.other_alpha)
    expected = {
        "estimate": math.exp(fit.beta[0]), "ci_low": math.exp(profile.low),
        "ci_high": math.exp(profile.high), "p_value": profile.p_value,
    }  # fmt: skip
    for name, value in expected.items():
        assert found[name].value == pytest.approx(value, rel=ANSWER), name


@pytest.mark.parametrize("keys", [{"below": "crude"}, {"below": "firth", "fewest_events": 10}])
def test_the_crude_odds_ratio_is_that_of_the_table(
    adsl: pd.DataFrame, plan: Plan, keys: dict[str, object]
) -> None:
    found = analyse(adsl, set_plan(plan, events_per_variable=5.0, **keys))[Estimator.CRUDE]
    row = pick(found, 1)
    assert row["estimate"].value == pytest.approx(6 * 17 / (14 * 3), rel=ANSWER)
    error = math.sqrt(1 / 6 + 1 / 17 + 1 / 14 + 1 / 3)
    assert row["std_error"].value == pytest.approx(error, rel=ANSWER)


def test_a_cut_that_nobody_passes_says_so(adsl: pd.DataFrame, plan: Plan) -> None:
    own = set_plan(plan, events_per_variable=5.0)
    one = own.model_copy(
        update={"co_reported": own.co_reported.model_copy(update={"cut_points": (0,)})}
    )
    row = pick(analyse(adsl, one)[Estimator.CRUDE], 0)
    assert row["estimate"].value is None
    assert row["estimate"].note == "not estimable: nobody has an mRS of 0 or lower"
