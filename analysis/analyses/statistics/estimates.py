"""Model output as statistics of a result, on the reported and on the model's scale.

Differences, treatment minus reference, as statistics of a result (SAP 1.2).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from analysis.io.result import SIGNIFICANT_DIGITS, Statistic
from analysis.models.imputation.rubin import PooledEstimate
from analysis.models.proportional_odds.intervals import Interval, wald_interval
from analysis.not_estimable.codes import ReasonCode
from analysis.not_estimable.reason import Reason

LARGEST_LOG_RATIO = 700.0
"""e**700 is the end of double precision: the unit of a column is far too large for its spread."""
TOO_LARGE = str(Reason.of(ReasonCode.TOO_LARGE))
ESTIMATE_NAMES = ("estimate", "ci_low", "ci_high", "p_value", "log_estimate", "std_error")


def describe_ratio(
    log_estimate: float, standard_error: float, alpha: float, **place: str
) -> list[Statistic]:
    """Return a ratio with its Wald interval and p-value on the log scale (SAP 1.6)."""
    log_estimate = drop_noise(log_estimate, standard_error)
    wald: Interval = wald_interval(log_estimate, standard_error, alpha)
    ratios = (to_ratio(log_estimate), to_ratio(wald.low), to_ratio(wald.high))
    values = (*ratios, wald.p_value, log_estimate, standard_error)
    return _name_values(values, **place)


def describe_pooled(found: PooledEstimate, **place: str) -> list[Statistic]:
    """Return a ratio pooled by Rubin's rules, with its t interval and p-value on the log scale."""
    log_estimate = drop_noise(found.estimate, found.standard_error)
    values = (
        to_ratio(log_estimate), to_ratio(found.low), to_ratio(found.high), found.p_value,
        log_estimate, found.standard_error,
    )  # fmt: skip
    return _name_values(values, **place)


def to_ratio(log_ratio: float) -> float:
    """Return the ratio; infinity beyond the end of double precision."""
    return math.exp(log_ratio) if log_ratio < LARGEST_LOG_RATIO else math.inf


def _name_values(values: Sequence[float], **place: str) -> list[Statistic]:
    return [
        Statistic(name, value, **place, warning="" if math.isfinite(value) else TOO_LARGE)
        for name, value in zip(ESTIMATE_NAMES, values, strict=True)
    ]


def drop_noise(log_estimate: float, standard_error: float) -> float:
    """Return the estimate to the 13th digit of its standard error, one more than is written.

    What lies beyond is rounding, and would be all there is to see of an estimate of 0.
    """
    decimals = SIGNIFICANT_DIGITS - math.floor(math.log10(standard_error))
    return round(log_estimate, decimals) + 0.0  # + 0.0 takes the sign from -0.0


def describe_not_estimable(reason: Reason, *further: str, **place: str) -> list[Statistic]:
    """Return a ratio, and ``further`` statistics, that cannot be estimated, with the reason."""
    return give_reason(reason, (*ESTIMATE_NAMES, *further), **place)


def give_reason(reason: Reason, names: Iterable[str], **place: str) -> list[Statistic]:
    """Return statistics that cannot be estimated, all for one reason."""
    return [Statistic(name, None, **place, warning=reason) for name in names]


DIFFERENCE_NAMES = ("estimate", "ci_low", "ci_high", "p_value", "std_error")


def describe_difference(
    estimate: float, interval: Interval, standard_error: float, **place: str
) -> list[Statistic]:
    """Return a difference with its interval and p-value, all on the scale of the outcome."""
    values = (
        drop_noise(estimate, standard_error),
        drop_noise(interval.low, standard_error),
        drop_noise(interval.high, standard_error),
        interval.p_value,
        standard_error,
    )
    return [
        Statistic(name, value, **place)
        for name, value in zip(DIFFERENCE_NAMES, values, strict=True)
    ]


def describe_no_difference(reason: Reason, *further: str, **place: str) -> list[Statistic]:
    """Return a difference, and ``further`` statistics, that cannot be estimated: why."""
    return give_reason(reason, (*DIFFERENCE_NAMES, *further), **place)
