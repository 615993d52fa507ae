"""The outcome model: its reference distribution, its treatment effect, its prognostic factors."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from analysis.config import Plan
from analysis.simulate.arrays import Flags, Floats, Ints
from analysis.simulate.cohort.cohort import Cohort, draw_cohort
from analysis.simulate.cohort.outcome import draw_mrs
from analysis.simulate.randomness.streams import spawn_streams

DemoPlan = Callable[..., Plan]


def log_cumulative_odds_ratios(mrs: Ints, treated: Flags) -> Floats:
    shares = [[(mrs[treated == arm] <= cut).mean() for cut in range(6)] for arm in (True, False)]
    odds = np.array(shares) / (1 - np.array(shares))
    ratios: Floats = np.log(odds[0] / odds[1])
    return ratios


def redraw(plan: Plan, cohort: Cohort) -> Ints:
    rng = spawn_streams(plan.demo.seed)["outcome"]
    return draw_mrs(plan, cohort.allocation, cohort.baseline, cohort.procedure, rng)


def test_reference_arm_has_the_planned_distribution(large: Cohort, plan: Plan) -> None:
    reference = large.course.mrs[~large.allocation.treated]
    shares = np.bincount(reference, minlength=7) / len(reference)
    assert shares == pytest.approx(plan.demo.reference_distribution, abs=0.012)


def test_treatment_effect_is_the_common_odds_ratio(large: Cohort, plan: Plan) -> None:
    ratios = log_cumulative_odds_ratios(large.course.mrs, large.allocation.treated)
    truth = np.log(plan.demo.common_odds_ratio)
    # Adjustment would give the truth itself; the marginal log odds ratio is some 20 % smaller.
    assert 0.65 * truth < ratios.mean() < 1.0 * truth
    assert ratios.min() > 0


@pytest.mark.parametrize(("ratio", "sign"), [(1.0, 0), (0.5, -1), (2.0, 1)])
def test_direction_of_the_effect(
    demo_plan: DemoPlan, large: Cohort, ratio: float, sign: int
) -> None:
    mrs = redraw(demo_plan(n=20_000, common_odds_ratio=ratio), large)
    mean = log_cumulative_odds_ratios(mrs, large.allocation.treated).mean()
    assert mean == pytest.approx(sign * 0.55, abs=0.1)


def test_outcome_is_worse_with_the_prognostic_factors(large: Cohort) -> None:
    mrs, baseline = large.course.mrs, large.baseline
    assert np.corrcoef(mrs, baseline.age)[0, 1] > 0.15
    assert np.corrcoef(mrs, baseline.nihss)[0, 1] > 0.2
    assert np.corrcoef(mrs, baseline.aspects)[0, 1] < -0.1
    assert np.corrcoef(mrs, baseline.lkw_minutes)[0, 1] > 0.02


def test_sites_differ_by_the_planned_spread(demo_plan: DemoPlan) -> None:
    plan = demo_plan(n=20_000, sites=20, site_sd=1.0)
    cohort = draw_cohort(plan, spawn_streams(1))
    means = [cohort.course.mrs[cohort.allocation.site == site].mean() for site in range(20)]
    flat = demo_plan(n=20_000, sites=20, site_sd=0.0)
    level = draw_cohort(flat, spawn_streams(1))
    levels = [level.course.mrs[level.allocation.site == site].mean() for site in range(20)]
    assert np.std(means) > 4 * np.std(levels)


def test_levels_without_probability_do_not_occur(demo_plan: DemoPlan, large: Cohort) -> None:
    distribution = (0.0, 0.3, 0.2, 0.0, 0.2, 0.3, 0.0)
    mrs = redraw(demo_plan(n=20_000, reference_distribution=distribution), large)
    assert set(np.unique(mrs)) == {1, 2, 4, 5}
