"""Ratios and differences of a model as statistics of a result: estimate, interval, p (SAP 1.2).

A ratio stands on the reported and on the log scale; a difference is treatment minus reference.
``keys``: group, variable and level under which a statistic stands in the results frame.
"""

import math
from collections.abc import Iterable

from analysis.errors.reason import Reason
from analysis.errors.reason_codes import ReasonCode
from analysis.io.result import SIGNIFICANT_DIGITS, Statistic
from analysis.models.imputation import PooledEstimate
from analysis.models.numerics import LARGEST_LOG, Interval, NewtonFit, wald_interval

TOO_LARGE = str(Reason.of(ReasonCode.TOO_LARGE))
ESTIMATE_NAMES = ("estimate", "ci_low", "ci_high", "p_value", "log_estimate", "std_error")
TEST_NAMES = ("statistic", "df", "p_value")
DIFFERENCE_NAMES = ("estimate", "ci_low", "ci_high", "p_value", "std_error")


def describe_ratio(
    log_estimate: float, standard_error: float, alpha: float, **keys: str
) -> list[Statistic]:
    """Return a ratio with its Wald interval and p-value on the log scale (SAP 1.6)."""
    log_estimate = drop_noise(log_estimate, standard_error)
    wald: Interval = wald_interval(log_estimate, standard_error, alpha)
    ratios = (to_ratio(log_estimate), to_ratio(wald.low), to_ratio(wald.high))
    values = (*ratios, wald.p_value, log_estimate, standard_error)
    return _name_values(values, **keys)


def describe_profile(
    log_estimate: float, interval: Interval, standard_error: float, **keys: str
) -> list[Statistic]:
    """Return a ratio with the interval (logarithms) and p-value of a profile likelihood."""
    log_estimate = drop_noise(log_estimate, standard_error)
    ratios = (to_ratio(log_estimate), to_ratio(interval.low), to_ratio(interval.high))
    return _name_values((*ratios, interval.p_value, log_estimate, standard_error), **keys)


def describe_pooled(pooled: PooledEstimate, **keys: str) -> list[Statistic]:
    """Return a ratio pooled by Rubin's rules, with its t interval and p-value on the log scale."""
    log_estimate = drop_noise(pooled.estimate, pooled.standard_error)
    values = (
        to_ratio(log_estimate), to_ratio(pooled.low), to_ratio(pooled.high), pooled.p_value,
        log_estimate, pooled.standard_error,
    )  # fmt: skip
    return _name_values(values, **keys)


def to_ratio(log_ratio: float) -> float:
    """Return the ratio; infinity beyond the end of double precision."""
    return math.exp(log_ratio) if log_ratio < LARGEST_LOG else math.inf


def drop_noise(log_estimate: float, standard_error: float) -> float:
    """Return the estimate to the 13th digit of its standard error, one more than is written.

    What lies beyond is rounding, and would be all there is to see of an estimate of 0.
    """
    decimals = SIGNIFICANT_DIGITS - math.floor(math.log10(standard_error))
    return round(log_estimate, decimals) + 0.0  # + 0.0 takes the sign from -0.0


def diagnose(fit: NewtonFit) -> dict[str, str | int | bool]:
    """Return convergence as facts that do not depend on the last bits of a processor."""
    return {
        "convergence": fit.convergence.value,
        "iterations": fit.iterations,
        "gradient_within_1e-6": fit.max_gradient <= 1e-6,
        "step_within_1e-7_standard_errors": fit.coefficient_error <= 1e-7,
        "condition_number_below_1e6": fit.condition_number < 1e6,
    }


def describe_not_estimable(reason: Reason, *further: str, **keys: str) -> list[Statistic]:
    """Return a ratio, and ``further`` statistics, that cannot be estimated, with the reason."""
    return give_reason(reason, (*ESTIMATE_NAMES, *further), **keys)


def describe_test(
    statistic: float | None = None,
    df: int | None = None,
    p_value: float | None = None,
    reason: Reason | None = None,
    **keys: str,
) -> list[Statistic]:
    """Return statistic, degrees of freedom and p-value of a test, or why there is none."""
    values = (None, None, None) if statistic is None else (statistic, df, p_value)
    return [
        Statistic(name, value, **keys, warning=reason or "")
        for name, value in zip(TEST_NAMES, values, strict=True)
    ]


def give_reason(reason: Reason, names: Iterable[str], **keys: str) -> list[Statistic]:
    """Return statistics that cannot be estimated, all for one reason."""
    return [Statistic(name, None, **keys, warning=reason) for name in names]


def describe_difference(
    estimate: float, interval: Interval, standard_error: float, **keys: str
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
        Statistic(name, value, **keys) for name, value in zip(DIFFERENCE_NAMES, values, strict=True)
    ]


def describe_no_difference(reason: Reason, *further: str, **keys: str) -> list[Statistic]:
    """Return a difference, and ``further`` statistics, that cannot be estimated: why."""
    return give_reason(reason, (*DIFFERENCE_NAMES, *further), **keys)


def _name_values(values: Iterable[float], **keys: str) -> list[Statistic]:
    return [
        Statistic(name, value, **keys, warning="" if math.isfinite(value) else TOO_LARGE)
        for name, value in zip(ESTIMATE_NAMES, values, strict=True)
    ]
