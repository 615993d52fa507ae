"""Two proportions without covariates: risk ratio and risk difference (docs/methods.md, section 5).

The score intervals are our own because statsmodels 0.15 fails where an arm has no event.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from numbers import Integral

import numpy as np

from analysis.errors import EstimationError
from analysis.errors.reason import Reason
from analysis.errors.reason_codes import ReasonCode
from analysis.models.numerics.roots import find_root
from analysis.models.numerics.wald import normal_p_value, normal_quantile, wald_interval

BESIDE = 1e-10
"""Distance of a bracket from the estimate, where a score statistic can be 0 / 0."""
LARGEST_LOG_RATIO = 40.0
"""Bracket of a log risk ratio: e**40 is beyond any ratio of counts."""


@dataclass(frozen=True)
class Counts:
    """Events of n in two arms; ``treatment`` is the numerator, or the first term, of a contrast."""

    treatment_events: int
    treatment_n: int
    reference_events: int
    reference_n: int

    def __post_init__(self) -> None:
        pairs = (
            (self.treatment_events, self.treatment_n),
            (self.reference_events, self.reference_n),
        )
        if not all(isinstance(count, Integral) for pair in pairs for count in pair):
            raise EstimationError("events and subjects must be whole numbers")
        if any(n < 1 for _, n in pairs):
            raise EstimationError(ReasonCode.EMPTY_ARM)
        if any(not 0 <= events <= n for events, n in pairs):
            raise EstimationError("events must lie between 0 and the number of subjects")

    @property
    def complement(self) -> Counts:
        """The counts of those without the event."""
        return Counts(
            self.treatment_n - self.treatment_events,
            self.treatment_n,
            self.reference_n - self.reference_events,
            self.reference_n,
        )

    @property
    def risks(self) -> tuple[float, float]:
        """Observed proportions."""
        return (
            self.treatment_events / self.treatment_n,
            self.reference_events / self.reference_n,
        )


@dataclass(frozen=True)
class RiskContrast:
    """A contrast of two risks; None where it is not estimable, with ``reason``.

    ``log_estimate`` and ``standard_error`` stand for the risk ratio only.
    """

    estimate: float | None
    ci_low: float | None
    ci_high: float | None
    p_value: float | None
    log_estimate: float | None = None
    standard_error: float | None = None
    reason: Reason | None = None


def estimate_risk_ratio(counts: Counts, alpha: float) -> RiskContrast:
    """Return the risk ratio, treatment over reference, with the Wald interval of its logarithm.

    ``alpha``: 1 minus the confidence. Without events in one arm the ratio is not estimable and the
    interval is Koopman's score interval (Koopman 1984; an infinite limit is None); without events
    in both there is none.

    >>> ratio = estimate_risk_ratio(Counts(4, 6, 2, 6), alpha=0.05)
    >>> round(ratio.estimate, 2), round(ratio.ci_low, 2), round(ratio.ci_high, 2)
    (2.0, 0.56, 7.09)
    """
    risk, base = counts.risks
    variance = (1 - risk) / max(counts.treatment_events, 1)
    variance += (1 - base) / max(counts.reference_events, 1)
    if min(counts.treatment_events, counts.reference_events) == 0 or variance == 0:
        return _without_ratio(counts, alpha)
    log_ratio, error = float(np.log(risk / base)), float(np.sqrt(variance))
    interval = wald_interval(log_ratio, error, alpha)
    return RiskContrast(
        estimate=risk / base,
        ci_low=float(np.exp(interval.low)),
        ci_high=float(np.exp(interval.high)),
        p_value=interval.p_value,
        log_estimate=log_ratio,
        standard_error=error,
    )


def estimate_risk_difference(counts: Counts, alpha: float) -> RiskContrast:
    """Return the risk difference, treatment minus reference, with the Miettinen-Nurminen interval.

    ``alpha``: 1 minus the confidence. Variance with the factor N / (N - 1) at the restricted
    maximum (Miettinen & Nurminen 1985); p of the score statistic whose inversion is the interval,
    None when nobody or everybody has an event.

    >>> difference = estimate_risk_difference(Counts(4, 6, 2, 6), alpha=0.05)
    >>> round(difference.estimate, 2), round(difference.p_value, 2)
    (0.33, 0.27)
    """
    risk, base = counts.risks
    difference = risk - base
    z = normal_quantile(alpha)

    def distance(delta: float) -> float:
        return abs(difference - delta) - z * float(np.sqrt(_restricted_variance(counts, delta)))

    low = _root(distance, -1.0, difference - BESIDE) if difference > -1 else -1.0
    high = _root(distance, difference + BESIDE, 1.0) if difference < 1 else 1.0
    null_variance = _restricted_variance(counts, 0.0)
    degenerate = null_variance <= 0
    p_value = None if degenerate else normal_p_value(difference / np.sqrt(null_variance))
    reason = Reason.of(ReasonCode.NOBODY_OR_EVERYBODY) if degenerate else None
    return RiskContrast(difference, low, high, p_value, reason=reason)


def _root(function: Callable[[float], float], low: float, high: float) -> float:
    if function(low) * function(high) > 0:  # the limit is the end of the parameter space
        return low if abs(low) == 1.0 else high
    return find_root(function, low, high)


def _restricted_variance(counts: Counts, delta: float) -> float:
    """Variance of the difference at the maximum likelihood under p1 - p0 = delta."""
    if sum(counts.risks) > 1:  # the same variance, of risks that keep their digits
        counts, delta = counts.complement, -delta
    base = _restricted_risk(counts, delta)
    risk = base + delta
    total = counts.treatment_n + counts.reference_n
    variance = risk * (1 - risk) / counts.treatment_n + base * (1 - base) / counts.reference_n
    return max(variance, 0.0) * total / (total - 1)


def _restricted_risk(counts: Counts, delta: float) -> float:
    """The reference risk that maximises the likelihood under p1 = p0 + delta.

    Root of the cubic of Miettinen & Nurminen (1985), appendix 1, polished by Newton's method.
    """
    n1, n0 = counts.treatment_n, counts.reference_n
    x1, x0 = counts.treatment_events, counts.reference_events
    total, events = n1 + n0, x1 + x0
    cubic = np.array(
        [
            total,
            (n1 + 2 * n0) * delta - total - events,
            (n0 * delta - total - 2 * x0) * delta + events,
            x0 * delta * (1 - delta),
        ]
    )
    a, b, c, d = (float(term) for term in cubic)
    # the root in its trigonometric form
    q = b**3 / (27 * a**3) - b * c / (6 * a**2) + d / (2 * a)
    p = np.copysign(np.sqrt(max(b**2 / (9 * a**2) - c / (3 * a), 0.0)), q)
    ratio = np.clip(q / p**3, -1.0, 1.0) if p != 0 else 0.0
    root = 2 * p * np.cos((np.pi + np.arccos(ratio)) / 3) - b / (3 * a)
    # Newton gives back the digits that the cosine loses
    for _ in range(2):
        slope = (3 * a * root + 2 * b) * root + c
        if slope != 0:
            root -= (((a * root + b) * root + c) * root + d) / slope
    return float(np.clip(root, max(0.0, -delta), min(1.0, 1 - delta)))


def _without_ratio(counts: Counts, alpha: float) -> RiskContrast:
    """The risk ratio where the Wald interval does not exist: Koopman's score interval alone."""
    if counts.treatment_events == counts.reference_events == 0:
        return RiskContrast(None, None, None, None, reason=Reason.of(ReasonCode.NO_EVENT_IN_EITHER))
    z = normal_quantile(alpha)

    def distance(log_ratio: float) -> float:
        return _koopman_statistic(counts, float(np.exp(log_ratio))) - z**2

    def limit(low: float, high: float) -> float:
        return float(np.exp(find_root(distance, low, high)))

    if counts.treatment_events == 0:
        high = limit(-LARGEST_LOG_RATIO, LARGEST_LOG_RATIO)
        return RiskContrast(
            None, 0.0, high, None, reason=Reason.of(ReasonCode.NO_EVENT_IN_TREATMENT)
        )
    if counts.reference_events == 0:
        low = limit(-LARGEST_LOG_RATIO, LARGEST_LOG_RATIO)
        return RiskContrast(
            None, low, None, None, reason=Reason.of(ReasonCode.NO_EVENT_IN_REFERENCE)
        )
    low, high = limit(-LARGEST_LOG_RATIO, 0.0), limit(0.0, LARGEST_LOG_RATIO)
    return RiskContrast(1.0, low, high, None, reason=Reason.of(ReasonCode.ALL_EVENTS))


def _koopman_statistic(counts: Counts, ratio: float) -> float:
    """Pearson's chi-square of p1 / p0 = ratio at the restricted maximum (Koopman 1984)."""
    n1, n0 = counts.treatment_n, counts.reference_n
    x1, x0 = counts.treatment_events, counts.reference_events
    b = ratio * (n1 + x0) + x1 + n0
    root = np.sqrt(max(b**2 - 4 * ratio * (n1 + n0) * (x1 + x0), 0.0))
    risk = 2 * ratio * (x1 + x0) / (b + root)  # p1; this form keeps its digits for small ratios
    base = risk / ratio
    terms = ((x1, n1, risk), (x0, n0, base))
    return float(sum((x - n * p) ** 2 / (n * p * (1 - p)) for x, n, p in terms if 0.0 < p < 1.0))
