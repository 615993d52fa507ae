"""Roles of analyses: confirmatory (SAP 5.5, 7), sensitivity or supplementary (SAP 6)."""

from collections.abc import Sequence
from dataclasses import replace
from typing import get_args

from analysis.config import Plan
from analysis.config.blocks.shift import SensitivityId
from analysis.io.result import AnalysisResult, Statistic

CONFIRMATORY_NAME = "confirmatory"
PRIMARY = "primary"


def mark_confirmatory(results: Sequence[AnalysisResult], plan: Plan) -> list[AnalysisResult]:
    """Return the results; where the plan allows another, the confirmatory analysis is marked.

    It is the primary one (SAP 5), and nothing is marked, unless the plan prespecifies ``sens_mi``
    or switches where its test of proportional odds rejects. Then statistic ``confirmatory`` is 1
    of the analysis chosen and 0 of a primary one whose p-value is nominal. A test that is not
    estimable switches nothing.
    """
    if not plan.primary.needed:
        return list(results)
    chosen, note = _choose(results, plan)
    marked = []
    for result in results:
        is_chosen = result.analysis_id == chosen
        if is_chosen or result.analysis_id == PRIMARY:
            mark = Statistic(CONFIRMATORY_NAME, int(is_chosen))
            result = replace(
                result,
                statistics=(*result.statistics, mark),
                warnings=(*result.warnings, *([note] if note else [])),
            )
        marked.append(result)
    return marked


def _choose(results: Sequence[AnalysisResult], plan: Plan) -> tuple[str, str]:
    """The id of the confirmatory analysis, and what the reader must know of it."""
    primary = plan.primary
    if primary.confirmatory != PRIMARY:
        return primary.confirmatory, f"the plan prespecifies {primary.confirmatory} as confirmatory"
    p_value = _find_p(results, primary.switch_test)
    if p_value is None:
        return PRIMARY, f"{primary.switch_test} is not estimable: the plan's switch is not made"
    if p_value >= plan.inference.alpha:
        return PRIMARY, ""
    return primary.switch_to, (
        f"{primary.switch_test} rejects proportional odds: by the plan {primary.switch_to} is the "
        "confirmatory analysis"
    )


def _find_p(results: Sequence[AnalysisResult], analysis_id: str) -> int | float | None:
    """The p-value of all terms together, or of the one that is tested."""
    return next(
        statistic.value
        for result in results
        if result.analysis_id == analysis_id
        for statistic in result.statistics
        if statistic.name == "p_value" and not statistic.level
    )


ROLE_NAME = "same_estimand"


def mark_role(result: AnalysisResult) -> AnalysisResult:
    """Return the result with its role: statistic ``same_estimand`` (1 or 0) and diagnostic."""
    is_sensitivity = result.analysis_id in get_args(SensitivityId)
    role = "sensitivity analysis" if is_sensitivity else "supplementary analysis"
    return replace(
        result,
        statistics=(*result.statistics, Statistic(ROLE_NAME, int(is_sensitivity))),
        diagnostics={**result.diagnostics, "role": role},
    )
