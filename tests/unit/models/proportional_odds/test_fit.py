"""The proportional-odds fit: by hand, and at the edges of what numbers hold."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from analysis.errors import EstimationError
from analysis.models.numerics.newton import Convergence
from analysis.models.proportional_odds.fit import ProportionalOddsFit, fit_proportional_odds
from tests.unit.models.samples.random_samples import Sample, draw_sample

WITHIN = 1e-8
"""In standard errors, or relative. Fits are within 1e-12 of their maximum."""

N = 200


@pytest.fixture(scope="module")
def sample() -> Sample:
    return draw_sample(n=N)


@pytest.fixture(scope="module")
def fit(sample: Sample) -> ProportionalOddsFit:
    return fit_proportional_odds(sample.y, sample.x)


def test_an_odds_ratio_by_hand() -> None:
    """Lower level: 30 of 40 against 20 of 50. Odds ratio (30 / 10) / (20 / 30) = 4.5, standard
    error sqrt(1/30 + 1/10 + 1/20 + 1/30), cut point log(20 / 30)."""
    y, arm = np.repeat([0, 1, 0, 1], [30, 10, 20, 30]), np.repeat([1.0, 0.0], [40, 50])
    fit = fit_proportional_odds(y, arm[:, None])
    assert fit.beta[0] == pytest.approx(np.log(4.5), rel=1e-12)
    assert fit.beta_errors[0] == pytest.approx(np.sqrt(13 / 60), rel=1e-10)
    assert fit.theta[0] == pytest.approx(np.log(2 / 3), rel=1e-12)
    expected = 30 * np.log(3 / 4) + 10 * np.log(1 / 4) + 20 * np.log(2 / 5) + 30 * np.log(3 / 5)
    assert fit.log_likelihood == pytest.approx(expected, rel=1e-13)


def test_a_lower_level_is_an_odds_ratio_above_one() -> None:
    y, arm = np.array([0, 0, 1, 2, 0, 1, 2, 2]), np.array([1.0, 1, 1, 1, 0, 0, 0, 0])
    assert fit_proportional_odds(y, arm[:, None]).beta[0] > 0


def test_how_it_converged_is_told(fit: ProportionalOddsFit) -> None:
    assert fit.convergence is Convergence.CONVERGED
    assert 3 <= fit.iterations <= 8
    assert fit.coefficient_error <= 1e-7
    assert fit.max_gradient <= 1e-8
    assert 1 <= fit.condition_number < 100
    assert fit.n == N


def test_standard_errors_are_those_of_the_covariance(fit: ProportionalOddsFit) -> None:
    np.testing.assert_allclose(fit.standard_errors**2, np.diag(fit.covariance), rtol=1e-14)
    np.testing.assert_array_equal(fit.beta_errors, fit.standard_errors[4:])
    np.testing.assert_allclose(fit.covariance, fit.covariance.T, rtol=1e-10)


def test_levels_inside_the_range_that_nobody_has_are_told(sample: Sample) -> None:
    fit = fit_proportional_odds(np.where(sample.y >= 2, sample.y + 2, sample.y - 1), sample.x)
    assert fit.levels == (-1, 0, 4, 5, 6)
    assert fit.dropped_levels == (1, 2, 3)


@pytest.mark.parametrize(
    "kind", [np.int8, np.uint8, np.int64, np.float32, np.float64, lambda y: y.tolist()]
)
def test_levels_may_come_as_any_kind_of_number(
    sample: Sample, fit: ProportionalOddsFit, kind: Callable[[np.ndarray], Any]
) -> None:
    found = fit_proportional_odds(kind(sample.y), sample.x)
    assert found.levels == (0, 1, 2, 3, 4)
    assert found.log_likelihood == fit.log_likelihood


@pytest.mark.parametrize("power", [-99, -20, -6, 6, 20, 98])
def test_a_column_of_any_scale(sample: Sample, fit: ProportionalOddsFit, power: int) -> None:
    scale = 10.0**power
    scaled = fit_proportional_odds(sample.y, sample.x * [1.0, scale])
    np.testing.assert_allclose(scaled.beta * [1.0, scale], fit.beta, rtol=WITHIN)
    np.testing.assert_allclose(scaled.beta_errors * [1.0, scale], fit.beta_errors, rtol=WITHIN)
    assert np.all(np.isfinite(scaled.covariance))


def test_a_column_far_from_zero(sample: Sample, fit: ProportionalOddsFit) -> None:
    """A date in seconds, say: 1e9 + x holds x to 1e-7."""
    far = fit_proportional_odds(sample.y, sample.x + np.array([0.0, 1e9]))
    np.testing.assert_allclose(far.beta, fit.beta, rtol=1e-6)
    np.testing.assert_allclose(far.beta_errors, fit.beta_errors, rtol=1e-6)


def test_columns_that_are_all_but_collinear(sample: Sample) -> None:
    """x2 = x1 + 1e-6 z has the coefficient of z times 1e6."""
    noise = np.random.default_rng(2).normal(size=N)
    plain = fit_proportional_odds(sample.y, np.column_stack([sample.x, noise]))
    nearly = sample.x[:, 1] + 1e-6 * noise
    mixed = fit_proportional_odds(sample.y, np.column_stack([sample.x, nearly]))
    assert mixed.beta[2] * 1e-6 == pytest.approx(plain.beta[2], rel=1e-7)
    assert mixed.beta_errors[2] * 1e-6 == pytest.approx(plain.beta_errors[2], rel=1e-7)
    assert mixed.beta_errors[0] == pytest.approx(plain.beta_errors[0], rel=1e-7)


@pytest.mark.parametrize("weight", [1e-90, 1e-6, 1e6, 1e90])
def test_weights_of_any_common_size(
    sample: Sample, fit: ProportionalOddsFit, weight: float
) -> None:
    weighted = fit_proportional_odds(sample.y, sample.x, weights=np.full(N, weight))
    np.testing.assert_allclose(weighted.beta, fit.beta, rtol=WITHIN)
    np.testing.assert_allclose(weighted.beta_errors * np.sqrt(weight), fit.beta_errors, rtol=WITHIN)
    assert weighted.log_likelihood == pytest.approx(weight * fit.log_likelihood, rel=WITHIN)


def test_a_large_common_offset_moves_the_cut_points_alone(
    sample: Sample, fit: ProportionalOddsFit
) -> None:
    moved = fit_proportional_odds(sample.y, sample.x, offset=np.full(N, 1e6))
    np.testing.assert_allclose(moved.beta, fit.beta, rtol=WITHIN)
    np.testing.assert_allclose(moved.theta + 1e6, fit.theta, atol=1e-9)


def test_an_offset_may_differ_widely_between_rows(sample: Sample, fit: ProportionalOddsFit) -> None:
    """An offset of 20 x2 takes 20 from its coefficient; at the start, probabilities are e^-50."""
    moved = fit_proportional_odds(sample.y, sample.x, offset=20 * sample.x[:, 1])
    np.testing.assert_allclose(moved.beta, fit.beta - [0.0, 20.0], atol=WITHIN)


def test_two_hundred_levels() -> None:
    sample = draw_sample(n=2000, levels=200, effect=0.7)
    fit = fit_proportional_odds(sample.y, sample.x)
    assert len(fit.theta) == 199
    assert np.all(np.diff(fit.theta) > 0)
    np.testing.assert_allclose(fit.beta, 0.7, atol=3 * fit.beta_errors.max())


def test_a_level_of_one_row_in_ten_thousand() -> None:
    sample = draw_sample(n=10_000, levels=3)
    top = np.where(sample.y == 2, 1, sample.y)
    top[np.argmax(sample.y)] = 2
    fit = fit_proportional_odds(top, sample.x)
    np.testing.assert_allclose(fit.beta, 0.5, atol=4 * fit.beta_errors.max())
    assert fit.theta[1] == pytest.approx(np.log(10_000), abs=1.0)


def test_an_offset_beyond_reach_does_not_converge(sample: Sample) -> None:
    with pytest.raises(EstimationError, match="the fit did not converge"):
        fit_proportional_odds(sample.y, sample.x, offset=1e5 * sample.x[:, 0])
