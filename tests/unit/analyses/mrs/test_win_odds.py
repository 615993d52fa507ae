"""Win odds within sites and adjusted: numbers by hand, pooling and its warnings (SAP 5.4)."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest

from analysis.analyses.model_data.covariates import prepare_covariates
from analysis.analyses.mrs.win_odds import STRATA_NAMES, analyse_win_odds
from analysis.config import Plan
from tests.unit.analyses.small_trial.adsl import Found, build_adsl, build_planted_adsl, swap_arms

ANSWER = 1e-9
"""Relative: 12 digits are written."""
STRATIFIED, ADJUSTED = "win_odds_stratified", "win_odds_adjusted"


def analyse(adsl: pd.DataFrame, plan: Plan, *ids: str) -> Found:
    prepared = prepare_covariates(adsl, plan)
    return Found([analyse_win_odds(name, adsl, plan, prepared) for name in ids])


def close(value: float) -> object:
    return pytest.approx(value, rel=ANSWER)


def build_sites(sizes: dict[str, tuple[int, int]], **columns: object) -> pd.DataFrame:
    """ADSL with so many subjects of MPSS and placebo at each site; scores 0, 1, 2 ... in turn."""
    mpss = [(site, i % 5) for site, (n, _) in sizes.items() for i in range(n)]
    placebo = [(site, (i + 1) % 5) for site, (_, n) in sizes.items() for i in range(n)]
    return build_adsl(
        [score for _, score in mpss], [score for _, score in placebo],
        SITEID=[site for site, _ in (*mpss, *placebo)], **columns,
    )  # fmt: skip


def strata(found: Found) -> tuple[int | float | None, ...]:
    return tuple(found.value(STRATIFIED, name) for name in STRATA_NAMES)


def test_two_sites_by_hand(plan: Plan) -> None:
    """Site A: MPSS 0 0 1 1, placebo 0 1 1 1: theta 10.0 / 16. Site B: the arms exchanged."""
    adsl = build_adsl(
        [0, 0, 1, 1, 0, 1, 1, 1], [0, 1, 1, 1, 0, 0, 1, 1], SITEID=[*"AAAABBBB", *"AAAABBBB"]
    )
    found = analyse(adsl, plan, STRATIFIED)
    # pairs of A: an MPSS 0 beats three 1 and ties one 0, an MPSS 1 ties three 1 and loses to one 0
    theta_a = (2 * 3.5 + 2 * 1.5) / 16
    assert theta_a == 0.625
    assert found.value(STRATIFIED, "win_probability") == close(0.5)
    # placement values A: MPSS 7/8 7/8 3/8 3/8; placebo 1/4 (0 ties two 0), three times 3/4
    mpss = 4 * 0.25**2 / 3
    placebo = ((0.25 - 0.625) ** 2 + 3 * (0.75 - 0.625) ** 2) / 3
    variance = 2 * 0.5**2 * (mpss / 4 + placebo / 4)  # site B the same, weights one half
    error = math.sqrt(variance) / 0.25
    assert found.value(STRATIFIED, "std_error") == close(error)
    assert found.value(STRATIFIED, "n") == 16


def test_small_sites_are_pooled_and_counted(plan: Plan) -> None:
    adsl = build_sites({"01": (20, 20), "02": (4, 4), "03": (3, 9), "04": (2, 1)})
    found = analyse(adsl, plan, STRATIFIED)
    assert strata(found) == (4, 3, 2, 15, 0, 0)
    pooled = adsl.assign(SITEID=adsl["SITEID"].replace({"03": "99", "04": "99"}))
    for name in ("estimate", "std_error"):
        expected = analyse(pooled, plan, STRATIFIED).value(STRATIFIED, name)
        assert found.value(STRATIFIED, name) == close(expected)
    (warning,) = found.results[STRATIFIED, "ITT"].warnings
    assert warning == (
        "2 of 4 strata of SITEID (15 of 63 subjects) have fewer than 4 analysed subjects in an "
        "arm: pooled into one stratum"
    )


@pytest.mark.parametrize(
    ("sizes", "warned"),
    [
        ({"01": (20, 20), "02": (3, 3), "03": (3, 3)}, False),  # most of the sites, few subjects
        ({"01": (5, 5), "02": (3, 20)}, True),  # most of the subjects
        ({"01": (20, 20), "02": (3, 3)}, False),
    ],
)
def test_above_half_of_the_subjects_there_is_a_warning(
    plan: Plan, sizes: dict[str, tuple[int, int]], warned: bool
) -> None:
    warnings = analyse(build_sites(sizes), plan, STRATIFIED).results[STRATIFIED, "ITT"].warnings
    assert len(warnings) == 1 + warned
    assert any("more than 50 %" in warning for warning in warnings) == warned


def test_small_sites_without_two_in_an_arm_are_left_out(plan: Plan) -> None:
    sizes = {"01": (20, 20), "02": (3, 1), "03": (5, 0)}
    found = analyse(build_sites(sizes), plan, STRATIFIED)
    assert strata(found) == (3, 1, 0, 0, 2, 9)
    assert found.value(STRATIFIED, "n") == 40
    assert found.value(STRATIFIED, "n", group="MPSS") == 20
    alone = analyse(build_sites({"01": (20, 20)}), plan, STRATIFIED)
    assert found.value(STRATIFIED, "estimate") == close(alone.value(STRATIFIED, "estimate"))
    (warning,) = found.results[STRATIFIED, "ITT"].warnings
    assert warning.endswith("left out, too few even together")


def test_only_analysed_subjects_make_a_site_large(plan: Plan) -> None:
    adsl = build_sites({"01": (20, 20), "02": (4, 4)})
    scores = adsl["MRS90"].mask(adsl.index == adsl.index[adsl["SITEID"] == "02"][0])
    assert strata(analyse(adsl.assign(MRS90=scores), plan, STRATIFIED))[:4] == (2, 2, 1, 7)


def test_subjects_without_a_site_are_one_more(plan: Plan) -> None:
    adsl = build_sites({"01": (20, 20), "02": (9, 9)})
    unknown = adsl.assign(SITEID=adsl["SITEID"].where(adsl["SITEID"] == "01"))
    found = analyse(unknown, plan, STRATIFIED)
    assert strata(found)[0] == 2
    assert found.results[STRATIFIED, "ITT"].warnings == (
        "18 subjects without SITEID: analysed as one more",
    )


def test_no_stratum_at_all_is_not_estimable(plan: Plan) -> None:
    found = analyse(build_sites({"01": (9, 0), "02": (0, 9)}), plan, STRATIFIED)
    # the two are pooled: every comparison is between sites
    assert found.value(STRATIFIED, "estimate") is not None
    found = analyse(build_sites({"01": (9, 0), "02": (1, 1)}), plan, STRATIFIED)
    for name in ("estimate", "ci_low", "p_value", *STRATA_NAMES):
        assert found.value(STRATIFIED, name) is None
    assert found.warning(STRATIFIED, "estimate").startswith("not estimable: ")
    assert found.value(STRATIFIED, "n") == 11


def test_the_plan_names_the_strata(plan: Plan) -> None:
    settings = plan.co_reported.model_copy(update={"strata": ("SEX",), "strata_fewest_per_arm": 2})
    adsl = build_sites({"01": (20, 20)}, SEX=["F", "M"] * 20)
    found = analyse(adsl, plan.model_copy(update={"co_reported": settings}), STRATIFIED)
    assert strata(found)[:2] == (2, 2)


@pytest.mark.parametrize("analysis_id", ["win_odds", STRATIFIED, ADJUSTED])
def test_above_1_is_good_for_mpss_and_exchanged_arms_give_the_reciprocal(
    plan: Plan, analysis_id: str
) -> None:
    adsl = build_planted_adsl(300, math.log(3))
    found, swapped = (analyse(data, plan, analysis_id) for data in (adsl, swap_arms(adsl)))
    assert found.value(analysis_id, "ci_low") > 1
    assert swapped.value(analysis_id, "estimate") == close(1 / found.value(analysis_id, "estimate"))


def test_adjustment_is_by_the_difference_of_the_means(plan: Plan) -> None:
    """One covariate: theta - cov / var * difference, as the plan has it (SAP 5.4 c)."""
    rng = np.random.default_rng(5)
    age = rng.integers(50, 80, 80)
    score = np.clip((age - 45) // 6 + rng.integers(-1, 2, 80), 0, 6)
    found = analyse(build_adsl(score[:40], score[40:], AGE=age), plan, "win_odds", ADJUSTED)

    def place(own: np.ndarray, other: np.ndarray) -> np.ndarray:
        return (own[:, None] < other).mean(axis=1) + (own[:, None] == other).mean(axis=1) / 2

    first, second = place(score[:40], score[40:]), 1 - place(score[40:], score[:40])
    spread = age[:40].var(ddof=1) / 40 + age[40:].var(ddof=1) / 40
    shared = np.cov(first, age[:40])[0, 1] / 40 - np.cov(second, age[40:])[0, 1] / 40
    theta = first.mean() - shared / spread * (age[:40].mean() - age[40:].mean())
    variance = first.var(ddof=1) / 40 + second.var(ddof=1) / 40 - shared**2 / spread
    assert found.value(ADJUSTED, "win_probability") == close(theta)
    error = math.sqrt(variance) / (theta * (1 - theta))
    assert found.value(ADJUSTED, "std_error") == close(error)
    assert found.value(ADJUSTED, "std_error") < found.value("win_odds", "std_error")


def test_collinear_covariates_are_named(plan: Plan) -> None:
    age = [60 + i % 7 for i in range(40)]
    adsl = build_adsl([0, 1, 2, 3] * 5, [1, 2, 3, 4] * 5, AGE=age, NIHSSBL=[a - 50 for a in age])
    found = analyse(adsl, plan, ADJUSTED)
    assert found.warning(ADJUSTED, "estimate") == "not estimable: collinear column NIHSSBL"
    assert found.value(ADJUSTED, "n") == 40
