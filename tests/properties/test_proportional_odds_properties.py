"""What must hold for the proportional-odds model of any data."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose
from scipy.special import expit, logit

from analysis.models.proportional_odds import (
    ProportionalOddsFit,
    fit_proportional_odds,
    profile_interval,
)
from tests.properties.drawn_data import Trial, trials

WITHIN = 1e-8
"""In standard errors. Both sides are within 1e-12 of their maximum."""
ERRORS = 1e-8
"""Relative, of standard errors and log likelihoods."""
SCORE = 1e-6
"""Absolute, of sums over up to 170 rows at the maximum, where they are 0."""
LIMIT = 1e-7
"""In standard errors, of profile limits: roots of a deviance that is known to 1e-12."""

SEED = st.integers(0, 2**32 - 1)
POWER = st.integers(-6, 6)


def fit(trial: Trial) -> ProportionalOddsFit:
    return fit_proportional_odds(trial.y, trial.x)


def replace_arm(trial: Trial, arm: np.ndarray) -> Trial:
    return Trial(trial.y, np.column_stack([arm, trial.x[:, 1:]]))


def assert_same_fit(found: ProportionalOddsFit, expected: ProportionalOddsFit) -> None:
    assert_allclose(found.log_likelihood, expected.log_likelihood, rtol=ERRORS)
    assert_allclose(found.standard_errors, expected.standard_errors, rtol=ERRORS)
    assert np.all(np.abs(found.beta - expected.beta) <= WITHIN * expected.beta_errors)
    cuts = len(expected.theta)
    assert np.all(np.abs(found.theta - expected.theta) <= WITHIN * expected.standard_errors[:cuts])


@given(trials())
def test_swapping_the_arms_inverts_the_odds_ratio_and_nothing_else(trial: Trial) -> None:
    own, swapped = fit(trial), fit(replace_arm(trial, 1.0 - trial.arm))
    assert_allclose(swapped.beta[0], -own.beta[0], atol=WITHIN * own.beta_errors[0])
    assert_allclose(swapped.beta[1:], own.beta[1:], atol=WITHIN * own.beta_errors.max())
    assert_allclose(swapped.beta_errors, own.beta_errors, rtol=ERRORS)
    assert_allclose(swapped.log_likelihood, own.log_likelihood, rtol=ERRORS)


@given(trials())
def test_reversing_the_scale_inverts_every_odds_ratio(trial: Trial) -> None:
    own, reversed_ = fit(trial), fit(Trial(trial.y.max() - trial.y, trial.x))
    assert_allclose(reversed_.beta, -own.beta, atol=WITHIN * own.beta_errors.max())
    assert_allclose(reversed_.theta, -own.theta[::-1], atol=WITHIN * own.standard_errors.max())
    assert_allclose(reversed_.beta_errors, own.beta_errors, rtol=ERRORS)


@given(trials(), SEED)
def test_the_order_of_rows_does_not_matter(trial: Trial, seed: int) -> None:
    order = np.random.default_rng(seed).permutation(len(trial.y))
    assert_same_fit(fit(Trial(trial.y[order], trial.x[order])), fit(trial))


@given(trials(), st.lists(st.integers(1, 50), min_size=6, max_size=6))
def test_only_the_order_of_levels_matters(trial: Trial, gaps: list[int]) -> None:
    labels = np.cumsum([-3, *gaps])
    relabelled = fit(Trial(labels[trial.y], trial.x))
    assert_same_fit(relabelled, fit(trial))
    assert relabelled.levels == tuple(labels[: trial.y.max() + 1])
    unused = set(range(labels[0], labels[trial.y.max()])) - set(labels.tolist())
    assert relabelled.dropped_levels == tuple(sorted(unused))


@given(trials(min_covariates=2, max_covariates=2), POWER, st.floats(-100, 100), st.floats(0.5, 2))
def test_a_covariate_may_be_shifted_and_scaled(
    trial: Trial, power: int, shift: float, factor: float
) -> None:
    scale = factor * 10.0**power
    own = fit(trial)
    moved = fit(Trial(trial.y, trial.x * [1, scale, 1] + [0, scale * shift, 0]))
    within = WITHIN * own.beta_errors
    assert np.all(np.abs(moved.beta * [1, scale, 1] - own.beta) <= within)
    assert_allclose(moved.beta_errors * [1, scale, 1], own.beta_errors, rtol=ERRORS)
    expected_theta = own.theta - shift * own.beta[1]
    assert_allclose(moved.theta, expected_theta, atol=100 * WITHIN * own.standard_errors.max())


@given(trials(min_covariates=2, max_covariates=2), st.integers(-6, 0))
def test_columns_may_be_mixed_until_they_are_nearly_collinear(trial: Trial, power: int) -> None:
    """x2 replaced by x1 + e x2: its coefficient is 1 / e of x2's, and x1's makes up for it."""
    small = 10.0**power
    arm, first, second = trial.x.T
    mixed = fit(Trial(trial.y, np.column_stack([arm, first, first + small * second])))
    own = fit(trial)
    rounding = 1e-15 / small  # of first + small * second, relative to the part that is second
    within = (WITHIN + 100 * rounding) * own.beta_errors
    unmixed = [mixed.beta[0], mixed.beta[1] + mixed.beta[2], small * mixed.beta[2]]
    assert np.all(np.abs(unmixed - own.beta) <= within)
    assert_allclose(small * mixed.beta_errors[2], own.beta_errors[2], rtol=ERRORS + 100 * rounding)


@given(trials())
def test_a_row_twice_is_a_weight_of_two(trial: Trial) -> None:
    twice = fit(Trial(np.repeat(trial.y, 2), np.repeat(trial.x, 2, axis=0)))
    weighted = fit_proportional_odds(trial.y, trial.x, weights=np.full(len(trial.y), 2.0))
    assert_same_fit(weighted, twice)
    assert_allclose(twice.standard_errors * np.sqrt(2), fit(trial).standard_errors, rtol=ERRORS)


@given(trials(), SEED)
def test_whole_weights_are_repeated_rows(trial: Trial, seed: int) -> None:
    times = np.random.default_rng(seed).integers(1, 4, size=len(trial.y))
    repeated = fit(Trial(np.repeat(trial.y, times), np.repeat(trial.x, times, axis=0)))
    assert_same_fit(fit_proportional_odds(trial.y, trial.x, weights=times), repeated)


@given(trials(), st.floats(-3, 3))
def test_an_offset_is_a_column_with_a_known_coefficient(trial: Trial, known: float) -> None:
    own = fit(trial)
    offset = fit_proportional_odds(trial.y, trial.x, offset=known * trial.arm)
    assert_allclose(offset.beta[0], own.beta[0] - known, atol=WITHIN * own.beta_errors[0])
    assert_allclose(offset.log_likelihood, own.log_likelihood, rtol=ERRORS)


@given(trials(), st.floats(-500, 500))
def test_a_constant_offset_moves_the_cut_points_alone(trial: Trial, constant: float) -> None:
    own = fit(trial)
    offset = fit_proportional_odds(trial.y, trial.x, offset=np.full(len(trial.y), constant))
    within = 100 * WITHIN * own.standard_errors.max()
    assert_allclose(offset.beta, own.beta, atol=within)
    assert_allclose(offset.theta, own.theta - constant, atol=within)


@given(trials(max_covariates=0))
def test_without_columns_the_cut_points_are_the_logits_of_the_shares(trial: Trial) -> None:
    """theta_j = logit F_j, with the variance of a binomial share by the delta method."""
    own = fit_proportional_odds(trial.y, np.empty((len(trial.y), 0)))
    counts = np.bincount(trial.y)
    share = np.cumsum(counts)[:-1] / len(trial.y)
    assert_allclose(own.theta, logit(share), atol=1e-12)
    assert_allclose(own.standard_errors, (len(trial.y) * share * (1 - share)) ** -0.5, rtol=ERRORS)
    assert_allclose(own.log_likelihood, np.sum(counts * np.log(counts / len(trial.y))), rtol=ERRORS)


@given(trials(max_levels=2, max_covariates=0))
def test_two_levels_and_two_arms_give_the_odds_ratio_of_the_table(trial: Trial) -> None:
    """a d / (b c), and Woolf's standard error of its logarithm."""
    cells = [int(((trial.y == y) & (trial.arm == arm)).sum()) for arm in (1, 0) for y in (0, 1)]
    own = fit(trial)
    assert_allclose(own.beta[0], np.log(cells[0] * cells[3] / (cells[1] * cells[2])), atol=1e-10)
    assert_allclose(own.beta_errors[0], np.sqrt(sum(1 / cell for cell in cells)), rtol=ERRORS)


