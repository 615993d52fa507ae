"""Deaths, haemorrhage and other outcomes: counts, risk ratios and differences (SAP 9.1, 9.2)."""

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

from analysis.analyses.model_data.arms import select_set
from analysis.analyses.model_data.covariates import Prepared, prepare_covariates
from analysis.analyses.safety.adjusted_risk import adjust_risk_ratio
from analysis.analyses.safety.haemorrhage_classes import analyse_classes
from analysis.analyses.safety.outcomes import EVENTS, Event
from analysis.analyses.statistics.risks import (
    DIFFERENCE_METHOD,
    RATIO_METHOD,
    count_events,
    describe_risk_difference,
    describe_risk_ratio,
)
from analysis.config import Plan
from analysis.errors.reason import Reason
from analysis.errors.reason_codes import ReasonCode
from analysis.io.result import AnalysisResult, Statistic


def analyse_safety(adsl: pd.DataFrame, plan: Plan) -> list[AnalysisResult]:
    """Return counts, risk ratio and risk difference of every safety outcome and set.

    Beside them the adjusted risk ratio of those that have one, and haemorrhage by class. An outcome
    that no export can tell has the same statistics, all of them not collected.
    """
    prepared = prepare_covariates(adsl, plan)
    by_event = [
        result
        for event in EVENTS
        for population in event.populations
        for result in _analyse_event(event, adsl, population, prepared, plan)
    ]
    return [*by_event, *analyse_classes(adsl, plan)]


def _analyse_event(
    event: Event, adsl: pd.DataFrame, population: str, prepared: Prepared, plan: Plan
) -> list[AnalysisResult]:
    members, arm = select_set(_complete(event, adsl), population)
    if event.among is not None:
        members = members[members[event.among] == "Y"]
    by_arm = [members[members[arm] == code] for code in plan.arms.codes]
    events = [int((rows[event.flag] == "Y").sum()) for rows in by_arm]
    totals = [len(rows) for rows in by_arm]
    keys, alpha = {"variable": event.flag}, plan.inference.other_alpha
    counted = [
        *count_events(plan, events, totals, **keys),
        *_count_unknown(event, by_arm, plan),
    ]
    n = _count_subjects(totals, plan, **keys)
    ratio = describe_risk_ratio(events, totals, alpha, **keys)
    difference = describe_risk_difference(events, totals, alpha, **keys)
    name, estimand = event.analysis_id, event.describe_estimand(population, plan)
    results = [
        AnalysisResult(name, population, "count and percent", tuple(counted), estimand),
        AnalysisResult(f"{name}_rr", population, RATIO_METHOD, (*n, *ratio), estimand),
        AnalysisResult(f"{name}_rd", population, DIFFERENCE_METHOD, (*n, *difference), estimand),
    ]
    if event.is_adjusted:
        adjusted = adjust_risk_ratio(event, members, population, prepared, ratio, plan)
        results.insert(2, adjusted)
    return [_withhold(event, result) for result in results] if event.lacking else results


def _complete(event: Event, adsl: pd.DataFrame) -> pd.DataFrame:
    """ADSL with the flags of an outcome that no export can tell."""
    if not event.lacking:
        return adsl
    return adsl.assign(**{name: None for name in (event.flag, event.unknown) if name})


def _withhold(event: Event, result: AnalysisResult) -> AnalysisResult:
    """The result without a number: neither count, nor denominator, nor contrast."""
    reason = Reason.of(ReasonCode.NOT_COLLECTED, source=event.lacking)
    statistics = (replace(one, value=None, warning=reason) for one in result.statistics)
    return replace(result, statistics=tuple(statistics))


def _count_unknown(event: Event, by_arm: Sequence[pd.DataFrame], plan: Plan) -> list[Statistic]:
    if event.unknown is None:
        return []
    return [
        Statistic(
            "n_unknown", int((rows[event.unknown] == "Y").sum()), group=code, variable=event.flag
        )
        for code, rows in zip(plan.arms.codes, by_arm, strict=True)
    ]


def _count_subjects(totals: Sequence[int], plan: Plan, **keys: str) -> list[Statistic]:
    by_arm = zip(plan.arms.codes, totals, strict=True)
    return [
        Statistic("n", sum(totals), **keys),
        *(Statistic("n", total, group=code, **keys) for code, total in by_arm),
    ]
