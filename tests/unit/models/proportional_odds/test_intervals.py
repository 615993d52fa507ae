"""Profile-likelihood and score intervals: by hand, and refused."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.optimize import brentq, minimize_scalar
from scipy.special import chdtrc, expit, log_expit

from analysis.errors import EstimationError
from analysis.models.cumulative_logit.covariance import Information
from analysis.models.proportional_odds.fit import ProportionalOddsFit, fit_proportional_odds
from analysis.models.proportional_odds.intervals import profile_interval, score_interval
from tests.unit.models.samples.random_samples import Sample, draw_sample

Z95 = 1.959963984540054  # 97.5 % quantile of the normal distribution
Z99 = 2.5758293035489004
LIMIT = 1e-6
"""Absolute, against a likelihood maximised by golden section, which is good to 1e-8."""


@pytest.fixture(scope="module")
def sample() -> Sample:
    return draw_sample()


@pytest.fixture(scope="module")
def fit(sample: Sample) -> ProportionalOddsFit:
    return fit_proportional_odds(sample.y, sample.x)


def log_likelihood(theta: float, effect: float) -> float:
    """Events 9 of 12 against 4 of 13 in logits theta + effect and theta."""
    treated, reference = theta + effect, theta
    return float(
        9 * log_expit(treated) + 3 * log_expit(-treated)
        + 4 * log_expit(reference) + 9 * log_expit(-reference)
    )  # fmt: skip


def fall(effect: float) -> float:
    """Twice the fall of the log likelihood from the maximum, theta maximised at that effect."""
    held = minimize_scalar(lambda theta: -log_likelihood(theta, effect), bracket=(-2, 1), tol=1e-12)
    odds = np.log(9 / 3), np.log(4 / 9)
    return 2 * (log_likelihood(odds[1], odds[0] - odds[1]) + held.fun)


def test_profile_limits_of_a_table() -> None:
    y, arm = np.repeat([0, 1, 0, 1], [9, 3, 4, 9]), np.repeat([1.0, 0.0], [12, 13])
    fit = fit_proportional_odds(y, arm[:, None])
    interval = profile_interval(fit, y, arm[:, None], 0, 0.05)
    estimate = np.log(3 * 9 / 4)
    assert interval.low == pytest.approx(
        brentq(lambda effect: fall(effect) - Z95**2, -2, estimate), abs=LIMIT
    )
    assert interval.high == pytest.approx(
        brentq(lambda effect: fall(effect) - Z95**2, estimate, 6), abs=LIMIT
    )
    assert interval.p_value == pytest.approx(chdtrc(1, fall(0.0)), rel=LIMIT)


@pytest.mark.parametrize("column", [0, 1])
def test_twice_the_likelihood_falls_by_the_quantile_at_both_limits(
    sample: Sample, fit: ProportionalOddsFit, column: int
) -> None:
    interval = profile_interval(fit, sample.y, sample.x, column, 0.05)
    others = np.delete(sample.x, column, axis=1)
    for limit in (interval.low, interval.high):
        held = fit_proportional_odds(sample.y, others, offset=limit * sample.x[:, column])
        assert 2 * (fit.log_likelihood - held.log_likelihood) == pytest.approx(Z95**2, rel=1e-10)


@pytest.mark.parametrize(("scale", "shift"), [(1e10, 0.0), (1e-10, 0.0), (1.0, 1e4), (-1.0, 100.0)])
def test_profile_of_a_column_of_any_scale_and_place(
    sample: Sample, fit: ProportionalOddsFit, scale: float, shift: float
) -> None:
    moved = sample.x * [1.0, scale] + [0.0, shift]
    interval = profile_interval(fit_proportional_odds(sample.y, moved), sample.y, moved, 1, 0.05)
    expected = profile_interval(fit, sample.y, sample.x, 1, 0.05)
    limits = sorted([interval.low * scale, interval.high * scale])
    within = 1e-9 * fit.beta_errors[1]
    assert limits == pytest.approx([expected.low, expected.high], abs=within)


def test_smaller_alpha_wider_interval(sample: Sample, fit: ProportionalOddsFit) -> None:
    wide, narrow = (profile_interval(fit, sample.y, sample.x, 0, alpha) for alpha in (0.001, 0.2))
    assert wide.low < narrow.low < narrow.high < wide.high
    assert wide.p_value == narrow.p_value


def test_profile_needs_the_data_of_the_fit(sample: Sample, fit: ProportionalOddsFit) -> None:
    weighted = fit_proportional_odds(sample.y, sample.x, weights=1 + sample.x[:, 0])
    for other, y in ((weighted, sample.y), (fit, sample.y[::-1])):
        with pytest.raises(EstimationError, match="needs the data and weights of the fit"):
            profile_interval(other, y, sample.x, 0, 0.05)


def test_a_limit_that_does_not_exist_is_told(sample: Sample, fit: ProportionalOddsFit) -> None:
    """The quantile of so small an alpha is infinite, and so are the limits."""
    with pytest.raises(EstimationError, match="a profile-likelihood limit is infinite"):
        profile_interval(fit, sample.y, sample.x, 0, 1e-80)


WILCOXON = 1e-9
"""Relative: limits and p are roots of the same equation, written differently."""


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_score_test_of_an_arm_is_that_of_wilcoxon(seed: int) -> None:
    """Without other columns the score is the Wilcoxon statistic, its expected information the
    variance of the ranks over n (McCullagh 1980), in place of n - 1."""
    rng = np.random.default_rng(seed)
    arm, y = np.arange(60) % 2, rng.integers(0, 5, 60)
    ranks = np.array([np.mean(y < level) + np.mean(y == level) / 2 for level in y])
    variance = 60 * np.var(ranks) * np.var(arm)
    z = (ranks[arm == 1].sum() - 30 * ranks.mean()) / np.sqrt(variance)
    fit = fit_proportional_odds(y, arm[:, None])
    found = score_interval(fit, y, arm[:, None], 0, 0.05)
    assert found.p_value == pytest.approx(chdtrc(1.0, z**2), rel=WILCOXON)


def test_score_limits_of_two_proportions() -> None:
    """9 of 12 against 4 of 13: the limits at which the score of the log odds ratio is 1.96."""
    arm = np.repeat([1, 0], [12, 13])
    y = np.repeat([0, 1, 0, 1], [9, 3, 4, 9])
    fit = fit_proportional_odds(y, arm[:, None])

    def standardised(effect: float) -> float:
        """Score of the effect at the maximum over theta, over the root of its variance."""
        theta = brentq(lambda t: 13 - 12 * expit(t + effect) - 13 * expit(t), -20, 20, xtol=1e-14)
        p1, p0 = expit(theta + effect), expit(theta)
        v1, v0 = 12 * p1 * (1 - p1), 13 * p0 * (1 - p0)
        return (9 - 12 * p1) / np.sqrt(v1 * v0 / (v1 + v0))

    for information in Information:  # the same for the canonical link
        found = score_interval(fit, y, arm[:, None], 0, 0.05, information=information)
        assert standardised(found.low) == pytest.approx(Z95, rel=WILCOXON)
        assert standardised(found.high) == pytest.approx(-Z95, rel=WILCOXON)
        assert found.p_value == pytest.approx(chdtrc(1.0, standardised(0.0) ** 2), rel=WILCOXON)


def test_intervals_of_weights_are_those_of_repeated_rows(sample: Sample) -> None:
    weights = 1 + np.arange(len(sample.y)) % 3
    y, x = np.repeat(sample.y, weights), np.repeat(sample.x, weights, axis=0)
    weighted = fit_proportional_odds(sample.y, sample.x, weights=weights)
    repeated = fit_proportional_odds(y, x)
    for make in (profile_interval, score_interval):
        found = make(weighted, sample.y, sample.x, 0, 0.05, weights=weights)
        expected = make(repeated, y, x, 0, 0.05)
        assert found.low == pytest.approx(expected.low, abs=1e-9)
        assert found.high == pytest.approx(expected.high, abs=1e-9)
        assert found.p_value == pytest.approx(expected.p_value, rel=1e-8)


def test_the_column_must_be_one_of_the_fit(sample: Sample, fit: ProportionalOddsFit) -> None:
    for make in (profile_interval, score_interval):
        with pytest.raises(EstimationError, match="column 2 is not one of the 2 columns"):
            make(fit, sample.y, sample.x, 2, 0.05)
        with pytest.raises(EstimationError, match="x has 1 columns, the fit 2"):
            make(fit, sample.y, sample.x[:, :1], 0, 0.05)
