"""The primary effect in subgroups below the overall one (SAP 8.4)."""

from __future__ import annotations

from matplotlib.figure import Figure

from analysis.config import Plan
from analysis.display.ard import Ard
from analysis.display.forest import GAP, SIZE, ForestRow, Layout, Words, draw_forest
from analysis.display.subgroup_lines import NO_CLAIM, FactorLines, count_arms, read_factors
from analysis.display.typography import wrap_text
from analysis.display.wording import (
    SETS,
    confidence,
    covariates_in_words,
    direction,
    effect_clause,
    outcome_name,
    primary_effect,
)

COUNT_LEFT, PLOT_LEFT = 1.72, 2.9
MOST_LINES = 3
NO_SUBGROUPS = "The plan names no subgroup."


def draw_subgroups(ard: Ard, plan: Plan, stamp: str) -> Figure:
    """Return the forest plot: the overall effect on top, then every level of every factor.

    Which side of 1 favours the treatment is the plan's. Raises AnalysisError if a row of the
    frame is absent.
    """
    factors = read_factors(ard, plan)
    rows = [_overall_row(ard, plan), *(row for factor in factors for row in _rows(factor))]
    words = Words(
        f"{outcome_name(plan)} in subgroups", caption(ard, plan), alternative(ard, plan), stamp
    )
    return draw_forest(plan, _layout(plan), rows, words)


def caption(ard: Ard, plan: Plan) -> str:
    """Return what stands under the figure: model, set, guiding line, direction and the warning."""
    overall = effect_clause(plan, "the primary estimate", primary_effect(ard, plan))
    factors = read_factors(ard, plan)
    if not factors:
        return f"{NO_SUBGROUPS} Diamond: {overall}."
    reasons = [f"{factor.label} ({factor.reason})" for factor in factors if factor.reason]
    absent = f" Interaction without a p-value: {'; '.join(reasons)}." if reasons else ""
    return (
        f"Common odds ratio of the proportional-odds model adjusted for "
        f"{covariates_in_words(plan)} within each level, {SETS[plan.subgroups.population]}; "
        f"{direction(plan)}. n: {plan.arms.treatment.label} / {plan.arms.reference.label}. Dashed "
        f"line, band and diamond: {overall}. p for interaction by "
        f"likelihood ratio, nominal.{absent} {NO_CLAIM}"
    )


def alternative(ard: Ard, plan: Plan) -> str:
    """Return the figure in words."""
    overall = effect_clause(plan, "All subjects", primary_effect(ard, plan))
    texts = [
        f"{factor.label}, p for interaction {factor.p_interaction}: "
        + "; ".join(effect_clause(plan, line.label, line.effect) for line in factor.levels)
        for factor in read_factors(ard, plan)
    ]
    return f"Forest plot of odds ratios ({direction(plan)}). {'. '.join([overall, *texts])}."


def _layout(plan: Plan) -> Layout:
    return Layout(
        label="Subgroup",
        count=_count_heading(plan),
        estimate=f"Odds ratio ({confidence(plan)})",
        count_left=COUNT_LEFT,
        plot_left=PLOT_LEFT,
        plot_right=4.85,
        estimate_right=6.1,
        last="p for interaction",
    )


def _count_heading(plan: Plan) -> str:
    """The names of the arms, unless they take too many lines: the caption then has them."""
    named = f"{plan.arms.treatment.label} / {plan.arms.reference.label}, n"
    lines = wrap_text(named, SIZE, PLOT_LEFT - COUNT_LEFT - GAP, "bold")
    return named if len(lines) <= MOST_LINES else "Treatment / reference, n"


def _overall_row(ard: Ard, plan: Plan) -> ForestRow:
    count = " / ".join(count_arms(ard, plan, "primary", plan.primary.population))
    return ForestRow("All subjects", count, primary_effect(ard, plan), guiding=True)


def _rows(factor: FactorLines) -> list[ForestRow]:
    """The factor with its p for interaction, and its levels."""
    levels = [ForestRow(line.label, " / ".join(line.n), line.effect) for line in factor.levels]
    return [ForestRow(factor.label, last=factor.p_interaction), *levels]
