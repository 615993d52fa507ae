"""A covariate that separates a subgroup level leaves its model, and the row stays (SAP 5.8)."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from analysis.adam.adsl.subgroups import derive_subgroups
from analysis.analyses.mrs.subgroups import analyse_subgroups
from analysis.config import Plan
from analysis.config.blocks.subgroups import SEPARATES, TOGETHER
from analysis.models.proportional_odds import fit_proportional_odds
from tests.unit.analyses.small_trial.adsl import Found, build_adsl

ANSWER = 1e-9


def analyse(adsl: pd.DataFrame, plan: Plan) -> Found:
    return Found(analyse_subgroups(derive_subgroups(adsl, plan), plan))


def make_adsl(*, ivt: bool = False, ages: bool = False) -> pd.DataFrame:
    """Two sexes of 60. Of the men those with thrombolysis all have the worst score, if ``ivt``."""
    rng = np.random.default_rng(4)
    men = np.arange(120) % 2 == 0
    mrs = rng.integers(0, 6, 120)
    given = rng.random(120) < 0.3
    if ivt:
        mrs = np.where(men & given, 6, mrs)
    age = rng.integers(60, 70, 120)
    if ages:  # of the men those with an mRS of 3 or more lie above the line age + NIHSS = 80
        nihss = np.where(men & (mrs >= 3), 82, 78) - age + np.where(men, 0, rng.integers(0, 5, 120))
    else:
        nihss = rng.integers(6, 20, 120)
    return build_adsl(
        mrs[:60].tolist(), mrs[60:].tolist(), SEX=np.where(men, "M", "F"), AGE=age, NIHSSBL=nihss,
        IVT=np.where(given, "Y", "N"),
    )  # fmt: skip


def fit_men(adsl: pd.DataFrame, *columns: str) -> tuple[float, float]:
    men = adsl[adsl["SEX"] == "M"]
    arm = (men["TRT01P"] == "MPSS").astype(float)
    fit = fit_proportional_odds(
        men["MRS90"].to_numpy(dtype=int),
        np.column_stack([arm, *(men[name].astype(float) for name in columns)]),
    )
    return float(np.exp(fit.beta[0])), float(fit.beta_errors[0])


def test_the_separating_covariate_is_left_out_of_its_level_alone(plan: Plan) -> None:
    adsl = make_adsl(ivt=True)
    found = analyse(adsl, plan)
    estimate, error = fit_men(adsl, "AGE", "NIHSSBL")
    assert found.value("subgroup_sex", "estimate", level="M") == pytest.approx(estimate, rel=ANSWER)
    assert found.value("subgroup_sex", "std_error", level="M") == pytest.approx(error, rel=ANSWER)
    note = f"M: IVT {SEPARATES}"
    for name in ("estimate", "ci_low", "p_value"):
        assert found.warning("subgroup_sex", name, level="M") == note
        assert found.warning("subgroup_sex", name, level="F") == ""
    assert not any(SEPARATES in text for text in found.results["subgroup_sex", "ITT"].warnings)


def test_covariates_that_separate_together_are_all_left_out(plan: Plan) -> None:
    adsl = make_adsl(ages=True)
    found = analyse(adsl, plan)
    estimate, error = fit_men(adsl)
    assert found.value("subgroup_sex", "estimate", level="M") == pytest.approx(estimate, rel=ANSWER)
    assert found.value("subgroup_sex", "std_error", level="M") == pytest.approx(error, rel=ANSWER)
    said = found.warning("subgroup_sex", "estimate", level="M")
    assert said == f"M: AGE, NIHSSBL, IVT {TOGETHER}"


def test_without_separation_nothing_is_said(plan: Plan) -> None:
    found = analyse(make_adsl(), plan)
    estimate, _ = fit_men(make_adsl().assign(IVT=lambda rows: rows["IVT"] == "Y"),
                          "AGE", "NIHSSBL", "IVT")  # fmt: skip
    assert found.value("subgroup_sex", "estimate", level="M") == pytest.approx(estimate, rel=ANSWER)
    assert found.warning("subgroup_sex", "estimate", level="M") == ""


def test_an_arm_that_separates_has_no_estimate(plan: Plan) -> None:
    """Men on MPSS all have an mRS of 0, those on placebo of 3 or more; IVT separates too."""
    adsl = make_adsl(ivt=True)
    men, treated = adsl["SEX"] == "M", adsl["TRT01P"] == "MPSS"
    scores = adsl["MRS90"].mask(men & treated, 0)
    scores = scores.mask(men & ~treated & (scores < 3), 3)
    found = analyse(adsl.assign(MRS90=scores), plan)
    said = found.warning("subgroup_sex", "estimate", level="M")
    assert said.startswith("not estimable: separation along column arm")
    assert found.value("subgroup_sex", "estimate", level="F") is not None


@pytest.mark.parametrize("seed", range(6))
def test_small_levels_have_an_estimate_or_a_reason(plan: Plan, seed: int) -> None:
    rng = np.random.default_rng(seed)
    adsl = make_adsl(ivt=seed % 2 == 0).assign(TOAST=rng.choice(["LAA", "CE", "OTHER"], 120))
    few = adsl.iloc[rng.permutation(120)[:40]].astype({"TOAST": "str"}).reset_index(drop=True)
    found = analyse(few, plan)
    for level in ("LAA", "CE", "OTHER"):
        statistic = found.statistic("subgroup_toast", "estimate", level=level)
        if statistic.value is None:
            assert statistic.note.startswith("not estimable: ")
        else:
            assert statistic.value < 1e4
            assert not statistic.note.startswith("not estimable")
