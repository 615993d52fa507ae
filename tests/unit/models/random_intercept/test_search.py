"""Where the maximum is looked for, and what tells that there is none."""

from __future__ import annotations

import numpy as np
import pytest

from analysis.models.proportional_odds.fit import fit_proportional_odds
from analysis.models.random_intercept.fit import fit_random_intercept
from analysis.models.random_intercept.quadrature import gauss_hermite
from analysis.models.random_intercept.search import limit_log_likelihood, score_variance
from tests.unit.models.samples.grouped_samples import GroupedSample, draw_groups


def without_columns(y: list[int], groups: list[int]) -> GroupedSample:
    return GroupedSample(np.array(y), np.empty((len(y), 0)), np.array(groups))


def test_score_of_the_variance_is_a_derivative() -> None:
    """(L(v) - L(0)) / v at a variance v of 1e-6, where the next term is about v times it."""
    sample = draw_groups([5, 8, 12, 20])
    fixed = fit_proportional_odds(sample.y, sample.x)
    effects = np.concatenate([fixed.theta, fixed.beta])
    model = sample.build_model()
    found = model.evaluate(np.append(effects, 0.5 * np.log(1e-6)), gauss_hermite(15))
    assert found is not None
    slope = (found.value - fixed.log_likelihood) / 1e-6
    assert score_variance(model.logits, effects)[0] == pytest.approx(slope, rel=1e-4)


def test_score_and_information_by_hand() -> None:
    """Even odds, groups of 4 with 3 and 1 at the lower level: slope +-1, curvature 4 / 4."""
    sample = without_columns([0, 0, 0, 1, 0, 1, 1, 1], [0] * 4 + [1] * 4)
    score, information = score_variance(sample.build_model().logits, np.array([0.0]))
    assert score == pytest.approx(((1 - 1) + (1 - 1)) / 2, abs=1e-15)
    assert information == pytest.approx((1 + 1) / 2, rel=1e-15)


def test_limit_by_hand() -> None:
    """Two levels, a group at each: intercepts above and below minus the cut point."""
    model = without_columns([0, 0, 1, 1], [0, 0, 1, 1]).build_model()
    assert limit_log_likelihood(model, np.array([0.0, 1.0])) == pytest.approx(2 * np.log(0.5))
    share = 0.8413447460685429  # of the normal distribution, below 1
    expected = np.log(share) + np.log(1 - share)
    assert limit_log_likelihood(model, np.array([2.0, np.log(2.0)])) == pytest.approx(expected)


def test_limit_of_a_middle_level() -> None:
    """Cut points at -1 and 1: the middle level has the intercepts between."""
    model = without_columns([0, 0, 1, 1, 2, 2], [0, 0, 1, 1, 2, 2]).build_model()
    tail = 0.15865525393145707
    expected = 2 * np.log(tail) + np.log(1 - 2 * tail)
    assert limit_log_likelihood(model, np.array([-1.0, 1.0, 0.0])) == pytest.approx(expected)


def test_no_limit_where_a_group_holds_two_levels() -> None:
    model = without_columns([0, 1, 1, 1], [0, 0, 1, 1]).build_model()
    assert limit_log_likelihood(model, np.array([0.0, 0.0])) == -np.inf


def test_limit_far_out_is_not_rounded_to_nothing() -> None:
    """Both ends 10 standard deviations up: the probability is that of the mirrored interval."""
    model = without_columns([0, 0, 1, 1, 2, 2], [0, 0, 1, 1, 2, 2]).build_model()
    up = limit_log_likelihood(model, np.array([-12.0, -10.0, 0.0]))
    down = limit_log_likelihood(model, np.array([10.0, 12.0, 0.0]))
    assert np.isfinite(up)
    assert up == pytest.approx(down, rel=1e-12)


def test_a_second_maximum_away_from_zero() -> None:
    """The score at 0 is negative, and yet the likelihood is larger at 1.42.

    ordinal::clmm 2022.11-16, nAGQ = 15: standard deviation 1.419218, log likelihood -17.8192328086;
    ordinal::clm: -17.9589144971.
    """
    y = [2, 2, 2, 1, 2, 2, 2, 1, 2, 1, 2, 2, 0, 1, 1, 2, 2, 1, 0, 2]
    sample = without_columns(y, [2, 0, 5, 2, 2, 0, 1, 6, 1, 1, 5, 4, 3, 0, 5, 1, 4, 1, 3, 5])
    fixed = fit_proportional_odds(sample.y, sample.x)
    assert score_variance(sample.build_model().logits, fixed.theta)[0] < 0.0
    found = fit_random_intercept(sample.y, sample.x, sample.groups)
    assert found.sigma == pytest.approx(1.419218, abs=5e-6)
    assert found.log_likelihood == pytest.approx(-17.8192328086, abs=1e-9)
    assert found.log_likelihood_fixed == pytest.approx(-17.9589144971, abs=1e-9)
