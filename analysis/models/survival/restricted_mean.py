"""Restricted mean survival time: the area below a Kaplan-Meier curve up to a horizon."""

from dataclasses import dataclass

import numpy as np

from analysis.errors import EstimationError
from analysis.errors.reason_codes import ReasonCode
from analysis.models.survival.kaplan_meier import SurvivalCurve
from analysis.models.types import Vector


@dataclass(frozen=True)
class RestrictedMean:
    """Mean time without event up to the horizon, in the unit of the times, and its error."""

    estimate: float
    standard_error: float


def restrict_mean(curve: SurvivalCurve, horizon: float) -> RestrictedMean:
    """Return the restricted mean survival time of one group (docs/methods.md, section 15).

    Variance as Royston & Parmar 2013: over the event times t before the horizon, the squared area
    between t and the horizon, times d / (n (n - d)); a time at which all at risk have the event
    leaves no area. Without an event both are those of a horizon that everybody reaches: error 0.
    Raises EstimationError if the curve ends above 0 before the horizon.

    >>> from analysis.models.survival import estimate_survival
    >>> mean = restrict_mean(estimate_survival([30, 60, 90, 90], [1, 1, 0, 0]), horizon=90)
    >>> mean.estimate, round(mean.standard_error, 2)
    (67.5, 12.44)
    """
    if not np.any(curve.data.time >= horizon) and not np.any(curve.survival == 0.0):
        raise EstimationError(ReasonCode.NOBODY_AT_RISK)
    before = curve.times < horizon
    moments, survival = curve.times[before], curve.survival[before]
    widths = np.diff(np.concatenate([[0.0], moments, [horizon]]))
    areas = widths * np.concatenate([[1.0], survival])
    left = np.cumsum(areas[::-1])[::-1][1:]  # from each event time on
    hazard = _variance_of_hazard(curve, moments)
    weighted = np.where(left > 0.0, left**2 * hazard, 0.0)
    return RestrictedMean(float(areas.sum()), float(np.sqrt(weighted.sum())))


def _variance_of_hazard(curve: SurvivalCurve, moments: Vector) -> Vector:
    """d / (n (n - d)) at each event time; 0 where all at risk have the event."""
    times = curve.data
    at_risk = np.array([(times.time >= moment).sum() for moment in moments], dtype=np.float64)
    events = np.array([(times.event & (times.time == m)).sum() for m in moments], dtype=np.float64)
    left = at_risk - events
    return np.divide(events, at_risk * left, out=np.zeros_like(left), where=left > 0.0)
