"""What must hold for the win odds of any data."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from analysis.models.win_odds import WinOdds, estimate_win_odds
from tests.properties.drawn_data import Trial, trials

AGREES = 1e-10
"""Sums of fractions, no iteration; a log of odds near 1 loses some digits of the odds."""

plain_trials = trials(max_levels=9, max_covariates=0)


def win_odds(trial: Trial) -> WinOdds:
    return estimate_win_odds(trial.y, trial.arm)


@given(plain_trials)
def test_swapping_the_arms_inverts_them(trial: Trial) -> None:
    own, swapped = win_odds(trial), estimate_win_odds(trial.y, 1 - trial.arm)
    assert_allclose(swapped.odds, 1 / own.odds, rtol=AGREES)
    assert_allclose(swapped.log_odds, -own.log_odds, atol=AGREES)
    assert_allclose(swapped.log_odds_error, own.log_odds_error, rtol=AGREES)


@given(plain_trials)
def test_reversing_the_scale_inverts_them(trial: Trial) -> None:
    own, reversed_ = win_odds(trial), estimate_win_odds(-trial.y, trial.arm)
    assert_allclose(reversed_.log_odds, -own.log_odds, atol=AGREES)
    assert_allclose(reversed_.log_odds_error, own.log_odds_error, rtol=AGREES)


@given(plain_trials, st.integers(0, 2**32 - 1))
def test_only_the_order_of_levels_and_not_of_rows_matters(trial: Trial, seed: int) -> None:
    order = np.random.default_rng(seed).permutation(len(trial.y))
    other = estimate_win_odds(trial.y[order] ** 2 - 5, trial.arm[order])
    assert_allclose(other.log_odds, win_odds(trial).log_odds, atol=AGREES)
    assert_allclose(other.log_odds_error, win_odds(trial).log_odds_error, rtol=AGREES)


@given(plain_trials)
def test_the_win_probability_is_the_share_of_pairs(trial: Trial) -> None:
    treated, reference = trial.y[trial.arm == 1][:, None], trial.y[trial.arm == 0][None, :]
    share = np.mean((treated < reference) + 0.5 * (treated == reference))
    assert_allclose(win_odds(trial).win_probability, share, rtol=AGREES)


@given(trials(max_levels=2, max_covariates=0))
def test_two_levels_give_half_the_risk_difference(trial: Trial) -> None:
    """theta = 1/2 + (p1 - p0) / 2, p the share at the lower level; sample variances accordingly."""
    lower = [(trial.y == 0)[trial.arm == arm] for arm in (1, 0)]
    own = win_odds(trial)
    half = (lower[0].mean() - lower[1].mean()) / 2
    assert_allclose(own.win_probability, 0.5 + half, rtol=AGREES)
    variance = sum(arm.var(ddof=1) / len(arm) for arm in lower) / 4
    assert_allclose(own.win_probability_error, np.sqrt(variance), rtol=AGREES)
