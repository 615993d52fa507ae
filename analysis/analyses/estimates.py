"""Model output as statistics of a result, on the reported and on the model's scale."""

from __future__ import annotations

import math

from analysis.models.intervals import Interval, wald_interval
from analysis.result import SIGNIFICANT_DIGITS, Statistic

LARGEST_LOG_RATIO = 700.0
"""e**700 is the end of double precision: the unit of a column is far too large for its spread."""
TOO_LARGE = "too large to be written"
ESTIMATE_NAMES = ("estimate", "ci_low", "ci_high", "p_value", "log_estimate", "std_error")


def describe_ratio(
    log_estimate: float, standard_error: float, alpha: float, **place: str
) -> list[Statistic]:
    """Return a ratio with its Wald interval and p-value on the log scale (SAP 1.6)."""
    log_estimate = _drop_noise(log_estimate, standard_error)
    wald: Interval = wald_interval(log_estimate, standard_error, alpha)
    ratios = (_exp(log_estimate), _exp(wald.low), _exp(wald.high))
    values = (*ratios, wald.p_value, log_estimate, standard_error)
    return [
        Statistic(name, value, **place, warning="" if math.isfinite(value) else TOO_LARGE)
        for name, value in zip(ESTIMATE_NAMES, values, strict=True)
    ]


def _exp(log_ratio: float) -> float:
    return math.exp(log_ratio) if log_ratio < LARGEST_LOG_RATIO else math.inf


def _drop_noise(log_estimate: float, standard_error: float) -> float:
    """The estimate to the 13th digit of its standard error, one more than is written: what lies
    beyond is rounding, and would be all there is to see of an estimate of 0."""
    decimals = SIGNIFICANT_DIGITS - math.floor(math.log10(standard_error))
    return round(log_estimate, decimals) + 0.0  # + 0.0 takes the sign from -0.0


def describe_not_estimable(reason: str, *further: str, **place: str) -> list[Statistic]:
    """Return a ratio, and ``further`` statistics, that cannot be estimated, with the reason."""
    warning = f"not estimable: {reason}"
    return [Statistic(name, None, **place, warning=warning) for name in (*ESTIMATE_NAMES, *further)]
