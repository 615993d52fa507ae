"""Wald intervals and p-values by the normal and the t distribution: by hand, and refused."""

from __future__ import annotations

import math

import pytest

from analysis.errors import EstimationError
from analysis.models.numerics.wald import normal_quantile, t_interval, wald_interval

Z95 = 1.959963984540054  # 97.5 % quantile of the normal distribution
Z99 = 2.5758293035489004


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


def test_t_interval_by_the_table() -> None:
    """t of 4 degrees of freedom, 97.5 %: 2.776445105."""
    found = t_interval(4.0, 2.0, 4, 0.05)
    assert found.low == pytest.approx(4 - 2 * 2.776445105, rel=1e-9)
    assert found.high == pytest.approx(4 + 2 * 2.776445105, rel=1e-9)
    # P(|t| > 2) on 4 df, from its closed form 1 - (t / r) (1 + 2 / r^2), r = sqrt(4 + t^2)
    root = math.sqrt(8)
    assert found.p_value == pytest.approx(1 - 2 / root * (1 + 2 / root**2), rel=1e-12)


@pytest.mark.parametrize("alpha", [-0.1, 0.0, 1.0, 1.5, math.nan])
def test_alpha_must_be_a_probability(alpha: float) -> None:
    for refuse in (
        lambda: normal_quantile(alpha),
        lambda: wald_interval(0.4, 0.1, alpha),
        lambda: t_interval(0.4, 0.1, 9, alpha),
    ):
        with pytest.raises(EstimationError, match="alpha must lie between 0 and 1"):
            refuse()
