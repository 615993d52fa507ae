"""The primary measure: what it changes, what follows it, and what stands beside it (SAP 5.6)."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest
from scipy.stats import chi2

from analysis.adam.adsl.subgroups import derive_subgroups
from analysis.analyses.mrs.mrs_shift import analyse_mrs_shift
from analysis.analyses.mrs.subgroups import analyse_subgroups
from analysis.analyses.mrs.win_odds import METHODS
from analysis.analyses.sensitivity.analyse import analyse_sensitivity
from analysis.config import Plan
from analysis.config.blocks.primary import Primary
from analysis.errors import EstimationError
from tests.unit.analyses.mrs.test_subgroups import make_adsl
from tests.unit.analyses.small_trial.adsl import Found, build_adsl, build_planted_adsl

ANSWER = 1e-9
"""Relative: 12 digits are written."""
EFFECT = ("estimate", "ci_low", "ci_high", "p_value", "log_estimate", "std_error")
ALWAYS = ("sens_pp", "sens_unadjusted", *METHODS)
measures = pytest.mark.parametrize("measure", METHODS)


def with_measure(plan: Plan, measure: str, *ids: str) -> Plan:
    """The plan with another primary measure, and the analyses that it runs."""
    return plan.model_copy(
        update={
            "primary": plan.primary.model_copy(update={"measure": measure}),
            "analyses": plan.analyses.model_copy(update={"run": ids}),
        }
    )


def read(found: Found, analysis_id: str, population: str = "ITT", level: str = "") -> list[object]:
    return [found.value(analysis_id, name, population, level=level) for name in EFFECT]


@pytest.fixture(scope="module")
def adsl() -> pd.DataFrame:
    return build_planted_adsl(240, math.log(1.6))


@measures
def test_the_primary_analysis_is_the_win_odds_of_that_kind(
    adsl: pd.DataFrame, plan: Plan, measure: str
) -> None:
    found = Found(analyse_mrs_shift(adsl, with_measure(plan, measure, *ALWAYS)))
    assert read(found, "primary") == read(found, measure)
    primary = found.results["primary", "ITT"]
    assert primary.method == found.results[measure, "ITT"].method == METHODS[measure]
    assert found.value("primary", "win_probability") == found.value(measure, "win_probability")


@measures
def test_the_common_odds_ratio_stands_beside_it(
    adsl: pd.DataFrame, plan: Plan, measure: str
) -> None:
    """With the coefficients of its model, as they are where it is the primary one."""
    ours = Found(analyse_mrs_shift(adsl, with_measure(plan, measure, *ALWAYS)))
    shipped = Found(analyse_mrs_shift(adsl, with_measure(plan, "common_odds", *ALWAYS)))
    names = (*EFFECT, "ci_low_profile", "p_value_lr")
    assert [ours.value("common_odds", name) for name in names] == [
        shipped.value("primary", name) for name in names
    ]
    assert ("common_odds", "ITT") not in shipped.results
    for found in (ours, shipped):
        assert found.value("primary_coefficients", "n") == found.value("primary", "n")
    assert read(ours, "sens_unadjusted") == read(shipped, "sens_unadjusted")


def test_the_per_protocol_analysis_follows(adsl: pd.DataFrame, plan: Plan) -> None:
    some = adsl.assign(PPROTFL=np.where(np.arange(len(adsl)) % 5, "Y", "N"))
    inside = some.assign(ITTFL=some["PPROTFL"])
    found = Found(analyse_mrs_shift(some, with_measure(plan, "win_odds", "sens_pp")))
    alone = Found(analyse_mrs_shift(inside, with_measure(plan, "win_odds")))
    assert read(found, "sens_pp", "PP") == pytest.approx(read(alone, "primary"), rel=ANSWER)


def test_a_level_of_a_subgroup_is_the_measure_of_its_subjects(plan: Plan) -> None:
    adsl = derive_subgroups(make_adsl(), plan)
    chosen = with_measure(plan, "win_odds")
    found = Found(analyse_subgroups(adsl, chosen))
    women = adsl[adsl["SEX"] == "F"]
    alone = Found(analyse_mrs_shift(women, chosen))
    assert read(found, "subgroup_sex", level="F") == pytest.approx(read(alone, "primary"))
    assert "log win odds" in found.results["subgroup_sex", "ITT"].method


def test_a_level_tells_what_its_strata_came_to(plan: Plan) -> None:
    """Win odds within strata: each level by its name; without covariates none is told constant."""
    sites = [f"{number % 60:02d}" for number in range(600)]  # small ones within each level
    adsl = derive_subgroups(make_adsl(SITEID=sites), plan)
    crude, stratified = (
        Found(analyse_subgroups(adsl, with_measure(plan, measure))).results["subgroup_sex", "ITT"]
        for measure in ("win_odds", "win_odds_stratified")
    )
    pooled = [note for note in stratified.warnings if "pooled into one stratum" in note]
    assert [note[:3] for note in pooled] == ["M: ", "F: "]
    assert not [note for note in crude.warnings if "strat" in note or "constant" in note]


def test_the_interaction_is_cochran_s_q_of_the_levels(plan: Plan) -> None:
    adsl = derive_subgroups(make_adsl(), plan)
    found = Found(analyse_subgroups(adsl, with_measure(plan, "win_odds")))
    log_odds = [found.value("subgroup_sex", "log_estimate", level=level) for level in "MF"]
    errors = [found.value("subgroup_sex", "std_error", level=level) for level in "MF"]
    # of two levels Q is the squared difference over the sum of both variances
    statistic = (log_odds[0] - log_odds[1]) ** 2 / (errors[0] ** 2 + errors[1] ** 2)
    assert found.value("subgroup_sex", "statistic") == pytest.approx(statistic, rel=ANSWER)
    expected = float(chi2.sf(statistic, 1))
    assert found.value("subgroup_sex", "p_interaction") == pytest.approx(expected, rel=ANSWER)


def test_one_comparable_level_has_no_interaction(plan: Plan) -> None:
    adsl = derive_subgroups(make_adsl().assign(SEX="M"), plan)
    found = Found(analyse_subgroups(adsl, with_measure(plan, "win_odds")))
    statistic = found.statistic("subgroup_sex", "p_interaction")
    assert statistic.value is None
    assert "fewer than two levels" in str(statistic.warning)


@measures
def test_analyses_of_other_outcomes_follow(plan: Plan, measure: str) -> None:
    """Without missing outcomes each of them is the primary analysis; imputed but for its t."""
    adsl = build_planted_adsl(240, math.log(1.6)).assign(MRSLAST=None, MRS30=None, NIHSSH24=None)
    ids = ("sens_worst", "sens_locf", "sens_mi")
    chosen = with_measure(plan, measure, *ids)
    primary = Found(analyse_mrs_shift(adsl, chosen))
    found = Found(analyse_sensitivity(adsl, chosen))
    for name in ids[:2]:
        assert read(found, name)[3:] == pytest.approx(read(primary, "primary")[3:], rel=ANSWER)
    for name in ("estimate", "std_error"):
        imputed = found.value("sens_mi", name)
        assert imputed == pytest.approx(primary.value("primary", name), rel=ANSWER)
    method, _, _ = METHODS[measure].rpartition(", ")
    assert found.results["sens_mi", "ITT"].method.startswith(f"{method}, 50 imputations")


def test_models_of_sites_are_of_the_common_odds_ratio(adsl: pd.DataFrame, plan: Plan) -> None:
    chosen = with_measure(plan, "win_odds", "sens_site_cluster", "sens_site_random")
    found = Found(analyse_sensitivity(adsl, chosen))
    for name in ("sens_site_cluster", "sens_site_random"):
        estimate = found.statistic(name, "estimate")
        assert estimate.value is None
        assert "not the primary measure" in str(estimate.warning)


def test_a_primary_analysis_without_an_estimate_stops(plan: Plan) -> None:
    """The treatment wins every pair."""
    adsl = build_adsl([0, 0, 1, 1], [4, 5, 5, 6])
    with pytest.raises(EstimationError, match="every comparison is won by one arm"):
        analyse_mrs_shift(adsl, with_measure(plan, "win_odds"))


def test_win_odds_switch_nowhere(plan: Plan) -> None:
    changed = {"measure": "win_odds", "switch_if_nonproportional": True}
    settings = plan.primary.model_dump() | changed
    with pytest.raises(ValueError, match="only where measure is common_odds"):
        Primary.model_validate(settings)
