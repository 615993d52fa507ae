"""Expected and robust covariances of the proportional-odds fit."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.special import expit

from analysis.errors import EstimationError
from analysis.models.proportional_odds.fit import ProportionalOddsFit, fit_proportional_odds
from analysis.models.proportionality.partial_odds.fit import fit_partial_odds
from tests.unit.models.samples.random_samples import Sample, draw_sample

SAME = 1e-9
"""Relative: the same matrix, summed in another order."""


@pytest.fixture(scope="module")
def sample() -> Sample:
    return draw_sample()


@pytest.fixture(scope="module")
def clusters(sample: Sample) -> np.ndarray:
    return np.arange(len(sample.y)) * 7 % 23


def row_scores(fit: ProportionalOddsFit, y: np.ndarray, x: np.ndarray) -> np.ndarray:
    """Derivatives of each row's log probability by (theta, beta), by hand."""
    eta = x @ fit.beta
    ends = np.concatenate([[-np.inf], fit.theta, [np.inf]])
    upper, lower = expit(ends[y + 1] + eta), expit(ends[y] + eta)
    at_upper = upper * (1 - upper) / (upper - lower)
    at_lower = -lower * (1 - lower) / (upper - lower)
    cuts = np.arange(len(fit.theta))
    by_cut = at_upper[:, None] * (y[:, None] == cuts) + at_lower[:, None] * (y[:, None] == cuts + 1)
    return np.hstack([by_cut, (at_upper + at_lower)[:, None] * x])


def test_the_robust_covariance_is_the_sandwich_of_the_rows(sample: Sample) -> None:
    fit = fit_proportional_odds(sample.y, sample.x)
    scores = row_scores(fit, sample.y, sample.x)
    expected = fit.covariance @ scores.T @ scores @ fit.covariance
    np.testing.assert_allclose(fit.covariance_robust, expected, rtol=SAME)


def test_the_cluster_sandwich_sums_scores_first(sample: Sample, clusters: np.ndarray) -> None:
    fit = fit_proportional_odds(sample.y, sample.x, clusters=clusters)
    scores = row_scores(fit, sample.y, sample.x)
    sums = np.array([scores[clusters == c].sum(axis=0) for c in range(23)])
    expected = fit.covariance @ sums.T @ sums @ fit.covariance
    np.testing.assert_allclose(fit.covariance_robust, expected, rtol=SAME)


def test_the_expected_information_is_the_mean_product_of_scores(sample: Sample) -> None:
    """Over the levels that a row may take, each with its fitted probability."""
    fit = fit_proportional_odds(sample.y, sample.x)
    cumulative = expit(fit.theta + (sample.x @ fit.beta)[:, None])
    shares = np.diff(cumulative, axis=1, prepend=0.0, append=1.0)
    information = np.zeros_like(fit.covariance)
    for level in range(5):
        scores = row_scores(fit, np.full(len(sample.y), level), sample.x)
        information += (scores * shares[:, [level]]).T @ scores
    np.testing.assert_allclose(fit.covariance_expected, np.linalg.inv(information), rtol=SAME)


def test_both_informations_of_two_levels_are_the_same(sample: Sample) -> None:
    fit = fit_proportional_odds(sample.y > 2, sample.x)
    np.testing.assert_allclose(fit.covariance_expected, fit.covariance, rtol=SAME)


def test_each_row_a_cluster_is_no_cluster(sample: Sample) -> None:
    rows = np.arange(len(sample.y))
    found = fit_proportional_odds(sample.y, sample.x, clusters=rows).covariance_robust
    expected = fit_proportional_odds(sample.y, sample.x).covariance_robust
    np.testing.assert_allclose(found, expected, rtol=SAME)


@pytest.mark.parametrize("unit", [1.0, 1e-3, 250.0])
@pytest.mark.parametrize("clustered", [False, True])
def test_weights_are_repeated_rows(
    sample: Sample, clusters: np.ndarray, clustered: bool, unit: float
) -> None:
    """And in another unit: covariances fall with it, those of clusters do not change."""
    counts = 1 + np.arange(len(sample.y)) % 3
    labels = clusters if clustered else None
    weighted = fit_proportional_odds(sample.y, sample.x, weights=unit * counts, clusters=labels)
    y, x = np.repeat(sample.y, counts), np.repeat(sample.x, counts, axis=0)
    labels = np.repeat(clusters, counts) if clustered else None
    repeated = fit_proportional_odds(y, x, clusters=labels)
    expected = repeated.covariance_expected / unit
    np.testing.assert_allclose(weighted.covariance_expected, expected, rtol=1e-8)
    robust = repeated.covariance_robust / (1.0 if clustered else unit)
    np.testing.assert_allclose(weighted.covariance_robust, robust, rtol=1e-8)


def test_an_offset_is_no_parameter(sample: Sample, clusters: np.ndarray) -> None:
    """Holding an effect at its estimate leaves the block of the others in the bread."""
    fit = fit_proportional_odds(sample.y, sample.x)
    offset = sample.x[:, 1] * fit.beta[1]
    held = fit_proportional_odds(sample.y, sample.x[:, :1], offset=offset, clusters=clusters)
    information = np.linalg.inv(fit.covariance_expected)[:5, :5]
    np.testing.assert_allclose(held.covariance_expected, np.linalg.inv(information), rtol=1e-8)
    scores = row_scores(fit, sample.y, sample.x)[:, :5]
    sums = np.array([scores[clusters == c].sum(axis=0) for c in range(23)])
    bread = np.linalg.inv(np.linalg.inv(fit.covariance)[:5, :5])
    np.testing.assert_allclose(held.covariance_robust, bread @ sums.T @ sums @ bread, rtol=1e-7)


def test_a_partial_model_has_the_same_kinds(sample: Sample, clusters: np.ndarray) -> None:
    """Of two levels, where a free effect is the same effect."""
    y = (sample.y > 2).astype(int)
    fit = fit_proportional_odds(y, sample.x, clusters=clusters)
    partial = fit_partial_odds(y, sample.x, [1], clusters=clusters)
    np.testing.assert_allclose(partial.covariance_expected, fit.covariance_expected, rtol=1e-8)
    np.testing.assert_allclose(partial.covariance_robust, fit.covariance_robust, rtol=1e-7)


@pytest.mark.parametrize(
    ("labels", "message"),
    [
        (["a"] * 200, "one cluster"),
        ([None] + ["a", "b"] * 99 + ["a"], "clusters holds a label that is missing"),
        (np.arange(5), "clusters must hold 200 labels"),
    ],
)
def test_clusters_are_read_before_the_fit(sample: Sample, labels: object, message: str) -> None:
    with pytest.raises(EstimationError, match=message):
        fit_proportional_odds(sample.y, sample.x, clusters=labels)


def test_theta_has_its_errors(sample: Sample) -> None:
    fit = fit_proportional_odds(sample.y, sample.x)
    np.testing.assert_array_equal(fit.theta_errors, np.sqrt(np.diag(fit.covariance))[:4])
