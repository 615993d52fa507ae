"""The mRS by arm, counted and standardised: by hand, and what has no estimate (SAP 5.1, 8.1)."""

from __future__ import annotations

import math

import pytest

from analysis.adam.adsl.subgroups import derive_subgroups
from analysis.analyses.model_data.covariates import prepare_covariates
from analysis.analyses.mrs.distributions import analyse_distributions
from analysis.analyses.mrs.subgroups import analyse_subgroups
from analysis.analyses.sensitivity.distributions import count_outcomes
from analysis.analyses.sensitivity.multiple_imputation import Imputer
from analysis.config import Plan
from tests.unit.analyses.mrs.test_dichotomies_of_results import broken_trial, impute_quickly
from tests.unit.analyses.small_trial.adsl import Found, build_adsl, repeat

ANSWER = 1e-9
"""Relative: 12 digits are written."""
Z = 1.959963984540054

# mRS 1 / 4: MPSS 30 and 70 of 100, placebo 20 and 60 of 80. With two levels and no covariate the
# model is saturated: what is standardised is what was observed.
MPSS, PLACEBO = {1: 30, 4: 70}, {1: 20, 4: 60}


def close(value: float) -> object:
    return pytest.approx(value, rel=ANSWER)


@pytest.fixture(scope="module")
def by_hand(plan: Plan) -> Found:
    return Found(analyse_distributions(build_adsl(repeat(MPSS), repeat(PLACEBO)), plan))


@pytest.mark.parametrize(("group", "n", "share"), [("MPSS", 100, 0.3), ("PLACEBO", 80, 0.25)])
def test_a_saturated_model_gives_the_observed_shares(
    by_hand: Found, group: str, n: int, share: float
) -> None:
    logit, error = math.log(share / (1 - share)), 1 / math.sqrt(n * share * (1 - share))
    expected = {"pct": logit, "ci_low": logit - Z * error, "ci_high": logit + Z * error}
    for name, value in expected.items():
        found = by_hand.value("mrs_distribution_adjusted", name, group=group, level="1")
        assert found == close(100 / (1 + math.exp(-value)))


@pytest.mark.parametrize("level", ["1", "2", "3"])
def test_a_cut_between_two_levels_is_that_of_the_lower_one(by_hand: Found, level: str) -> None:
    error = math.sqrt(0.3 * 0.7 / 100 + 0.25 * 0.75 / 80)
    place = {"level": level}
    assert by_hand.value("mrs_distribution_rd_adjusted", "estimate", **place) == close(0.05)
    assert by_hand.value("mrs_distribution_rd_adjusted", "ci_low", **place) == close(
        0.05 - Z * error
    )
    assert by_hand.value("mrs_distribution_rd", "estimate", **place) == close(0.05)
    assert by_hand.value("mrs_distribution_rd", "events", group="MPSS", **place) == 30


def test_what_nobody_has_is_said(by_hand: Found) -> None:
    place = {"group": "MPSS", "level": "5"}
    assert by_hand.value("mrs_distribution_adjusted", "pct", **place) == 0
    reason = by_hand.warning("mrs_distribution_adjusted", "ci_low", **place)
    assert reason == "nobody has an mRS of 5; not a level of this model"
    for level, who in {"0": "nobody", "4": "everybody"}.items():
        assert by_hand.value("mrs_distribution_rd_adjusted", "estimate", level=level) is None
        said = by_hand.warning("mrs_distribution_rd_adjusted", "estimate", level=level)
        assert said == f"not estimable: {who} has an mRS of {level} or lower"


def test_both_sets_have_their_risk_differences(plan: Plan) -> None:
    adsl = build_adsl(repeat(MPSS), repeat(PLACEBO))
    adsl = adsl.assign(PPROTFL=adsl["SUBJID"].lt("S0050").map({True: "Y", False: "N"}))
    found = Found(analyse_distributions(adsl, plan))
    assert found.value("mrs_distribution_rd", "n") == 180
    assert found.value("mrs_distribution_rd", "n", "PP") == 50
    assert found.value("mrs_distribution_rd", "estimate", "PP", level="1") is None


def test_the_levels_of_a_subgroup_add_up_to_its_model(plan: Plan) -> None:
    adsl = derive_subgroups(broken_trial().assign(DTHFL="N"), plan)
    found = Found(analyse_subgroups(adsl, plan))
    for level in ("ICA", "M1", "M2"):
        for group in plan.arms.codes:
            place = {"group": group, "level": level}
            total = found.value("mrs_distribution_occlusion", "N", **place)
            assert total == found.value("subgroup_occlusion", "n", **place)
            names = [plan.outcome.name_level(score) for score in plan.outcome.levels]
            counts = [
                found.value(
                    "mrs_distribution_occlusion", "n", group=group, level=f"{level}: {name}"
                )
                for name in names
            ]
            assert sum(count or 0 for count in counts) == total


def test_each_analysis_shows_the_outcomes_that_it_is_made_of(plan: Plan) -> None:
    adsl = build_adsl(
        [0, 2, None], [2, 3, None], MRSLAST=[0, 2, 4, 2, 3, 5], SAFFL=["N"] + ["Y"] * 5
    )
    imputer = Imputer(adsl, impute_quickly(plan), prepare_covariates(adsl, plan))
    found = Found(count_outcomes(imputer))
    for analysis_id, level in {"sens_worst": "6", "sens_best": "0", "sens_locf": "4"}.items():
        name = f"mrs_distribution_{analysis_id}"
        assert found.value(name, "N", group="MPSS") == 3
        expected = 2 if analysis_id == "sens_best" else 1
        assert found.value(name, "n", group="MPSS", level=level) == expected
        assert found.value(name, "n", group="MPSS", level="missing") == 0
    assert found.value("mrs_distribution_sens_in_window", "n", group="MPSS", level="missing") == 1
    assert found.value("mrs_distribution_sens_as_treated", "N", "SAF", group="MPSS") == 1


def test_the_imputed_distribution_is_the_mean_over_the_imputations(plan: Plan) -> None:
    adsl = broken_trial()
    few = impute_quickly(plan)
    imputer = Imputer(adsl, few, prepare_covariates(adsl, plan))
    found = Found(count_outcomes(imputer))
    for group in plan.arms.codes:
        here = adsl[adsl["TRT01P"] == group]["MRS90"]
        shares = [
            found.value("mrs_distribution_sens_mi", "pct", group=group, level=str(level))
            for level in range(7)
        ]
        means = [
            found.value("mrs_distribution_sens_mi", "n", group=group, level=str(level)) or 0
            for level in range(7)
        ]
        assert sum(share or 0 for share in shares) == pytest.approx(100)
        assert all(mean >= (here == level).sum() for level, mean in enumerate(means))
        assert sum(means) == pytest.approx(len(here))
