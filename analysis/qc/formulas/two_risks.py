"""Two risks from their counts: closed formulas, and score limits by restricted maxima (SAP 8.1).

The restricted maximum is the root of the binomial score by bisection, where the engine solves a
cubic and a quadratic equation.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass

from scipy.optimize import bisect, brentq

from analysis.qc.formulas.normal import find_p, find_quantile
from analysis.qc.formulas.wald import RATIO_NAMES, describe_ratio
from analysis.qc.recomputed import DIFFERENCE, FORMULA, Recomputed, measure, tolerate_p

LIMITS = ("ci_low", "ci_high")
WIDEST_LOG = 60.0
"""Logarithms of a risk ratio beyond this are those of no trial."""
BESIDE = 1e-9
"""A limit differs from the estimate by more, in any trial of fewer than a million subjects."""


@dataclass(frozen=True)
class Counts:
    """Events ``x1`` of ``n1`` treated, and ``x0`` of ``n0`` others."""

    x1: int
    n1: int
    x0: int
    n0: int

    @property
    def difference(self) -> float:
        """Of the observed risks."""
        return self.x1 / self.n1 - self.x0 / self.n0


def recompute_ratio(counts: Counts, alpha: float) -> list[Recomputed]:
    """Return the risk ratio with its log-Wald interval, or Koopman's where that does not exist."""
    if min(counts.n1, counts.n0) == 0:
        return measure(dict.fromkeys(RATIO_NAMES), FORMULA, "an arm without subjects")
    x1, n1, x0, n0 = counts.x1, counts.n1, counts.x0, counts.n0
    everybody = (x1, x0) == (n1, n0)
    if min(x1, x0) > 0 and not everybody:
        error = math.sqrt(1 / x1 - 1 / n1 + 1 / x0 - 1 / n0)
        return describe_ratio(math.log((x1 * n0) / (x0 * n1)), error, alpha)
    reason = "everybody has an event" if everybody else "no event in an arm"
    values: dict[str, float | None] = dict.fromkeys(RATIO_NAMES)
    if everybody:
        values["estimate"] = 1.0
    if max(x1, x0) > 0:
        low = None if x1 == 0 else _koopman_limit(counts, -1.0, alpha)
        values["ci_low"] = 0.0 if x1 == 0 else low
        values["ci_high"] = None if x0 == 0 else _koopman_limit(counts, 1.0, alpha)
    return measure(values, FORMULA, reason)


def recompute_difference(counts: Counts, alpha: float) -> list[Recomputed]:
    """Return the risk difference with the Miettinen-Nurminen interval and its score p-value."""
    names = ("estimate", *LIMITS, "p_value")
    if min(counts.n1, counts.n0) == 0:
        return measure(dict.fromkeys(names), DIFFERENCE, "an arm without subjects")
    z = find_quantile(alpha)
    values = (
        counts.difference,
        _difference_limit(counts, -1.0, z),
        _difference_limit(counts, 1.0, z),
    )
    null = _restricted_error(counts, 0.0)
    score = abs(counts.difference) / null if null > 0.0 else None
    p_value = None if score is None else find_p(score)
    return [
        *measure(dict(zip(names, values, strict=False)), DIFFERENCE),
        Recomputed(
            "p_value", p_value, tolerate_p((score or 0.0) ** 2),
            reason="" if p_value is not None else "nobody or everybody has an event",
        ),
    ]  # fmt: skip


def _difference_limit(counts: Counts, side: float, z: float) -> float:
    """Where the score statistic is z: the end of the scale if it is smaller up to there."""
    difference = counts.difference
    if difference == side:
        return side

    def excess(delta: float) -> float:
        return side * (delta - difference) - z * _restricted_error(counts, delta)

    inner = difference + side * BESIDE
    if excess(side) <= 0.0 or excess(inner) >= 0.0:
        return side if excess(side) <= 0.0 else inner
    return float(brentq(excess, inner, side, xtol=1e-15, rtol=1e-14))


def _restricted_error(counts: Counts, delta: float) -> float:
    """Standard error of the difference where it is delta, with the factor N / (N - 1)."""
    low, high = max(0.0, -delta), min(1.0, 1.0 - delta)
    base = _restricted_risk(counts, lambda p0: (p0 + delta, 1.0), low, high)
    risk, total = base + delta, counts.n1 + counts.n0
    variance = risk * (1.0 - risk) / counts.n1 + base * (1.0 - base) / counts.n0
    return math.sqrt(max(variance, 0.0) * total / (total - 1))


def _koopman_limit(counts: Counts, side: float, alpha: float) -> float:
    """The ratio at which Pearson's statistic of the restricted maximum is the quantile."""
    quantile = find_quantile(alpha) ** 2

    def excess(log_ratio: float) -> float:
        ratio = math.exp(log_ratio)
        base = _restricted_risk(counts, lambda p0: (ratio * p0, ratio), 0.0, min(1.0, 1.0 / ratio))
        terms = ((counts.x1, counts.n1, ratio * base), (counts.x0, counts.n0, base))
        parts = [(x - n * p) ** 2 / (n * p * (1 - p)) for x, n, p in terms if 0.0 < p < 1.0]
        return sum(parts) - quantile

    bracket = (-WIDEST_LOG, WIDEST_LOG) if min(counts.x1, counts.x0) == 0 else (
        (-WIDEST_LOG, 0.0) if side < 0.0 else (0.0, WIDEST_LOG)
    )  # fmt: skip
    return math.exp(float(brentq(excess, *bracket, xtol=1e-14, rtol=1e-14)))


def _restricted_risk(
    counts: Counts, other: Callable[[float], tuple[float, float]], low: float, high: float
) -> float:
    """The reference risk of highest likelihood where ``other`` gives the treated one, and slope."""

    def score(base: float) -> float:
        risk, slope = other(base)
        return _score(counts.x0, counts.n0, base) + slope * _score(counts.x1, counts.n1, risk)

    if low >= high or score(low) <= 0.0:
        return low
    if score(high) >= 0.0:
        return high
    width = high - low  # the share of it is found: the risk itself may be as small as 1e-26
    share = bisect(lambda t: score(low + t * width), 0.0, 1.0, xtol=1e-17, rtol=1e-15, maxiter=200)
    return low + float(share) * width


def _score(x: int, n: int, risk: float) -> float:
    """Slope of the binomial log likelihood; infinite at 0 and 1 where that is impossible."""
    rising = 0.0 if x == 0 else (x / risk if risk > 0.0 else math.inf)
    falling = 0.0 if x == n else ((n - x) / (1.0 - risk) if risk < 1.0 else math.inf)
    return rising - falling
