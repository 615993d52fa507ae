"""Kaplan-Meier estimate and log-rank test (docs/methods.md, section 15)."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import chdtrc

from analysis.errors import EstimationError
from analysis.errors.reason import Reason
from analysis.errors.reason_codes import ReasonCode
from analysis.models.data.arrays import read_vector
from analysis.models.numerics.wald import normal_quantile
from analysis.models.survival.times import SurvivalTimes
from analysis.models.types import Vector

NO_DIFFERENCE = 1e-20
"""A log-rank statistic below this is rounding: its square root is 1e-10 standard errors."""


@dataclass(frozen=True)
class SurvivalPoint:
    """Survival beyond one time; None where not estimable, with ``reason``.

    ``standard_error`` by Greenwood. ``at_risk``: without event or censoring before that time.
    ``reason`` also says when the interval is not the usual one.
    """

    time: float
    estimate: float | None
    standard_error: float | None
    ci_low: float | None
    ci_high: float | None
    at_risk: int
    reason: Reason | None = None


@dataclass(frozen=True)
class SurvivalCurve:
    """The Kaplan-Meier estimate: its steps at the ``times`` of events (k,)."""

    data: SurvivalTimes
    times: Vector
    survival: Vector
    standard_errors: Vector

    def at(self, time: float, alpha: float) -> SurvivalPoint:
        """Return survival beyond ``time`` with its interval on the log(-log) scale.

        Before the first event the interval is the exact one (Clopper & Pearson 1934) of no event in
        those at risk at ``time``.
        """
        at_risk = int((self.data.time >= time).sum())
        passed = int(np.searchsorted(self.times, time, side="right"))
        survival = float(self.survival[passed - 1]) if passed else 1.0
        if survival == 0.0:
            reason = Reason.of(ReasonCode.ALL_AT_RISK_HAD_EVENT)
            return SurvivalPoint(time, 0.0, None, None, None, at_risk, reason)
        if not at_risk:
            reason = Reason.of(ReasonCode.NOBODY_AT_RISK)
            return SurvivalPoint(time, None, None, None, None, 0, reason)
        if not passed:
            low = (alpha / 2.0) ** (1.0 / at_risk)
            reason = Reason.of(ReasonCode.NO_EVENT_YET)
            return SurvivalPoint(time, 1.0, 0.0, low, 1.0, at_risk, reason)
        error = float(self.standard_errors[passed - 1])
        low, high = _log_log_interval(survival, error, alpha)
        return SurvivalPoint(time, survival, error, low, high, at_risk)


def _log_log_interval(survival: float, error: float, alpha: float) -> tuple[float, float]:
    spread = normal_quantile(alpha) * error / (survival * np.log(survival))  # negative
    return survival ** float(np.exp(-spread)), survival ** float(np.exp(spread))


def estimate_survival(time: ArrayLike, event: ArrayLike) -> SurvivalCurve:
    """Return the Kaplan-Meier (1958) estimate, by statsmodels.

    ``time`` (n,): 0 or more. ``event`` (n,): 1 event, 0 censored, which follows the events of the
    same time. Raises EstimationError for unusable or no times.

    >>> point = estimate_survival([7, 20, 90, 90], [1, 1, 0, 0]).at(30, alpha=0.05)
    >>> round(point.estimate, 2), point.at_risk
    (0.5, 2)
    """
    from statsmodels.duration.survfunc import SurvfuncRight  # slow to import

    times = SurvivalTimes.read(time, event)
    if not len(times.time):
        raise EstimationError(ReasonCode.NO_SUBJECT)
    curve = SurvfuncRight(times.time, times.event.astype(np.float64))
    return SurvivalCurve(times, curve.surv_times, curve.surv_prob, curve.surv_prob_se)


@dataclass(frozen=True)
class LogRankTest:
    """Chi-square test of the same hazard in two groups."""

    statistic: float
    df: int
    p_value: float


def logrank_test(time: ArrayLike, event: ArrayLike, group: ArrayLike) -> LogRankTest:
    """Return the log-rank test of two groups (Mantel 1966), hypergeometric variance.

    ``time``, ``event`` as in estimate_survival; ``group`` (n,): 0 and 1. The statistic is that of
    statsmodels, p the tail of the chi-square distribution itself. Raises EstimationError for
    unusable input, an empty group, no event, and if both groups are never at risk together.

    >>> days, died = [7, 20, 90, 90, 2, 10, 30, 90], [1, 1, 0, 0, 1, 1, 1, 0]
    >>> round(logrank_test(days, died, group=[1] * 4 + [0] * 4).p_value, 2)
    0.55
    """
    from statsmodels.duration.survfunc import survdiff  # slow to import

    times = SurvivalTimes.read(time, event)
    groups = read_vector(group, len(times.time), "group") == 1.0
    if groups.all() or not groups.any():
        raise EstimationError(ReasonCode.EMPTY_ARM)
    times.require_events()
    _require_overlap(times, groups)
    found, _ = survdiff(times.time, times.event.astype(np.float64), groups.astype(np.int64))
    statistic = float(found) if found > NO_DIFFERENCE else 0.0
    return LogRankTest(statistic, 1, float(chdtrc(1.0, statistic)))


def _require_overlap(times: SurvivalTimes, groups: NDArray[np.bool_]) -> None:
    """An event compares the groups if both are at risk of it and somebody at risk is left."""
    for moment in times.event_times:
        at_risk = times.time >= moment
        both = groups[at_risk].any() and not groups[at_risk].all()
        if both and not np.all(times.event[at_risk] & (times.time[at_risk] == moment)):
            return
    raise EstimationError(ReasonCode.NO_EVENT_TOGETHER)
