"""Fits with a random intercept: what changes nothing, the boundary, and what is refused."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from analysis.errors import EstimationError
from analysis.models.proportional_odds.fit import fit_proportional_odds
from analysis.models.random_intercept.fit import (
    InterceptConvergence,
    RandomInterceptFit,
    fit_random_intercept,
)
from tests.unit.models.samples.grouped_samples import GroupedSample, draw_groups

SAME = 1e-9
"""Two fits of the same data; each is within 1e-12 standard errors."""
SITES = [1] * 10 + [3, 5, 8, 10, 12, 15, 20, 30]


def fit(sample: GroupedSample, nodes: int = 15) -> RandomInterceptFit:
    return fit_random_intercept(sample.y, sample.x, sample.groups, nodes=nodes)


@pytest.fixture(scope="module")
def sample() -> GroupedSample:
    return draw_groups(SITES)


@pytest.fixture(scope="module")
def found(sample: GroupedSample) -> RandomInterceptFit:
    return fit(sample)


@pytest.fixture(scope="module")
def homogeneous() -> GroupedSample:
    """Every group has every level equally often: less between groups than chance would have."""
    return GroupedSample(np.tile([0, 1, 2], 20), np.empty((60, 0)), np.repeat(np.arange(5), 12))


def estimates(found: RandomInterceptFit) -> np.ndarray:
    return np.concatenate([found.theta, found.beta, [found.sigma], found.group_effects])


class TestFit:
    def test_ten_groups_of_one_row(self, found: RandomInterceptFit) -> None:
        assert found.convergence is InterceptConvergence.CONVERGED
        assert found.group_sizes.tolist() == SITES
        assert (found.n, found.nodes, len(found.groups)) == (sum(SITES), 15, len(SITES))
        assert found.standard_errors.shape == (3 + 2 + 1,)
        assert found.sigma_error == found.standard_errors[-1]
        assert found.beta_errors.tolist() == found.standard_errors[3:5].tolist()

    def test_how_well_it_is_known(self, found: RandomInterceptFit) -> None:
        assert found.coefficient_error < 1e-7
        assert found.max_gradient < 1e-8
        assert found.quadrature_error < 1e-4
        assert 1.0 <= found.condition_number < 1e3
        assert 2 <= found.iterations <= 10

    def test_direction(self) -> None:
        """A group of low levels has a positive effect, as its log odds ratio of a lower level."""
        sample = draw_groups([20, 20, 20], sigma=0.0, p=0)
        low = np.where(sample.groups == 1, np.maximum(sample.y - 2, 0), sample.y)
        effects = fit(replace(sample, y=low)).group_effects
        assert effects[1] > 0 > max(effects[0], effects[2])

    def test_two_groups(self) -> None:
        """By symmetry about the cut point, two groups that mirror each other have it at 0."""
        y = np.array([0] * 14 + [1] * 6 + [0] * 6 + [1] * 14)
        found = fit_random_intercept(y, np.empty((40, 0)), np.repeat(["a", "b"], 20))
        assert found.theta[0] == pytest.approx(0.0, abs=SAME)
        assert found.group_effects[0] == pytest.approx(-found.group_effects[1], rel=SAME)
        assert found.sigma > 0.3

    def test_a_group_of_one_level(self, sample: GroupedSample) -> None:
        y = np.where(sample.groups == sample.groups.max(), 0, sample.y)
        found = fit(replace(sample, y=y))
        assert found.convergence is InterceptConvergence.CONVERGED
        assert np.argmax(found.group_effects) == sample.groups.max()

    def test_groups_without_a_level_in_common(self) -> None:
        """Both levels of a group hold its effect: the standard deviation stays finite."""
        y = np.repeat([0, 1, 2, 3], 10)
        found = fit_random_intercept(y, np.empty((40, 0)), np.repeat(["low", "high"], 20))
        assert found.groups == ("high", "low")
        assert found.theta[0] == pytest.approx(-found.group_effects[1], abs=0.1)
        assert found.theta[2] == pytest.approx(-found.group_effects[0], abs=0.1)
        assert 2.0 < found.sigma < 5.0

    def test_more_nodes_agree_with_the_error_foretold(self, sample: GroupedSample) -> None:
        coarse, fine = fit(sample, 3), fit(sample, 7)
        moved = np.abs(fine.beta - coarse.beta) / coarse.beta_errors
        assert np.max(moved) <= coarse.quadrature_error * 1.1
        assert coarse.quadrature_error > 10 * fine.quadrature_error


class TestWhatChangesNothing:
    def test_row_order(self, sample: GroupedSample, found: RandomInterceptFit) -> None:
        mixed = np.random.default_rng(2).permutation(len(sample.y))
        other = fit(GroupedSample(sample.y[mixed], sample.x[mixed], sample.groups[mixed]))
        assert estimates(other) == pytest.approx(estimates(found), rel=0, abs=SAME)

    def test_names_of_groups(self, sample: GroupedSample, found: RandomInterceptFit) -> None:
        names = np.array([f"site {g:02d}" for g in sample.groups])
        other = fit_random_intercept(sample.y, sample.x, names)
        assert other.groups[:2] == ("site 00", "site 01")
        assert estimates(other) == pytest.approx(estimates(found), rel=0, abs=SAME)

    def test_scales_of_columns(self, sample: GroupedSample, found: RandomInterceptFit) -> None:
        factors = np.array([1e6, 1e-5])
        other = fit(replace(sample, x=sample.x * factors + [5e6, 2e-5]))
        assert other.beta * factors == pytest.approx(found.beta, rel=SAME)
        assert other.beta_errors * factors == pytest.approx(found.beta_errors, rel=SAME)
        assert other.sigma == pytest.approx(found.sigma, rel=SAME)
        assert other.sigma_error == pytest.approx(found.sigma_error, rel=SAME)

    def test_levels_skipped(self, sample: GroupedSample, found: RandomInterceptFit) -> None:
        other = fit(replace(sample, y=np.array([-1, 2, 3, 6])[sample.y]))
        assert other.levels == (-1, 2, 3, 6)
        assert other.dropped_levels == (0, 1, 4, 5)
        assert estimates(other) == pytest.approx(estimates(found), rel=0, abs=SAME)

    def test_reversed_scale(self, sample: GroupedSample, found: RandomInterceptFit) -> None:
        other = fit(replace(sample, y=3 - sample.y))
        assert other.theta[::-1] == pytest.approx(-found.theta, rel=SAME)
        assert other.beta == pytest.approx(-found.beta, rel=SAME)
        assert other.group_effects == pytest.approx(-found.group_effects, rel=SAME, abs=SAME)
        assert other.standard_errors[3:] == pytest.approx(found.standard_errors[3:], rel=SAME)
        assert other.log_likelihood == pytest.approx(found.log_likelihood, rel=1e-12)


class TestBoundary:
    @pytest.mark.parametrize("nodes", [1, 15])
    def test_fixed_fit(self, homogeneous: GroupedSample, nodes: int) -> None:
        found = fit(homogeneous, nodes)
        fixed = fit_proportional_odds(homogeneous.y, homogeneous.x)
        assert found.convergence is InterceptConvergence.BOUNDARY
        assert (found.sigma, found.likelihood_ratio, found.p_value) == (0.0, 0.0, 1.0)
        assert found.theta.tolist() == fixed.theta.tolist()
        assert found.log_likelihood == fixed.log_likelihood
        assert found.covariance[:2, :2].tolist() == fixed.covariance.tolist()
        assert np.isnan(found.sigma_error)
        assert np.isnan(found.covariance[-1]).all()
        assert found.group_effects.tolist() == found.group_effect_errors.tolist() == [0.0] * 5

    def test_groups_in_the_columns(self) -> None:
        """Indicators of the groups leave nothing for an intercept to explain."""
        sample = draw_groups([20, 25, 30], p=0)
        x = np.eye(3)[sample.groups][:, 1:]
        assert fit(replace(sample, x=x)).sigma == 0.0

    def test_a_small_standard_deviation_is_not_the_boundary(self) -> None:
        """Two groups of 48, even odds, 29 at the one or the other level: by hand.

        The slopes of their log likelihoods are +-(29 - 24) and the curvatures 48 / 4, so the score
        of the variance is (25 - 12) and its information 12^2, and the variance near their ratio.
        """
        y = np.repeat([0, 1, 0, 1], [29, 19, 19, 29])
        found = fit_random_intercept(y, np.empty((96, 0)), np.repeat([1, 2], 48))
        assert found.sigma**2 == pytest.approx((25 - 12) / 12**2, rel=0.2)
        assert found.p_value < 0.5

    def test_on_the_edge(self) -> None:
        """28 of 49: slopes +-3.5, curvatures 12.25, score (3.5^2 - 12.25) = 0."""
        y = np.repeat([0, 1, 0, 1], [28, 21, 21, 28])
        found = fit_random_intercept(y, np.empty((98, 0)), np.repeat([1, 2], 49))
        assert found.sigma == pytest.approx(0.0, abs=1e-3)
        assert found.p_value >= 0.5


class TestErrors:
    def test_one_group(self, sample: GroupedSample) -> None:
        with pytest.raises(EstimationError, match="needs two groups; every row is in group 7"):
            fit_random_intercept(sample.y, sample.x, np.full(len(sample.y), 7))

    def test_only_groups_of_one_row(self, sample: GroupedSample) -> None:
        with pytest.raises(EstimationError, match="every group has one row"):
            fit_random_intercept(sample.y, sample.x, np.arange(len(sample.y)))

    def test_missing_group(self, sample: GroupedSample) -> None:
        groups = sample.groups.astype(float)
        groups[3] = np.nan
        with pytest.raises(EstimationError, match="groups holds a label that is missing"):
            fit_random_intercept(sample.y, sample.x, groups)

    def test_length_of_groups(self, sample: GroupedSample) -> None:
        with pytest.raises(EstimationError, match="groups must hold 113 labels"):
            fit_random_intercept(sample.y, sample.x, sample.groups[:-1])

    def test_separation(self, sample: GroupedSample) -> None:
        x = np.column_stack([sample.x[:, 0], sample.y > 1])
        with pytest.raises(EstimationError, match=r"separation along column \[1\]"):
            fit(replace(sample, x=x))

    def test_collinear_columns(self, sample: GroupedSample) -> None:
        x = np.column_stack([sample.x, sample.x.sum(axis=1)])
        with pytest.raises(EstimationError, match=r"collinear column \[2\]"):
            fit(replace(sample, x=x))

    def test_one_level(self, sample: GroupedSample) -> None:
        with pytest.raises(EstimationError, match="one observed level"):
            fit(replace(sample, y=np.zeros(len(sample.y), dtype=int)))

    @pytest.mark.parametrize("nodes", [1, 2, 7, 15, 31])
    @pytest.mark.parametrize("size", [2, 3, 30])
    @pytest.mark.parametrize("levels", [2, 3])
    def test_groups_that_determine_the_levels(self, nodes: int, size: int, levels: int) -> None:
        """Coarse quadrature makes finite maxima out of these: they are not the likelihood's."""
        y = np.repeat(np.arange(12) % levels, size)
        with pytest.raises(EstimationError, match="the groups determine the levels"):
            fit_random_intercept(
                y, np.empty((len(y), 0)), np.repeat(np.arange(12), size), nodes=nodes
            )

    @pytest.mark.parametrize("nodes", [0, 2.5, True, 10_000])
    def test_nodes(self, sample: GroupedSample, nodes: int) -> None:
        with pytest.raises(EstimationError, match="number of nodes"):
            fit(sample, nodes)
