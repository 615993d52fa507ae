"""The measure of the primary analysis and of all that follow it: common odds ratio or win odds.

The plan names it (``primary.measure``; SAP 5.6). An analysis of other outcomes or subjects, of a
subgroup level or of imputed outcomes is then of the same measure.
"""

from collections.abc import Sequence

import pandas as pd

from analysis.analyses.model_data.design import Design
from analysis.analyses.mrs.common_odds import (
    ESTIMANDS,
    analyse_common_odds,
    estimate_common_odds,
    note_model,
)
from analysis.analyses.mrs.win_odds import compare_wins, describe_no_wins, name_method
from analysis.analyses.statistics.estimates import diagnose
from analysis.config import Plan
from analysis.errors import EstimationError
from analysis.errors.reason_codes import ReasonCode
from analysis.io.result import AnalysisResult, Statistic

COMMON_ODDS = "common_odds"
"""The measure as shipped; of another one, the id of the model of SAP 5.1 beside it."""


def analyse_effect(
    analysis_id: str,
    population: str,
    design: Design,
    adsl: pd.DataFrame,
    plan: Plan,
    *,
    detail: str = "",
    estimand: str = "",
    merged: Sequence[int] = (),
    further: Sequence[Statistic] = (),
    warnings: Sequence[str] = (),
) -> AnalysisResult:
    """Return the effect of a design by the measure of the plan; not estimable with the reason.

    ``adsl`` holds the strata. ``detail``: what sets the analysis apart, for its method. The rest as
    in ``analyse_common_odds``.
    """
    method = name_effect_method(plan, detail)
    if plan.primary.is_common_odds:
        return analyse_common_odds(
            analysis_id, population, design, plan, method=method, estimand=estimand, merged=merged,
            further=further, warnings=warnings,
        )  # fmt: skip
    estimand = estimand or ESTIMANDS[population]
    try:
        found = compare_wins(plan.primary.measure, design, adsl, plan)
    except EstimationError as error:
        effect = describe_no_wins(plan.primary.measure, error.reason)
        return AnalysisResult(
            analysis_id, population, method, (*design.counts, *further, *effect), estimand,
            warnings=tuple(warnings),
        )  # fmt: skip
    return AnalysisResult(
        analysis_id, population, method,
        (*found.design.counts, *further, *found.describe(analysis_id, plan)), estimand,
        warnings=(*found.notes, *warnings),
    )  # fmt: skip


def analyse_primary(
    analysis_id: str, design: Design, adsl: pd.DataFrame, plan: Plan
) -> AnalysisResult:
    """Return the primary analysis; raises EstimationError if it has no estimate (SAP 5.3)."""
    population, method = plan.primary.population, name_effect_method(plan)
    try:
        if not plan.primary.is_common_odds:
            wins = compare_wins(plan.primary.measure, design, adsl, plan)
            return AnalysisResult(
                analysis_id, population, method,
                (*wins.design.counts, *wins.describe(analysis_id, plan)), ESTIMANDS[population],
                warnings=wins.notes,
            )  # fmt: skip
        fit, effect = estimate_common_odds(analysis_id, design, plan)
    except EstimationError as error:
        raise EstimationError(ReasonCode.NO_PRIMARY_ANALYSIS, reason=error.reason) from error
    return AnalysisResult(
        analysis_id, population, method, (*design.counts, *effect), ESTIMANDS[population],
        diagnose(fit), note_model(fit, design, plan),
    )  # fmt: skip


def name_effect_method(plan: Plan, detail: str = "") -> str:
    """Return the method of the measure, with what sets an analysis apart before its interval."""
    if not plan.primary.is_common_odds:
        method, _, interval = name_method(plan.primary.measure, plan).rpartition(", ")
    else:
        method, interval = "proportional odds, adjusted", "Wald interval"
    return ", ".join(filter(None, (method, detail, interval)))
