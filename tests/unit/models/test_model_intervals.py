"""Wald and profile-likelihood intervals: by hand, and refused."""

from __future__ import annotations

import numpy as np
import pytest
from random_samples import Sample, draw_sample
from scipy.optimize import brentq, minimize_scalar
from scipy.special import chdtrc, log_expit

from analysis.errors import EstimationError
from analysis.models.intervals import profile_interval, wald_interval
from analysis.models.proportional_odds import ProportionalOddsFit, fit_proportional_odds

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


@pytest.mark.parametrize(("alpha", "z"), [(0.05, Z95), (0.01, Z99)])
def test_wald_limits(alpha: float, z: float) -> None:
    interval = wald_interval(0.4, 0.1, alpha)
    assert interval.low == pytest.approx(0.4 - z * 0.1, rel=1e-14)
    assert interval.high == pytest.approx(0.4 + z * 0.1, rel=1e-14)


@pytest.mark.parametrize(
    ("estimate", "p_value"), [(0.0, 1.0), (Z95, 0.05), (-Z95, 0.05), (Z99, 0.01), (-Z99, 0.01)]
)
def test_wald_p_value(estimate: float, p_value: float) -> None:
    assert wald_interval(estimate / 4, 0.25, 0.05).p_value == pytest.approx(p_value, rel=1e-12)


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
        with pytest.raises(EstimationError, match="needs the data of the fit"):
            profile_interval(other, y, sample.x, 0, 0.05)


def test_a_limit_that_does_not_exist_is_told(sample: Sample, fit: ProportionalOddsFit) -> None:
    """The quantile of so small an alpha is infinite, and so are the limits."""
    with pytest.raises(EstimationError, match="a profile-likelihood limit is infinite"):
        profile_interval(fit, sample.y, sample.x, 0, 1e-80)
