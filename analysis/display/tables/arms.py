"""Columns by arm: headings with or without n, and the cells of counts and percentages."""

from analysis.config import Plan
from analysis.display.ard import Ard
from analysis.display.text.format import NOT_COLLECTED, format_count, format_count_percent


def arm_columns(plan: Plan) -> tuple[str, str]:
    """Return the headings of the arms, treatment first."""
    return plan.arms.treatment.label, plan.arms.reference.label


def arm_columns_with_n(ard: Ard, plan: Plan, population: str) -> tuple[str, str]:
    """Return the headings of the arms with the size of the analysis set."""
    sizes = [ard.number("populations", "n", population, code) for code in plan.arms.codes]
    first, second = (
        f"{label} (n = {format_count(size)})"
        for label, size in zip(arm_columns(plan), sizes, strict=True)
    )
    return first, second


def count_cells(
    ard: Ard, plan: Plan, analysis_id: str, population: str, level: str = ""
) -> tuple[str, str, str]:
    """Return n of treatment, reference and both arms together."""
    treatment, reference, both = (
        NOT_COLLECTED
        if ard.is_not_collected(analysis_id, "n", population, group, level)
        else format_count(ard.number(analysis_id, "n", population, group, level))
        for group in (*plan.arms.codes, "")
    )
    return treatment, reference, both


def share_cell(ard: Ard, analysis_id: str, population: str, group: str, level: str) -> str:
    """Return ``65 (12.4%)``, or that it was not collected."""
    if ard.is_not_collected(analysis_id, "n", population, group, level):
        return NOT_COLLECTED
    return format_count_percent(
        ard.number(analysis_id, "n", population, group, level),
        ard.number(analysis_id, "pct", population, group, level),
    )


def share_cells(
    ard: Ard, plan: Plan, analysis_id: str, level: str = "", population: str = "ITT"
) -> tuple[str, ...]:
    """Return ``65 (12.4%)`` of treatment, reference and both arms together."""
    return tuple(
        share_cell(ard, analysis_id, population, group, level) for group in (*plan.arms.codes, "")
    )