@given(trials(max_levels=2))
def test_two_levels_solve_the_equations_of_logistic_regression(trial: Trial) -> None:
    """X'(event - p) = 0 and covariance (X' diag(p (1 - p)) X)^-1, event = the lower level."""
    own = fit(trial)
    design = np.column_stack([np.ones(len(trial.y)), trial.x])
    risk = expit(design @ np.append(own.theta, own.beta))
    assert_allclose(design.T @ ((trial.y == 0) - risk), 0.0, atol=SCORE)
    covariance = np.linalg.inv(design.T @ ((risk * (1 - risk))[:, None] * design))
    assert_allclose(own.standard_errors, np.sqrt(np.diag(covariance)), rtol=ERRORS)


@given(trials())
def test_the_fit_is_the_maximum(trial: Trial) -> None:
    """Fixing any effect elsewhere, by an offset, and refitting the rest lowers the likelihood."""
    own = fit(trial)
    for column in range(trial.x.shape[1]):
        others = np.delete(trial.x, column, axis=1)
        for away in (-0.01, 0.01):
            effect = own.beta[column] + away * own.beta_errors[column]
            held = fit_proportional_odds(trial.y, others, offset=effect * trial.x[:, column])
            assert held.log_likelihood < own.log_likelihood


@given(trials(max_covariates=1), POWER)
def test_the_profile_interval_turns_and_scales_with_its_column(trial: Trial, power: int) -> None:
    own = fit(trial)
    interval = profile_interval(own, trial.y, trial.x, 0, 0.05)
    assert interval.low < own.beta[0] < interval.high
    turned = replace_arm(trial, -(10.0**power) * trial.arm + 3.0)
    other = profile_interval(fit(turned), turned.y, turned.x, 0, 0.05)
    limits = np.array([other.high, other.low]) * -(10.0**power)
    assert_allclose(limits, [interval.low, interval.high], atol=LIMIT * own.beta_errors[0])
    assert_allclose(other.p_value, interval.p_value, rtol=1e-6)


@given(trials(max_covariates=1))
def test_likelihood_ratio_p_and_profile_interval_decide_alike(trial: Trial) -> None:
    interval = profile_interval(fit(trial), trial.y, trial.x, 0, 0.05)
    assert (interval.p_value < 0.05) == (not interval.low < 0.0 < interval.high)
