"""Intervals and p-values of one effect of a proportional-odds model (docs/methods.md, 3)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.optimize import brentq
from scipy.special import chdtrc, ndtr, ndtri

from analysis.errors import EstimationError
from analysis.models.proportional_odds import ProportionalOddsFit, fit_proportional_odds

ROOT_TOLERANCE = 1e-12
"""Absolute tolerance of an interval limit, on the log scale or in standard errors; 12 digits are
reported."""
WIDEST = 20.0
"""A limit further than this many standard errors from the estimate is taken as infinite."""
SAME_FIT = 1e-6
"""Deviance at the estimate: 0 but for rounding if the fit belongs to the data."""


@dataclass(frozen=True)
class Interval:
    """Two-sided confidence limits on the log scale, with the p-value of no effect."""

    low: float
    high: float
    p_value: float


def wald_interval(estimate: float, standard_error: float, alpha: float) -> Interval:
    """Return the Wald interval and p-value of an estimate (log scale, null 0)."""
    half = float(ndtri(1.0 - alpha / 2.0)) * standard_error
    p_value = 2.0 * float(ndtr(-abs(estimate / standard_error)))
    return Interval(estimate - half, estimate + half, p_value)


def profile_interval(
    fit: ProportionalOddsFit, y: ArrayLike, x: ArrayLike, column: int, alpha: float
) -> Interval:
    """Return the profile-likelihood interval of one effect and the likelihood-ratio p-value.

    ``y`` (n,), ``x`` (n, p): the data of ``fit``, which has neither weights nor an offset. Each
    limit is the root of the profile deviance, every point of which is a full maximum with that
    effect held fixed. Raises EstimationError if a limit lies beyond 20 standard errors, a fit on
    the way fails, or ``fit`` is not the fit of these data.
    """
    columns = np.asarray(x, dtype=np.float64)
    others = np.delete(columns, column, axis=1)
    centred = columns[:, column] - columns[:, column].mean()
    estimate, error = float(fit.beta[column]), float(fit.beta_errors[column])
    critical = float(ndtri(1.0 - alpha / 2.0)) ** 2

    def deviance(effect: float) -> float:
        held = fit_proportional_odds(y, others, offset=effect * centred)
        return 2.0 * (fit.log_likelihood - held.log_likelihood)

    def excess(errors: float) -> float:
        return deviance(estimate + errors * error) - critical

    def limit(direction: float) -> float:
        far = 2.0
        while excess(direction * far) < 0.0:
            far *= 1.5
            if far > WIDEST:
                raise EstimationError("a profile-likelihood limit is infinite")
        errors = float(brentq(excess, 0.0, direction * far, xtol=ROOT_TOLERANCE))
        return estimate + errors * error

    if abs(deviance(estimate)) > SAME_FIT:
        raise EstimationError("the profile likelihood needs the data of the fit, unweighted")
    return Interval(limit(-1.0), limit(1.0), float(chdtrc(1.0, max(deviance(0.0), 0.0))))
