"""Proportional odds described: tests and cut points of small tables (SAP 5.5)."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest

from analysis.analyses.model_data.covariates import prepare_covariates
from analysis.analyses.model_data.design import build_design
from analysis.analyses.mrs.cut_points import analyse_cut_points
from analysis.analyses.mrs.proportionality import (
    analyse_brant,
    analyse_free_effect,
    analyse_likelihood_ratio,
)
from analysis.analyses.statistics.estimates import ESTIMATE_NAMES, TEST_NAMES
from analysis.config import Plan
from tests.unit.analyses.small_trial.adsl import (
    Found,
    build_adsl,
    build_planted_adsl,
    repeat,
    swap_arms,
)

ANSWER = 1e-9
"""Relative: 12 digits are written."""
CUT_POINTS = [str(level) for level in range(6)]
TERMS = ["arm", "AGE", "NIHSSBL", "ASPECTS", "OCCLOC", "LKWRNDH", "IVT", "MRSPRGR1"]


def analyse(adsl: pd.DataFrame, plan: Plan) -> Found:
    design = build_design(adsl, "ITT", plan, prepare_covariates(adsl, plan))
    return Found(
        [
            *analyse_cut_points(design, plan),
            analyse_brant(design, plan),
            analyse_likelihood_ratio(design, plan),
            analyse_free_effect(design, plan),
        ]
    )


def close(value: float) -> object:
    return pytest.approx(value, rel=ANSWER)


@pytest.fixture(scope="module")
def planted(plan: Plan) -> Found:
    return analyse(build_planted_adsl(600, math.log(3)), plan)


@pytest.mark.parametrize("level", CUT_POINTS)
def test_the_free_effect_of_the_arm_alone_is_the_odds_ratio_of_each_two_by_two_table(
    plan: Plan, level: str
) -> None:
    """Without other columns the partial model is saturated: estimates and errors of the tables."""
    counts = (
        {0: 9, 1: 11, 2: 7, 3: 12, 4: 8, 5: 10, 6: 13},
        {0: 5, 1: 8, 2: 9, 3: 14, 4: 9, 5: 11, 6: 20},
    )
    found = analyse(build_adsl(*(repeat(arm) for arm in counts)), plan)
    (a, b), (c, d) = (
        (sum(arm[s] for s in arm if s <= int(level)), sum(arm[s] for s in arm if s > int(level)))
        for arm in counts
    )
    for analysis_id in ("partial_po", "cutpoint"):
        assert found.value(analysis_id, "estimate", level=level) == close(a * d / (b * c))
        error = math.sqrt(1 / a + 1 / b + 1 / c + 1 / d)
        assert found.value(analysis_id, "std_error", level=level) == close(error)


def test_every_term_is_tested_and_a_categorical_covariate_is_one(planted: Found) -> None:
    levels = {s.level for s in planted.results["brant", "ITT"].statistics if s.name == "df"}
    assert levels == {"", *TERMS}
    assert planted.value("brant", "df") == 9 * 5  # 9 columns, 6 cut points
    assert planted.value("brant", "df", level="OCCLOC") == 2 * 5
    assert planted.value("brant", "df", level="arm") == 5
    assert planted.value("po_lr_treatment", "df") == 5


@pytest.mark.parametrize("analysis_id", ["brant", "po_lr_treatment"])
def test_tests_do_not_depend_on_the_names_of_the_arms(
    plan: Plan, planted: Found, analysis_id: str
) -> None:
    swapped = analyse(swap_arms(build_planted_adsl(600, math.log(3))), plan)
    for name in TEST_NAMES:
        value = swapped.value(analysis_id, name)
        assert value == pytest.approx(planted.value(analysis_id, name), rel=1e-7)
        assert 0 <= planted.value(analysis_id, "p_value") <= 1


def test_an_effect_at_one_end_of_the_scale_is_found(plan: Plan) -> None:
    """MPSS spares deaths alone: odds ratio 1 at five cut points, 3.5 at the last."""
    mpss = {0: 20, 1: 20, 2: 20, 3: 20, 4: 20, 5: 60, 6: 40}
    placebo = {0: 20, 1: 20, 2: 20, 3: 20, 4: 20, 5: 16, 6: 84}
    found = analyse(build_adsl(repeat(mpss), repeat(placebo)), plan)
    for analysis_id in ("brant", "po_lr_treatment"):
        assert found.value(analysis_id, "p_value") < 1e-4
    assert found.value("partial_po", "estimate", level="0") == close(1)
    assert found.value("partial_po", "estimate", level="5") == close(160 * 84 / (40 * 116))


def test_cut_points_at_a_level_that_nobody_has(plan: Plan) -> None:
    counts = {1: 9, 2: 7, 4: 10, 5: 8}, {1: 6, 2: 9, 4: 8, 5: 12}
    found = analyse(build_adsl(*(repeat(arm) for arm in counts)), plan)
    for name in ESTIMATE_NAMES:
        assert found.value("partial_po", name, level="3") == found.value(
            "partial_po", name, level="2"
        )
    below = found.warning("partial_po", "estimate", level="0")
    assert below == "not estimable: nobody has an mRS of 0 or lower"
    above = found.warning("partial_po", "estimate", level="5")
    assert above == "not estimable: everybody has an mRS of 5 or lower"
    assert found.value("partial_po", "estimate", level="1") is not None


def test_a_level_of_one_arm_alone_is_not_estimable_with_the_reason(plan: Plan) -> None:
    """Nobody on placebo has mRS 0: the first logistic fit is separated, all tests fall."""
    mpss, placebo = {0: 5, 1: 10, 3: 10, 6: 10}, {1: 12, 3: 11, 6: 14}
    found = analyse(build_adsl(repeat(mpss), repeat(placebo)), plan)
    for analysis_id in ("brant", "po_lr_treatment"):
        for name in TEST_NAMES:
            assert found.value(analysis_id, name) is None
        assert found.warning(analysis_id, "p_value").startswith("not estimable: ")
        assert found.value(analysis_id, "n") == 72
    assert "arm" in found.warning("brant", "statistic")
    assert found.warning("brant", "df", level="arm") == found.warning("brant", "df")
    for level in CUT_POINTS:
        assert found.value("partial_po", "estimate", level=level) is None


def test_two_levels_have_nothing_to_test(plan: Plan) -> None:
    found = analyse(build_adsl(repeat({1: 9, 4: 7}), repeat({1: 6, 4: 9})), plan)
    assert "two observed levels" in found.warning("brant", "p_value")
    assert "two observed levels" in found.warning("po_lr_treatment", "p_value")


def test_the_plan_names_the_cut_points(plan: Plan) -> None:
    settings = plan.co_reported.model_copy(update={"cut_points": (1, 3)})
    adsl = build_planted_adsl(200, 0.3)
    found = analyse(adsl, plan.model_copy(update={"co_reported": settings}))
    for analysis_id in ("cutpoint", "partial_po"):
        statistics = found.results[analysis_id, "ITT"].statistics
        assert {s.level for s in statistics if s.name == "estimate"} == {"1", "3"}


def test_estimates_point_to_the_planted_effect(planted: Found) -> None:
    estimates = [planted.value("partial_po", "estimate", level=level) for level in CUT_POINTS]
    assert np.prod(estimates) ** (1 / 6) == pytest.approx(3, rel=0.3)
