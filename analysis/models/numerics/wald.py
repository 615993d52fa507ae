"""Wald interval and p-value of an estimate, by the normal or the t distribution."""

from dataclasses import dataclass

import numpy as np
from scipy.special import ndtr, ndtri, stdtr, stdtrit

from analysis.errors import EstimationError
from analysis.models.types import Matrix, Vector

LARGEST_LOG = 700.0
"""A logarithm beyond it has no exponential in double precision (1e308)."""


@dataclass(frozen=True)
class Interval:
    """Two-sided confidence limits on the scale of the estimate, with the p-value of no effect."""

    low: float
    high: float
    p_value: float


def normal_quantile(alpha: float) -> float:
    """Return the two-sided normal quantile; EstimationError unless 0 < alpha < 1."""
    return float(ndtri(_upper_probability(alpha)))


def normal_p_value(z: float) -> float:
    """Return the two-sided p-value of a statistic that is standard normal without an effect."""
    return 2.0 * float(ndtr(-abs(z)))


def wald_interval(estimate: float, standard_error: float, alpha: float) -> Interval:
    """Return the Wald interval and two-sided p-value of an estimate on a log scale (null 0).

    ``alpha``: 1 minus the confidence.

    >>> round(wald_interval(0.7, 0.35, alpha=0.05).low, 3)
    0.014
    """
    half = normal_quantile(alpha) * standard_error
    return Interval(estimate - half, estimate + half, normal_p_value(estimate / standard_error))


def t_interval(estimate: float, standard_error: float, df: float, alpha: float) -> Interval:
    """Return the same by the t distribution on ``df`` degrees of freedom.

    >>> round(t_interval(0.7, 0.35, df=10, alpha=0.05).low, 3)
    -0.08
    """
    half = float(stdtrit(df, _upper_probability(alpha))) * standard_error
    p_value = 2.0 * float(stdtr(df, -abs(estimate / standard_error)))
    return Interval(estimate - half, estimate + half, p_value)


def standard_errors(covariance: Matrix) -> Vector:
    """Return the roots of the variances (r,) in a covariance (r, r)."""
    return np.sqrt(np.diag(covariance))


def _upper_probability(alpha: float) -> float:
    if not 0.0 < alpha < 1.0:
        raise EstimationError(f"alpha must lie between 0 and 1, not {alpha}")
    return 1.0 - alpha / 2.0
