"""Ratios and differences with their Wald intervals."""

import math

from analysis.qc.formulas.normal import find_p, find_quantile
from analysis.qc.recomputed import (
    CURVATURE,
    MAXIMUM,
    Recomputed,
    Tolerance,
    measure,
    tolerate_chi_square_p,
    tolerate_p,
)

RATIO_NAMES = ("estimate", "ci_low", "ci_high", "p_value", "log_estimate", "std_error")
DIFFERENCE_NAMES = ("estimate", "ci_low", "ci_high", "p_value", "std_error")
LARGEST_LOG = 700.0
"""A ratio beyond e**700 has no number in double precision; the results table leaves it empty."""


def describe_ratio(log_ratio: float, error: float, alpha: float) -> list[Recomputed]:
    """Return the ratio with interval and p-value on the log scale (SAP 1.6)."""
    half = find_quantile(alpha) * error
    low, high = log_ratio - half, log_ratio + half
    ratios = {
        name: math.exp(value) if value < LARGEST_LOG else None
        for name, value in zip(RATIO_NAMES, (log_ratio, low, high), strict=False)
    }
    return [
        *measure(ratios, _widen(log_ratio, error), "too large to be written"),
        _test(log_ratio, error),
        Recomputed("log_estimate", log_ratio, MAXIMUM, standard_error=error),
        Recomputed("std_error", error, CURVATURE),
    ]


def describe_profile(
    log_ratio: float, error: float, low: float, high: float, p_value: float, statistic: float
) -> list[Recomputed]:
    """Return the ratio with the limits (logarithms) and p-value of a profile likelihood."""
    ratios = {
        name: math.exp(value) if value < LARGEST_LOG else None
        for name, value in zip(RATIO_NAMES, (log_ratio, low, high), strict=False)
    }
    reach = max(abs(low), abs(high))
    return [
        *measure(ratios, _widen(reach, error), "too large to be written"),
        Recomputed("p_value", p_value, tolerate_chi_square_p(statistic)),
        Recomputed("log_estimate", log_ratio, MAXIMUM, standard_error=error),
        Recomputed("std_error", error, CURVATURE),
    ]


def describe_difference(difference: float, error: float, alpha: float) -> list[Recomputed]:
    """Return the difference with interval and p-value on its own scale."""
    half = find_quantile(alpha) * error
    low, high = difference - half, difference + half
    values = zip(DIFFERENCE_NAMES, (difference, low, high), strict=False)
    return [
        *(Recomputed(name, value, MAXIMUM, standard_error=error) for name, value in values),
        _test(difference, error),
        Recomputed("std_error", error, CURVATURE),
    ]


def _test(estimate: float, error: float) -> Recomputed:
    z = abs(estimate / error)
    return Recomputed("p_value", find_p(z), tolerate_p(z * z))


def _widen(log_ratio: float, error: float) -> Tolerance:
    """A ratio is off by as much, relatively, as its logarithm is absolutely."""
    reach = max(1.0, abs(log_ratio), error)
    return Tolerance(CURVATURE.limit * reach, CURVATURE.unit)
