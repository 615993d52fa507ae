"""Rubin's rules: one estimate from several completed data sets (docs/methods.md, section 11)."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from analysis.errors import EstimationError
from analysis.errors.reason_codes import ReasonCode
from analysis.models.data.arrays import LARGEST, read_vector
from analysis.models.numerics.wald import t_interval

FEWEST = 0.05
"""Degrees of freedom below which a 95 % interval is wider than 1e25 standard errors."""


@dataclass(frozen=True)
class PooledEstimate:
    """The mean of m estimates, its t interval and the p-value of 0, on the estimates' scale.

    ``within``: mean of their variances. ``between``: variance of the estimates (m - 1).
    ``standard_error``: root of the total variance within + (1 + 1 / m) between.
    ``degrees_of_freedom``: Barnard & Rubin (1999). ``variance_increase``: relative increase of the
    variance by missingness. ``missing_information``: the fraction of the information that is
    missing. ``relative_efficiency``: of m imputations against infinitely many.
    """

    estimate: float
    standard_error: float
    degrees_of_freedom: float
    low: float
    high: float
    p_value: float
    within: float
    between: float
    variance_increase: float
    missing_information: float
    relative_efficiency: float
    imputations: int


def combine_rubin(
    estimates: ArrayLike, variances: ArrayLike, complete_df: float, alpha: float
) -> PooledEstimate:
    """Return the pooled estimate of one parameter (Rubin 1987; Barnard & Rubin 1999).

    ``estimates``, ``variances`` (m,): of each completed data set, m at least 2. ``complete_df``:
    degrees of freedom that complete data would have; infinity for a normal reference. ``alpha``: 1
    minus the confidence.

    Raises EstimationError for other shapes, numbers that are not finite, variances that are not
    positive, ``complete_df`` or ``alpha`` out of range, and an interval without bounds (nothing but
    missing information).

    >>> pooled = combine_rubin([0.9, 1.1, 1.0], [0.20, 0.20, 0.25], complete_df=100, alpha=0.05)
    >>> round(pooled.estimate, 2), round(pooled.standard_error, 2)
    (1.0, 0.48)
    """
    m = int(np.size(estimates))
    if m < 2:
        raise EstimationError("Rubin's rules need at least 2 imputations")
    values = read_vector(estimates, m, "estimates")
    spreads = read_vector(variances, m, "variances")
    if spreads.min() <= 1.0 / LARGEST:
        raise EstimationError("variances must be positive")
    if not complete_df > 0.0:
        raise EstimationError(ReasonCode.NO_FREEDOM, freedom=f"{complete_df}")
    # W, (1 + 1 / m) B and their sum
    estimate, within = float(values.mean()), float(spreads.mean())
    between = float(values.var(ddof=1))
    excess = (1.0 + 1.0 / m) * between
    total = within + excess
    # degrees of freedom and the fraction of missing information
    df = _degrees_of_freedom(m, excess / total, within / total, float(complete_df))
    missing = excess / total + 2.0 / (df + 3.0) * within / total
    error = float(np.sqrt(total))
    if df < FEWEST:
        raise EstimationError(ReasonCode.NO_POOLED_INTERVAL, freedom=f"{df:g}")
    interval = t_interval(estimate, error, df, alpha)
    return PooledEstimate(
        estimate=estimate,
        standard_error=error,
        degrees_of_freedom=df,
        low=interval.low,
        high=interval.high,
        p_value=interval.p_value,
        within=within,
        between=between,
        variance_increase=excess / within,
        missing_information=missing,
        relative_efficiency=1.0 / (1.0 + missing / m),
        imputations=m,
    )


def _degrees_of_freedom(m: int, added: float, kept: float, complete: float) -> float:
    """Barnard & Rubin (1999); the parts of the variance that missingness adds, and the rest."""
    imputed = (m - 1) / added**2 if added > 0.0 else np.inf
    if np.isinf(complete):
        return float(imputed)
    observed = complete * (complete + 1.0) / (complete + 3.0) * kept
    return float(1.0 / (1.0 / imputed + 1.0 / observed))
