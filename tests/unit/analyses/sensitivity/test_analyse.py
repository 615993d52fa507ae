"""Other analyses of the primary outcome: who and what goes into each of them (SAP 6)."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest

from analysis.analyses.mrs.mrs_shift import analyse_mrs_shift
from analysis.analyses.sensitivity.analyse import analyse_sensitivity
from analysis.config import Plan
from tests.unit.analyses.small_trial.adsl import Found, build_adsl, build_planted_adsl, repeat

ANSWER = 1e-9
"""Relative: 12 digits are written."""
SENSITIVITY = {
    "sens_in_window", "sens_mi", "sens_worst", "sens_best", "sens_tipping", "sens_locf",
    "sens_site_cluster",
}  # fmt: skip
SUPPLEMENTARY = {
    "sens_pp", "sens_unadjusted", "sens_merge56", "sens_as_treated", "sens_site_random",
}  # fmt: skip
"""The odds ratio of the random intercept is conditional on the site, another estimand."""
MPSS, PLACEBO = {0: 20, 2: 15, 5: 8, 6: 7}, {0: 12, 2: 13, 5: 13, 6: 12}

Build = Callable[..., pd.DataFrame]


def run(plan: Plan, *ids: str) -> Plan:
    """The plan with these analyses beside the primary."""
    return plan.model_copy(update={"analyses": plan.analyses.model_copy(update={"run": ids})})


def analyse(adsl: pd.DataFrame, plan: Plan, *ids: str) -> Found:
    chosen = run(plan, *ids)
    return Found([*analyse_mrs_shift(adsl, chosen), *analyse_sensitivity(adsl, chosen)])


def close(value: float | None) -> object:
    return pytest.approx(value, rel=ANSWER)


def assert_is_primary_of(found: Found, analysis_id: str, adsl: pd.DataFrame, plan: Plan) -> None:
    """The analysis is what the primary analysis makes of other data."""
    expected = analyse(adsl, plan)
    population = next(pop for name, pop in found.results if name == analysis_id)
    for name in ("n", "estimate", "std_error", "ci_low_profile", "p_value_lr"):
        value = found.value(analysis_id, name, population)
        assert value == close(expected.value("primary", name))


def build(**columns: object) -> pd.DataFrame:
    return build_adsl(repeat(MPSS), repeat(PLACEBO), **columns)


def build_missing(**columns: object) -> pd.DataFrame:
    """Five more subjects of MPSS and three of placebo without a day-90 mRS."""
    return build_adsl([*repeat(MPSS), *[None] * 5], [*repeat(PLACEBO), *[None] * 3], **columns)


def test_merged_levels_are_one(plan: Plan) -> None:
    found = analyse(build(), plan, "sens_merge56")
    merged = build().assign(MRS90=lambda adsl: adsl["MRS90"].replace(6, 5))
    assert_is_primary_of(found, "sens_merge56", merged, plan)
    warnings = found.results["sens_merge56", "ITT"].warnings
    assert warnings[-1] == "nobody has an mRS of 1, 3, 4; not a level of this model"
    assert "mRS 5-6 as one level" in found.results["sens_merge56", "ITT"].estimand


def test_the_plan_names_the_merged_levels(plan: Plan) -> None:
    settings = plan.sensitivity.model_copy(update={"merged_levels": (0, 1, 2)})
    other = plan.model_copy(update={"sensitivity": settings})
    found = analyse(build(), other, "sens_merge56")
    merged = build().assign(MRS90=lambda adsl: adsl["MRS90"].replace(2, 0))
    assert_is_primary_of(found, "sens_merge56", merged, plan)


def test_late_assessments_are_left_out_deaths_are_not(plan: Plan) -> None:
    rule = np.array(["b"] * 100, dtype=object)
    rule[[0, 1, 20, 60]] = "d"  # scores of 0, 0, 2 and 0
    rule[[44, 99]] = "d"  # an mRS of 6 after the window
    adsl = build(MRS90RUL=rule)
    found = analyse(adsl, plan, "sens_in_window")
    kept = adsl.drop(index=[0, 1, 20, 60])
    assert_is_primary_of(found, "sens_in_window", kept, plan)
    assert found.results["sens_in_window", "ITT"].warnings[-1] == (
        "4 subjects assessed more than 14 days off day 90 are left out"
    )


@pytest.mark.parametrize(
    ("analysis_id", "mpss", "placebo"), [("sens_worst", 6, 0), ("sens_best", 0, 6)]
)
def test_worst_and_best_case(plan: Plan, analysis_id: str, mpss: int, placebo: int) -> None:
    found = analyse(build_missing(), plan, analysis_id)
    filled = build_adsl([*repeat(MPSS), *[mpss] * 5], [*repeat(PLACEBO), *[placebo] * 3])
    assert_is_primary_of(found, analysis_id, filled, plan)
    counts = [found.value(analysis_id, "n_imputed", group=arm) for arm in ("", "MPSS", "PLACEBO")]
    assert counts == [8, 5, 3]


def test_best_is_the_best_level_that_anybody_has(plan: Plan) -> None:
    """In either arm: nobody on placebo has less than 2, MPSS has 1."""
    mpss, placebo = [1, 2, 3, 4, 6] * 5, [2, 3, 4, 5, 6] * 5
    found = analyse(build_adsl([*mpss, None], [*placebo, None]), plan, "sens_worst")
    assert_is_primary_of(found, "sens_worst", build_adsl([*mpss, 6], [*placebo, 1]), plan)


def test_the_last_score_stands_in(plan: Plan) -> None:
    last = [None] * 50 + [4, 3, None, 2, 6] + [None] * 50 + [1, None, 5]
    found = analyse(build_missing(MRSLAST=last), plan, "sens_locf")
    filled = build_adsl([*repeat(MPSS), 4, 3, 2, 6], [*repeat(PLACEBO), 1, 5])
    assert_is_primary_of(found, "sens_locf", filled, plan)
    assert found.value("sens_locf", "n_imputed") == 6
    warnings = found.results["sens_locf", "ITT"].warnings
    assert any(warning.startswith("known to be optimistic") for warning in warnings)
    assert "2 subjects have no score at all and stay missing" in warnings


def test_nothing_missing_is_the_primary(plan: Plan) -> None:
    adsl = build_planted_adsl(200, 0.4)
    names = ("sens_in_window", "sens_worst", "sens_best", "sens_locf", "sens_mi")
    found = analyse(adsl, plan, *names)
    for name in names:
        assert found.value(name, "log_estimate") == close(found.value("primary", "log_estimate"))
        assert found.value(name, "std_error") == close(found.value("primary", "std_error"))


def test_as_treated_is_the_safety_set_by_the_drug_received(plan: Plan) -> None:
    other = build()
    crossed = other["TRT01A"].to_numpy(dtype=object).copy()
    crossed[[3, 70]] = ["PLACEBO", "MPSS"]
    treated = ["Y"] * 95 + ["N"] * 5
    adsl = build(TRT01A=crossed, SAFFL=treated)
    found = analyse(adsl, plan, "sens_as_treated")
    kept = adsl.iloc[:95].assign(TRT01P=lambda rows: rows["TRT01A"])
    assert_is_primary_of(found, "sens_as_treated", kept, plan)
    assert found.value("sens_as_treated", "n", "SAF", group="PLACEBO") == 45
    assert "treatment received" in found.results["sens_as_treated", "SAF"].estimand


# ---- Sites ----


def build_clustered(effect: float = 0.5) -> pd.DataFrame:
    """160 subjects at eight sites that differ much."""
    rng = np.random.default_rng(11)
    site, arm = rng.integers(0, 8, 160), np.repeat([1, 0], 80)
    latent = 1.5 * rng.normal(size=8)[site] - effect * arm + rng.logistic(size=160)
    mrs = np.searchsorted([-2, -1, 0, 0.5, 1, 2], latent)
    return build_adsl(mrs[:80], mrs[80:], SITEID=[f"{s:02d}" for s in site])


def test_site_clusters_keep_the_estimate_and_change_its_error(plan: Plan) -> None:
    found = analyse(build_clustered(), plan, "sens_site_cluster")
    for name in ("n", "estimate", "log_estimate"):
        assert found.value("sens_site_cluster", name) == close(found.value("primary", name))
    assert found.value("sens_site_cluster", "n_clusters") == 8
    assert found.value("sens_site_cluster", "std_error") != close(
        found.value("primary", "std_error")
    )
    assert found.value("sens_site_cluster", "std_error_cr2") > found.value(
        "sens_site_cluster", "std_error"
    )
    assert found.value("sens_site_cluster", "ci_low_cr2") < found.value("primary", "estimate")
    assert found.value("sens_site_cluster", "df_cr2") < 8


def test_the_effect_within_a_site_is_larger_than_across_sites(plan: Plan) -> None:
    found = analyse(build_clustered(), plan, "sens_site_random")
    assert found.value("sens_site_random", "site_sd") > 1
    assert found.value("sens_site_random", "estimate") > found.value("primary", "estimate")
    assert found.value("sens_site_random", "n_clusters") == 8


def test_sites_that_do_not_differ_give_the_primary(plan: Plan) -> None:
    sites = [f"{i % 5:02d}" for i in range(100)]
    found = analyse(build(SITEID=sites), plan, "sens_site_random")
    if found.value("sens_site_random", "site_sd") == 0:
        warnings = found.results["sens_site_random", "ITT"].warnings
        assert warnings[-1].endswith("site intercept is 0: the primary estimate")
    assert found.value("sens_site_random", "estimate") == pytest.approx(
        found.value("primary", "estimate"), rel=1e-3
    )


@pytest.mark.parametrize(
    ("analysis_id", "reason"),
    [("sens_site_cluster", "all rows are in one cluster"), ("sens_site_random", "two groups")],
)
def test_one_site_has_no_variance_between_sites(plan: Plan, analysis_id: str, reason: str) -> None:
    found = analyse(build(), plan, analysis_id)
    assert found.value(analysis_id, "estimate") is None
    assert reason in found.warning(analysis_id, "p_value")
    assert found.value(analysis_id, "n") == 100
    assert found.value(analysis_id, "n_clusters") == 1


def test_a_site_of_one_subject_is_a_cluster(plan: Plan) -> None:
    sites = ["01", *["02"] * 49, *["03"] * 50]
    found = analyse(build(SITEID=sites), plan, "sens_site_cluster", "sens_site_random")
    assert found.value("sens_site_cluster", "n_clusters") == 3
    assert found.value("sens_site_cluster", "std_error_cr2") is not None
    assert found.value("sens_site_random", "estimate") is not None


# ---- Roles, and what cannot be estimated ----


def test_each_says_whether_it_is_a_sensitivity_analysis(plan: Plan) -> None:
    shipped = {name for name in plan.analyses.run if name.startswith("sens_")}
    assert shipped == SENSITIVITY | SUPPLEMENTARY
    cheap = sorted(shipped - {"sens_mi", "sens_tipping"})
    found = analyse(build_clustered(), plan, *cheap)
    for (analysis_id, population), result in found.results.items():
        if analysis_id in shipped:
            is_sensitivity = analysis_id in SENSITIVITY
            assert found.value(analysis_id, "same_estimand", population) == is_sensitivity
            role = "sensitivity analysis" if is_sensitivity else "supplementary analysis"
            assert result.diagnostics["role"] == role
            assert result.estimand


def test_the_plan_says_which_analyses_are_run(plan: Plan) -> None:
    results = analyse_sensitivity(build(), run(plan, "sens_locf", "win_odds", "sens_worst"))
    assert [result.analysis_id for result in results] == [
        "sens_locf", "sens_worst", "mrs_distribution_sens_locf", "mrs_distribution_sens_worst",
    ]  # fmt: skip


def test_an_empty_safety_set_is_not_estimable_and_the_others_go_on(plan: Plan) -> None:
    adsl = build(SAFFL="N", TRT01A=None)
    found = analyse(adsl, plan, "sens_as_treated", "sens_merge56")
    reason = found.warning("sens_as_treated", "estimate", "SAF")
    assert reason == "not estimable: no subject of the set has an outcome"
    assert found.value("sens_as_treated", "n", "SAF") == 0
    assert found.value("sens_merge56", "estimate") is not None


def test_separation_without_the_late_assessments_is_named(plan: Plan) -> None:
    """Inside the window all of MPSS is at 4 or 5, all of placebo at 3."""
    rule = np.array(["b"] * 14, dtype=object)
    rule[[5, 6, 12, 13]] = "d"
    adsl = build_adsl([4, 5, 4, 4, 5, 3, 2], [3, 3, 3, 3, 3, 4, 5], MRS90RUL=rule)
    found = analyse(adsl, plan, "sens_in_window")
    assert "separation along column arm" in found.warning("sens_in_window", "estimate")
    assert found.value("sens_in_window", "n") == 10


def test_exact_mirror_of_worst_is_best(plan: Plan) -> None:
    """Exchanging the arms exchanges the two cases."""
    adsl = build_missing()
    other = {"MPSS": "PLACEBO", "PLACEBO": "MPSS"}
    swapped = adsl.assign(TRT01P=adsl["TRT01P"].map(other).astype("str"))
    found = analyse(adsl, plan, "sens_worst").value("sens_worst", "log_estimate")
    mirrored = analyse(swapped, plan, "sens_best").value("sens_best", "log_estimate")
    assert found == close(-mirrored)
    assert math.isfinite(found)
