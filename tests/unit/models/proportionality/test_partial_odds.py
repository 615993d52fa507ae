"""The partial proportional-odds fit: by hand, and what must not change it."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from numpy.testing import assert_allclose

from analysis.errors import EstimationError
from analysis.models.numerics.newton import Convergence
from analysis.models.proportional_odds.fit import fit_proportional_odds
from analysis.models.proportionality.partial_odds.fit import PartialOddsFit, fit_partial_odds
from tests.unit.models.samples.random_samples import Sample, draw_sample
from tests.unit.models.samples.two_arm_tables import TwoArms, build_two_arms

WITHIN = 1e-8
"""Relative. Fits are within 1e-12 standard errors of their maximum."""
REFERENCE, TREATMENT = np.array([10, 8, 6, 5]), np.array([4, 9, 2, 10])


@pytest.fixture(scope="module")
def table() -> TwoArms:
    return build_two_arms(REFERENCE, TREATMENT)


@pytest.fixture(scope="module")
def sample() -> Sample:
    return draw_sample(n=300, p=3)


def test_two_arms_by_hand(table: TwoArms) -> None:
    """With a free effect of the arm the model is saturated: at every cut point the log odds ratio
    of the two-by-two table, with variance 1/a + 1/b + 1/c + 1/d."""
    fit = fit_partial_odds(table.y, table.x, (0,), weights=table.w)
    below, above = np.cumsum(REFERENCE)[:3], np.cumsum(REFERENCE[::-1])[2::-1]
    lower, higher = np.cumsum(TREATMENT)[:3], np.cumsum(TREATMENT[::-1])[2::-1]
    assert_allclose(fit.theta, np.log(below / above), WITHIN)
    assert_allclose(fit.gamma[:, 0], np.log(lower * above / (higher * below)), WITHIN)
    variances = 1 / below + 1 / above + 1 / lower + 1 / higher
    assert_allclose(fit.gamma_errors[:, 0] ** 2, variances, WITHIN)
    shares = np.concatenate([REFERENCE / REFERENCE.sum(), TREATMENT / TREATMENT.sum()])
    log_likelihood = np.concatenate([REFERENCE, TREATMENT]) @ np.log(shares)
    assert fit.log_likelihood == pytest.approx(log_likelihood, rel=1e-12)


def test_the_three_covariances_of_a_saturated_model_are_one(table: TwoArms) -> None:
    fit = fit_partial_odds(table.y, table.x, (0,), weights=table.w)
    assert_allclose(fit.covariance_expected, fit.covariance, WITHIN, 1e-14)
    assert_allclose(fit.covariance_robust, fit.covariance, WITHIN, 1e-14)


def test_weights_are_repeated_rows(table: TwoArms) -> None:
    weighted = fit_partial_odds(table.y, table.x, (0,), weights=table.w)
    repeated = fit_partial_odds(*table.repeat(), (0,))
    assert_same(weighted, repeated)
    assert_allclose(weighted.covariance_robust, repeated.covariance_robust, WITHIN, 1e-12)


def test_weights_are_repeated_rows_of_a_cluster(table: TwoArms) -> None:
    times = table.w.astype(int)
    clusters = np.arange(len(times)) % 3
    weighted = fit_partial_odds(table.y, table.x, (0,), weights=table.w, clusters=clusters)
    repeated = fit_partial_odds(*table.repeat(), (0,), clusters=np.repeat(clusters, times))
    assert_allclose(weighted.covariance_robust, repeated.covariance_robust, WITHIN, 1e-12)


def test_without_free_columns_it_is_proportional_odds(sample: Sample) -> None:
    fit, proportional = (
        fit_partial_odds(sample.y, sample.x, ()),
        fit_proportional_odds(*both(sample)),
    )
    assert_allclose(fit.theta, proportional.theta, WITHIN)
    assert_allclose(fit.beta, proportional.beta, WITHIN)
    assert_allclose(fit.covariance, proportional.covariance, WITHIN, 1e-12)
    assert fit.gamma.shape == (4, 0)
    assert fit.log_likelihood == pytest.approx(proportional.log_likelihood, rel=1e-13)


def test_two_levels_are_logistic_regression(sample: Sample) -> None:
    y = (sample.y > 2).astype(int)
    fit, logistic = fit_partial_odds(y, sample.x, (2, 0)), fit_proportional_odds(y, sample.x)
    assert_allclose(fit.gamma[0], logistic.beta[[2, 0]], WITHIN)
    assert_allclose(fit.beta, logistic.beta[[1]], WITHIN)


def test_one_row_in_each_cluster_is_no_cluster(sample: Sample) -> None:
    plain = fit_partial_odds(*both(sample), (0,))
    alone = fit_partial_odds(*both(sample), (0,), clusters=np.arange(300))
    assert_allclose(alone.covariance_robust, plain.covariance_robust, WITHIN, 1e-14)


def test_the_order_of_rows_does_not_matter(sample: Sample) -> None:
    mixed = np.random.default_rng(2).permutation(300)
    fit = fit_partial_odds(*both(sample), (0, 1), clusters=np.arange(300) % 7)
    other = fit_partial_odds(
        sample.y[mixed], sample.x[mixed], (0, 1), clusters=(np.arange(300) % 7)[mixed]
    )
    assert_same(fit, other)
    assert_allclose(fit.covariance_robust, other.covariance_robust, WITHIN, 1e-12)


def test_the_scale_of_columns_does_not_matter(sample: Sample) -> None:
    scale, shift = np.array([1e6, 1e-5, 3.0]), np.array([-40.0, 7e-5, 1e3])
    fit = fit_partial_odds(*both(sample), (1,))
    other = fit_partial_odds(sample.y, shift + scale * sample.x, (1,))
    assert_allclose(other.gamma * scale[1], fit.gamma, WITHIN)
    assert_allclose(other.beta * scale[[0, 2]], fit.beta, WITHIN)
    assert_allclose(other.gamma_errors * scale[1], fit.gamma_errors, WITHIN)


def test_reversing_the_levels_reverses_the_effects(sample: Sample) -> None:
    fit = fit_partial_odds(*both(sample), (0,))
    other = fit_partial_odds(-sample.y, sample.x, (0,))
    assert_allclose(other.gamma[::-1], -fit.gamma, WITHIN, 1e-12)
    assert_allclose(other.beta, -fit.beta, WITHIN, 1e-12)


def test_free_columns_keep_the_order_they_are_given(sample: Sample) -> None:
    fit, other = fit_partial_odds(*both(sample), (2, 0)), fit_partial_odds(*both(sample), (0, 2))
    assert (fit.nonproportional, fit.proportional) == ((2, 0), (1,))
    assert_allclose(fit.gamma, other.gamma[:, ::-1], WITHIN)


def test_a_level_that_nobody_has_is_dropped_and_said(table: TwoArms) -> None:
    fit = fit_partial_odds(np.array([0, 1, 4, 5])[table.y], table.x, (0,), weights=table.w)
    assert (fit.levels, fit.dropped_levels) == ((0, 1, 4, 5), (2, 3))


def test_how_it_converged_is_told(sample: Sample) -> None:
    fit = fit_partial_odds(*both(sample), (0,))
    assert fit.convergence is Convergence.CONVERGED
    assert 1 <= fit.iterations <= 8
    assert fit.max_gradient < 1e-8
    assert fit.coefficient_error <= 1e-7
    assert 1 <= fit.condition_number < 100
    assert fit.log_likelihood > fit.log_likelihood_proportional
    alpha = fit.theta[:, None] + np.outer(fit.gamma[:, 0], (0, 1))
    assert fit.smallest_distance == pytest.approx(np.diff(alpha, axis=0).min(), rel=1e-10)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda s: {"nonproportional": 0}, "group of column numbers"),
        (lambda s: {"nonproportional": (3,)}, "3 is not one of the columns 0 to 2"),
        (lambda s: {"nonproportional": (-1,)}, "-1 is not one of the columns"),
        (lambda s: {"nonproportional": (True,)}, "True is not one of the columns"),
        (lambda s: {"nonproportional": (0, 0)}, "twice"),
        (lambda s: {"x": s.x[:, :2]}, "1 is not|2 is not"),
        (lambda s: {"x": s.x[:-1]}, "300 rows"),
        (lambda s: {"x": np.where(s.x > 2, np.nan, s.x)}, "NaN or infinity"),
        (lambda s: {"x": np.column_stack([s.x, s.x[:, 0]])}, r"collinear column \[3\]"),
        (lambda s: {"x": np.column_stack([s.x, np.ones(300)])}, r"constant column \[3\]"),
        (lambda s: {"y": np.zeros(300)}, "one observed level"),
        (lambda s: {"y": s.y + 0.5}, "integer levels"),
        (lambda s: {"weights": np.zeros(300)}, "positive"),
        (lambda s: {"clusters": np.zeros(300)}, "one cluster"),
        (lambda s: {"clusters": np.full(300, np.nan)}, "missing"),
        (lambda s: {"clusters": np.arange(3)}, "300 labels"),
    ],
)
def test_bad_input_is_an_estimation_error(
    sample: Sample, change: Callable[[Sample], dict[str, object]], message: str
) -> None:
    given = {"y": sample.y, "x": sample.x, "nonproportional": (2,), **change(sample)}
    with pytest.raises(EstimationError, match=message):
        fit_partial_odds(**given)  # type: ignore[arg-type]


def both(sample: Sample) -> tuple[np.ndarray, np.ndarray]:
    return sample.y, sample.x


def assert_same(fit: PartialOddsFit, other: PartialOddsFit) -> None:
    assert_allclose(fit.theta, other.theta, WITHIN, 1e-12)
    assert_allclose(fit.beta, other.beta, WITHIN, 1e-12)
    assert_allclose(fit.gamma, other.gamma, WITHIN, 1e-12)
    assert_allclose(fit.covariance, other.covariance, WITHIN, 1e-12)
    assert_allclose(fit.covariance_expected, other.covariance_expected, WITHIN, 1e-12)
