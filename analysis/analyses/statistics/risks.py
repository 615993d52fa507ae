"""Two risks without covariates as statistics of a result (SAP 8.1, 9)."""

from collections.abc import Callable, Sequence

from analysis.analyses.model_data.arms import share_of
from analysis.config import Plan
from analysis.errors import EstimationError
from analysis.io.result import Statistic
from analysis.models.means_and_risks import (
    Counts,
    RiskContrast,
    estimate_risk_difference,
    estimate_risk_ratio,
)

RATIO_METHOD = "risk ratio, log-Wald interval (Koopman score interval without events)"
DIFFERENCE_METHOD = "risk difference, Miettinen-Nurminen interval, score p"
ESTIMATE = ("estimate", "ci_low", "ci_high", "p_value")


def count_events(
    plan: Plan, events: Sequence[int], totals: Sequence[int], **keys: str
) -> list[Statistic]:
    """Return events, N and pct of each arm, whose counts stand in the plan's order."""
    return [
        statistic
        for code, count, total in zip(plan.arms.codes, events, totals, strict=True)
        for statistic in (
            Statistic("events", count, group=code, **keys),
            Statistic("N", total, group=code, **keys),
            share_of(count, total, group=code, **keys),
        )
    ]


def describe_risk_ratio(
    events: Sequence[int], totals: Sequence[int], alpha: float, **keys: str
) -> list[Statistic]:
    """Return the risk ratio, treatment over reference, on both scales; not estimable: why."""
    contrast = _contrast(estimate_risk_ratio, events, totals, alpha)
    extra = {"log_estimate": contrast.log_estimate, "std_error": contrast.standard_error}
    return _describe(contrast, extra, **keys)


def describe_risk_difference(
    events: Sequence[int], totals: Sequence[int], alpha: float, **keys: str
) -> list[Statistic]:
    """Return the risk difference, treatment minus reference; not estimable: why."""
    return _describe(_contrast(estimate_risk_difference, events, totals, alpha), {}, **keys)


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


def _describe(
    contrast: RiskContrast, extra: dict[str, float | None], **keys: str
) -> list[Statistic]:
    values = (contrast.estimate, contrast.ci_low, contrast.ci_high, contrast.p_value)
    reason = contrast.reason or ""
    return [
        Statistic(name, value, **keys, warning=reason if value is None else "")
        for name, value in (dict(zip(ESTIMATE, values, strict=True)) | extra).items()
    ]
