"""Differences, treatment minus reference, as statistics of a result (SAP 1.2)."""

from __future__ import annotations

from analysis.analyses.estimates import drop_noise
from analysis.models.intervals import Interval
from analysis.result import Statistic

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


def describe_no_difference(reason: str, *further: str, **place: str) -> list[Statistic]:
    """Return a difference, and ``further`` statistics, that cannot be estimated: why."""
    warning = f"not estimable: {reason}"
    return [
        Statistic(name, None, **place, warning=warning) for name in (*DIFFERENCE_NAMES, *further)
    ]
