"""Two risks without covariates as statistics of a result (SAP 8.1, 9)."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from analysis.analyses.data.arms import share_of
from analysis.config import Plan
from analysis.errors import EstimationError
from analysis.io.result import Statistic
from analysis.models.means_and_risks.two_proportions import (
    Counts,
    RiskContrast,
    estimate_risk_difference,
    estimate_risk_ratio,
)

RATIO_METHOD = "risk ratio, log-Wald interval (Koopman score interval without events)"
DIFFERENCE_METHOD = "risk difference, Miettinen-Nurminen interval, score p"
ESTIMATE = ("estimate", "ci_low", "ci_high", "p_value")


def count_events(
    plan: Plan, events: Sequence[int], totals: Sequence[int], **place: str
) -> list[Statistic]:
    """Return events, N and pct of each arm, whose counts stand in the plan's order."""
    return [
        statistic
        for code, count, total in zip(plan.arms.codes, events, totals, strict=True)
        for statistic in (
            Statistic("events", count, group=code, **place),
            Statistic("N", total, group=code, **place),
            share_of(count, total, group=code, **place),
        )
    ]


def describe_risk_ratio(
    events: Sequence[int], totals: Sequence[int], alpha: float, **place: str
) -> list[Statistic]:
    """Return the risk ratio, treatment over reference, on both scales; not estimable: why."""
    found = _contrast(estimate_risk_ratio, events, totals, alpha)
    extra = {"log_estimate": found.log_estimate, "std_error": found.standard_error}
    return _describe(found, extra, **place)


def describe_risk_difference(
    events: Sequence[int], totals: Sequence[int], alpha: float, **place: str
) -> list[Statistic]:
    """Return the risk difference, treatment minus reference; not estimable: why."""
    return _describe(_contrast(estimate_risk_difference, events, totals, alpha), {}, **place)


def _contrast(
    estimate: Callable[[Counts, float], RiskContrast],
    events: Sequence[int],
    totals: Sequence[int],
    alpha: float,
) -> RiskContrast:
    try:
        counts = Counts(events[0], totals[0], events[1], totals[1])
    except EstimationError as error:
        return RiskContrast(None, None, None, None, reason=error.reason)
    return estimate(counts, alpha)


def _describe(found: RiskContrast, extra: dict[str, float | None], **place: str) -> list[Statistic]:
    values = (found.estimate, found.ci_low, found.ci_high, found.p_value)
    reason = found.reason or ""
    return [
        Statistic(name, value, **place, warning=reason if value is None else "")
        for name, value in (dict(zip(ESTIMATE, values, strict=True)) | extra).items()
    ]
