"""Power and sample size of a common odds ratio: by hand, there and back, and bad input."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest

from analysis.errors import EstimationError
from analysis.models.power.shift_power import (
    power_of_shift,
    sample_size_of_shift,
    smallest_odds_ratio,
)
from analysis.models.proportional_odds.fit import fit_proportional_odds

EXACT = 1e-13  # a few operations on probabilities
ROOT = 1e-9  # of a power, at a root that is good to 1e-12
FIT = 1e-9  # a standard error at a maximum that is good to 1e-10 standard errors

TRIAL = [0.16, 0.18, 0.14, 0.14, 0.13, 0.08, 0.17]


def test_power_by_hand() -> None:
    # Mean distribution 3/8, 1/4, 3/8 (test_shifted_levels.py): 1 - sum of cubes = 450/512.
    # n = 2 x 31 = 62: variance 31 x 31 x 62 / (3 x 63^2) x 450/512 = 4.398001; its root times log 3
    # less 1.959964 is 0.343981, where the normal distribution function is 0.634570.
    found = power_of_shift([0.25, 0.25, 0.5], 3, 62)
    assert (found.n_reference, found.n_treatment, found.n) == (31, 31, 62)
    assert found.log_odds_error == pytest.approx(1 / math.sqrt(4.398001), rel=1e-6)
    assert found.power == pytest.approx(0.634570, abs=1e-6)
    assert found.efficiency == pytest.approx(450 / 512 / (1 - 1 / 62**2), rel=EXACT)


def test_sample_size_by_hand() -> None:
    # 12 (1.959964 + 0.841621)^2 / (log 3)^2 / (450/512) = 88.78865; power 0.8.
    size = sample_size_of_shift([0.25, 0.25, 0.5], 3, 0.8)
    assert size.n_formula == pytest.approx(88.78865, abs=1e-5)
    # n^3 / (n + 1)^2 must reach that: 90.03 with n = 92, 46 in each arm, but 88.03 with 90.
    assert (size.n_reference, size.n_treatment, size.n) == (46, 46, 92)


@pytest.mark.parametrize("ratio", [1, 3])
def test_the_error_is_that_of_the_model_without_effect(ratio: int) -> None:
    # Equal distributions: the fit's information is n1 n0 / (3 n) (1 - sum p^3) exactly; Whitehead's
    # has n / (n + 1)^2 in the place of 1 / n.
    counts = np.array([3, 5, 2, 4, 6])
    y = np.tile(np.repeat(np.arange(5), counts), 1 + ratio)
    treated = (np.arange(len(y)) >= counts.sum())[:, None]
    fit = fit_proportional_odds(y, treated.astype(float))
    found = power_of_shift(counts / counts.sum(), 1, len(y), ratio=ratio)
    factor = (len(y) + 1) / len(y)
    assert found.log_odds_error == pytest.approx(fit.beta_errors[0] * factor, rel=FIT)


@pytest.mark.parametrize("ratio", [1, 2, 0.5, 1.3, 1 / 7])
@pytest.mark.parametrize(("odds_ratio", "power"), [(1.4, 0.9), (0.7, 0.8), (8, 0.95), (1.05, 0.3)])
def test_the_sample_size_reaches_the_power_and_one_less_does_not(
    ratio: float, odds_ratio: float, power: float
) -> None:
    size = sample_size_of_shift(TRIAL, odds_ratio, power, ratio=ratio)
    actual = size.n_treatment / size.n_reference
    again = power_of_shift(TRIAL, odds_ratio, size.n, ratio=actual)
    assert again.power == pytest.approx(size.achieved.power, rel=EXACT)
    assert again.power >= power
    smaller, larger = sorted((size.n_reference, size.n_treatment))
    assert larger == math.ceil(max(ratio, 1 / ratio) * smaller - 1e-9)
    fewer = [smaller - 1, math.ceil(max(ratio, 1 / ratio) * (smaller - 1) - 1e-9)]
    n0, n1 = fewer if ratio >= 1 else reversed(fewer)
    assert power_of_shift(TRIAL, odds_ratio, n0 + n1, ratio=n1 / n0).power < power


def test_the_formula_is_short_by_about_two_subjects() -> None:
    size = sample_size_of_shift(TRIAL, 1.4, 0.9)
    assert power_of_shift(TRIAL, 1.4, size.n_formula).power < 0.9
    assert power_of_shift(TRIAL, 1.4, size.n_formula + 2.1).power > 0.9


@pytest.mark.parametrize(("power", "odds_ratio"), [(0.8, 1.36), (0.9, 1.43)])
def test_the_registered_size_finds_these_odds_ratios(power: float, odds_ratio: float) -> None:
    found = smallest_odds_ratio(TRIAL, power, 1010)
    assert found.odds_ratio == pytest.approx(odds_ratio, abs=0.005)  # SAP 10, two decimals
    assert found.power == pytest.approx(power, rel=ROOT)
    assert power_of_shift(TRIAL, found.odds_ratio, 1010).power == found.power


def test_the_smallest_odds_ratio_is_the_first_that_reaches_the_power() -> None:
    # 100 treated per reference subject: a large odds ratio leaves nearly all subjects on one
    # level, and the power falls from 0.99 (odds ratio 16) to 0.84 (1000) before it rises again.
    def power_at(odds_ratio: float) -> float:
        return power_of_shift([0.3, 0.3, 0.4], odds_ratio, 2020, ratio=100).power

    assert power_at(16) > 0.95 > 0.85 > power_at(1000)
    found = smallest_odds_ratio([0.3, 0.3, 0.4], 0.9, 2020, ratio=100)
    assert found.odds_ratio < 16
    below = np.linspace(1.01, found.odds_ratio * (1 - 1e-6), 200)
    assert max(power_at(odds_ratio) for odds_ratio in below) < 0.9


def test_reversing_the_levels_inverts_the_odds_ratio() -> None:
    down = power_of_shift(TRIAL, 1.4, 1010, ratio=2)
    up = power_of_shift(TRIAL[::-1], 1 / 1.4, 1010, ratio=2)
    assert up.power == pytest.approx(down.power, rel=EXACT)
    np.testing.assert_allclose(up.levels.treatment[::-1], down.levels.treatment, rtol=EXACT)


def test_swapping_the_arms_inverts_the_odds_ratio() -> None:
    one = power_of_shift(TRIAL, 1.4, 1010, ratio=2)
    other = power_of_shift(one.levels.treatment, 1 / 1.4, 1010, ratio=0.5)
    assert other.power == pytest.approx(one.power, rel=EXACT)
    np.testing.assert_allclose(other.levels.mean, one.levels.mean, rtol=EXACT)


def test_empty_levels_change_nothing() -> None:
    without = power_of_shift([0.2, 0.3, 0.5], 1.5, 300)
    found = power_of_shift([0.0, 0.2, 0.0, 0.3, 0.5, 0.0], 1.5, 300)
    assert found.power == pytest.approx(without.power, rel=EXACT)
    assert found.levels.treatment[[0, 2, 5]].tolist() == [0, 0, 0]


def test_without_effect_the_power_is_one_side_of_alpha() -> None:
    assert power_of_shift(TRIAL, 1, 1000, alpha=0.04).power == pytest.approx(0.02, rel=EXACT)


@pytest.mark.parametrize(
    ("reference", "message"),
    [
        ([0.5, 0.4], "add up to 0.9, not to 1"),
        ([0.333, 0.333, 0.333], "add up to 0.999, not to 1"),
        ([-0.1, 1.1], "must be 0 or at least 1e-12, not -0.1"),
        ([0.0, 1e-20, 1.0], "must be 0 or at least 1e-12, not 1e-20"),
        ([0.0, 1.0, 0.0], "one level: it cannot shift"),
        ([1.0], "one level: it cannot shift"),
        ([], "the reference distribution must hold at least one number"),
        ([0.5, math.nan], "the reference distribution must hold 2 finite numbers"),
        ([[0.5, 0.5]], "the reference distribution must hold"),
        (["0.5", "0.5"], "the reference distribution must hold numbers"),
        (0.5, "the reference distribution must hold"),
        (None, "the reference distribution must hold"),
    ],
)
def test_reference_refused(reference: Any, message: str) -> None:
    with pytest.raises(EstimationError, match=message):
        power_of_shift(reference, 1.5, 100)
    with pytest.raises(EstimationError, match=message):
        sample_size_of_shift(reference, 1.5, 0.8)
    with pytest.raises(EstimationError, match=message):
        smallest_odds_ratio(reference, 0.8, 100)


NOT_POSITIVE = [0, -1.5, math.nan, math.inf, "2", None, True, [2.0]]


@pytest.mark.parametrize("value", NOT_POSITIVE)
def test_numbers_that_are_not_positive_are_refused(value: Any) -> None:
    with pytest.raises(EstimationError, match="the odds ratio must be a positive number"):
        power_of_shift(TRIAL, value, 100)
    with pytest.raises(EstimationError, match="the odds ratio must be a positive number"):
        sample_size_of_shift(TRIAL, value, 0.8)
    with pytest.raises(EstimationError, match="n must be a positive number"):
        power_of_shift(TRIAL, 1.5, value)
    with pytest.raises(EstimationError, match="ratio must be a positive number"):
        power_of_shift(TRIAL, 1.5, 100, ratio=value)
    with pytest.raises(EstimationError, match="ratio must be a positive number"):
        sample_size_of_shift(TRIAL, 1.5, 0.8, ratio=value)
    with pytest.raises(EstimationError, match="alpha must be a positive number"):
        power_of_shift(TRIAL, 1.5, 100, alpha=value)
    with pytest.raises(EstimationError, match="the power must be a positive number"):
        smallest_odds_ratio(TRIAL, value, 100)


def test_an_odds_ratio_beyond_any_trial_is_refused() -> None:
    for odds_ratio in (2e6, 0.9e-6):
        with pytest.raises(EstimationError, match=r"must lie between 1e-06 and 1e\+06"):
            power_of_shift(TRIAL, odds_ratio, 100)


@pytest.mark.parametrize("alpha", [1.0, 1.5])
def test_alpha_refused(alpha: float) -> None:
    with pytest.raises(EstimationError, match="alpha must lie between 0 and 1"):
        power_of_shift(TRIAL, 1.5, 100, alpha=alpha)


@pytest.mark.parametrize("power", [0.025, 0.01, 1.0, 1.2])
def test_power_refused(power: float) -> None:
    with pytest.raises(EstimationError, match="the power must lie between alpha / 2 and 1"):
        sample_size_of_shift(TRIAL, 1.5, power)
    with pytest.raises(EstimationError, match="the power must lie between alpha / 2 and 1"):
        smallest_odds_ratio(TRIAL, power, 100)


@pytest.mark.parametrize(("n", "ratio"), [(1.9, 1), (10, 20), (10, 0.05), (2e9, 1), (9, 1e300)])
def test_arms_without_a_subject_or_beyond_any_trial_are_refused(n: float, ratio: float) -> None:
    with pytest.raises(EstimationError, match="each needs at least one"):
        power_of_shift(TRIAL, 1.5, n, ratio=ratio)


@pytest.mark.parametrize("odds_ratio", [1.0, 1 + 1e-6])
def test_no_effect_has_no_sample_size(odds_ratio: float) -> None:
    with pytest.raises(EstimationError, match=r"an odds ratio of 1 needs more than 1e\+09"):
        sample_size_of_shift(TRIAL, odds_ratio, 0.8)


@pytest.mark.parametrize("ratio", [1e12, 1e300, 1e-300])
def test_a_ratio_that_asks_for_endless_subjects(ratio: float) -> None:
    with pytest.raises(EstimationError, match=r"needs more than 1e\+09 subjects"):
        sample_size_of_shift(TRIAL, 1.5, 0.8, ratio=ratio)


def test_a_trial_too_small_for_any_odds_ratio() -> None:
    with pytest.raises(EstimationError, match=r"no odds ratio up to 1e\+06 reaches a power of 0.9"):
        smallest_odds_ratio([0.9, 0.1], 0.9, 3)
