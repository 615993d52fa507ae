"""The treatment arm's distribution and that of both arms, a common odds ratio apart."""

from __future__ import annotations

import math

import numpy as np
import pytest

from analysis.errors import EstimationError
from analysis.models.power.shifted_levels import read_odds_ratio, shift_levels

EXACT = 1e-13  # a few operations on probabilities


def test_three_levels_by_hand() -> None:
    # Reference 1/4, 1/4, 1/2: odds of the lower part 1/3 and 1. Odds ratio 3: odds 1 and 3, so
    # cumulative 1/2 and 3/4, levels 1/2, 1/4, 1/4. Mean 3/8, 1/4, 3/8.
    levels = shift_levels([0.25, 0.25, 0.5], 3)
    np.testing.assert_allclose(levels.treatment, [0.5, 0.25, 0.25], rtol=EXACT)
    np.testing.assert_allclose(levels.mean, [0.375, 0.25, 0.375], rtol=EXACT)
    # 1 - 27/512 - 8/512 - 27/512 = 450/512
    assert levels.untied == pytest.approx(450 / 512, rel=EXACT)


def test_the_mean_is_weighted_by_the_arms() -> None:
    levels = shift_levels([0.25, 0.25, 0.5], 3, ratio=3)
    np.testing.assert_allclose(levels.mean, [1.75 / 4, 0.25, 1.25 / 4], rtol=EXACT)


def test_every_cut_point_is_shifted_by_the_odds_ratio() -> None:
    levels = shift_levels([0.16, 0.18, 0.14, 0.14, 0.13, 0.08, 0.17], 1.4)
    below, shifted = np.cumsum(levels.reference)[:-1], np.cumsum(levels.treatment)[:-1]
    odds_ratios = shifted / (1 - shifted) / (below / (1 - below))
    np.testing.assert_allclose(odds_ratios, 1.4, rtol=EXACT)
    assert levels.treatment.sum() == pytest.approx(1, rel=EXACT)


def test_a_rare_level_keeps_its_digits() -> None:
    # Nearly everybody at the lowest level: its odds of anything else are multiplied by 1/2.
    levels = shift_levels([1 - 1e-10, 1e-10], 2)
    assert levels.treatment[1] == pytest.approx(0.5e-10, rel=1e-9)
    assert levels.untied == pytest.approx(3 * 0.75e-10, rel=1e-9)


def test_no_shift_leaves_the_levels_alone() -> None:
    levels = shift_levels([0.2, 0.0, 0.3, 0.5], 1, ratio=2)
    for arm in (levels.treatment, levels.mean):
        np.testing.assert_allclose(arm, [0.2, 0.0, 0.3, 0.5], rtol=EXACT)


@pytest.mark.parametrize("odds_ratio", [1e-6, 1e6])
def test_the_widest_shift_is_still_a_distribution(odds_ratio: float) -> None:
    levels = shift_levels([0.25, 0.25, 0.5], odds_ratio)
    assert levels.treatment.sum() == pytest.approx(1, rel=EXACT)
    assert levels.treatment.min() > 0


@pytest.mark.parametrize("odds_ratio", [0.0, -1.0, 1e-7, 1e7, math.nan, math.inf])
def test_odds_ratio_refused(odds_ratio: float) -> None:
    with pytest.raises(EstimationError, match="the odds ratio must"):
        read_odds_ratio(odds_ratio)
