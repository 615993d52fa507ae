"""Deaths and intracranial haemorrhage: counts, risk ratios and differences (SAP 9.1, 9.2)."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from analysis.analyses.arms import select_set, share_of
from analysis.config import Plan
from analysis.errors import EstimationError
from analysis.models.two_proportions import (
    Counts,
    RiskContrast,
    estimate_risk_difference,
    estimate_risk_ratio,
)
from analysis.result import AnalysisResult, Statistic

RATIO_METHOD = "risk ratio, log-Wald interval (Koopman score interval without events)"
DIFFERENCE_METHOD = "risk difference, Miettinen-Nurminen interval, score p"


@dataclass(frozen=True)
class Event:
    """A yes-or-no outcome: analysis id, flag, flag of subjects of unknown status, sets."""

    analysis_id: str
    flag: str
    unknown: str | None
    populations: tuple[str, ...]


EVENTS = (
    Event("death_90d", "DTH90FL", None, ("SAF", "ITT")),
    Event("sich_48h", "SICH48FL", "SICHUNFL", ("SAF",)),
    Event("ich_any_48h", "ICH48FL", "ICHUNFL", ("SAF",)),
)


def analyse_safety(adsl: pd.DataFrame, plan: Plan) -> list[AnalysisResult]:
    """Return counts, risk ratio and risk difference of every safety outcome and set."""
    return [
        result
        for event in EVENTS
        for population in event.populations
        for result in _analyse_event(event, adsl, population, plan)
    ]


def _analyse_event(
    event: Event, adsl: pd.DataFrame, population: str, plan: Plan
) -> list[AnalysisResult]:
    members, arm = select_set(adsl, population)
    by_arm = [members[members[arm] == code] for code in plan.arms.codes]
    events = [int((rows[event.flag] == "Y").sum()) for rows in by_arm]
    totals = [len(rows) for rows in by_arm]
    place = {"variable": event.flag}
    counted: list[Statistic] = []
    for code, rows, count, total in zip(plan.arms.codes, by_arm, events, totals, strict=True):
        counted += [
            Statistic("events", count, group=code, **place),
            Statistic("N", total, group=code, **place),
            share_of(count, total, group=code, **place),
        ]
        if event.unknown:
            unknown = int((rows[event.unknown] == "Y").sum())
            counted.append(Statistic("n_unknown", unknown, group=code, **place))
    contrasts = _contrast(events, totals, plan.inference.alpha)
    n = Statistic("n", len(members), **place)
    return [
        AnalysisResult(event.analysis_id, population, "count and percent", tuple(counted)),
        *(
            AnalysisResult(
                f"{event.analysis_id}_{kind}", population, method,
                (n, *_describe(contrast, is_ratio=kind == "rr", **place)),
            )
            for kind, method, contrast in zip(
                ("rr", "rd"), (RATIO_METHOD, DIFFERENCE_METHOD), contrasts, strict=True
            )
        ),
    ]  # fmt: skip


def _contrast(
    events: list[int], totals: list[int], alpha: float
) -> tuple[RiskContrast, RiskContrast]:
    try:
        counts = Counts(events[0], totals[0], events[1], totals[1])
    except EstimationError as error:
        nothing = RiskContrast(None, None, None, None, reason=str(error))
        return nothing, nothing
    return estimate_risk_ratio(counts, alpha), estimate_risk_difference(counts, alpha)


def _describe(contrast: RiskContrast, *, is_ratio: bool, **place: str) -> list[Statistic]:
    values = {
        "estimate": contrast.estimate,
        "ci_low": contrast.ci_low,
        "ci_high": contrast.ci_high,
        "p_value": contrast.p_value,
    }
    if is_ratio:
        values |= {"log_estimate": contrast.log_estimate, "std_error": contrast.standard_error}
    warning = f"not estimable: {contrast.reason}" if contrast.reason else ""
    return [
        Statistic(name, value, **place, warning=warning if value is None else "")
        for name, value in values.items()
    ]
