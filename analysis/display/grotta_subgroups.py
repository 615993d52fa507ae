"""The mRS by arm in every level of every subgroup (SAP 8.4)."""

from __future__ import annotations

from matplotlib.figure import Figure

from analysis.config import Plan
from analysis.display.ard import Ard
from analysis.display.grotta_panels import Panel, Sheet, describe_panels, draw_panels
from analysis.display.segments import WHOLE, Source
from analysis.display.subgroup_lines import NO_CLAIM, name_level
from analysis.display.wording import (
    SETS,
    confidence,
    covariates_in_words,
    direction,
    effect_clause,
    outcome_name,
    primary_effect,
)

NO_SUBGROUPS = "The plan names no subgroup."


def draw_subgroup_bars(ard: Ard, plan: Plan, stamp: str) -> Figure:
    """Return the bars of both arms in every level, with the odds ratio within it.

    Raises AnalysisError if a row of the frame is absent.
    """
    title = f"Modified Rankin Scale at day {plan.outcome.day} in subgroups"
    words = caption(ard, plan), alternative(ard, plan)
    sheet = Sheet(title, *words, stamp, 2, WHOLE)
    return draw_panels(ard, plan, read_panels(ard, plan), sheet)


def read_panels(ard: Ard, plan: Plan) -> tuple[Panel, ...]:
    """Return a panel for each level that the analysis has, in the order of the plan."""
    population = plan.subgroups.population
    panels: list[Panel] = []
    for factor in plan.subgroups.factors:
        held = ard.select(f"subgroup_{factor.name}", population, stat_name="estimate")
        for number, row in enumerate(held):
            source = Source(f"mrs_distribution_{factor.name}", population, row.level)
            effect = ard.effect(f"subgroup_{factor.name}", population, row.level)
            label = f"{factor.label}: {name_level(factor, row.level)}"
            panels.append(Panel(label, source, effect, begins=not number))
    return tuple(panels)


def caption(ard: Ard, plan: Plan) -> str:
    """Return what stands under the figure: set, n, model, overall estimate and direction."""
    overall = effect_clause(plan, "the primary estimate", primary_effect(ard, plan))
    if not plan.subgroups.factors:
        return f"{NO_SUBGROUPS} For comparison, {overall}."
    return (
        f"Distribution of the {outcome_name(plan)} by arm in subgroups, "
        f"{SETS[plan.subgroups.population]}; percentages of those with an outcome (n), rounded to "
        f"add up to 100. At the right of each pair: common odds ratio ({confidence(plan)}) of the "
        f"proportional-odds model adjusted for {covariates_in_words(plan)} within the level; "
        f"{direction(plan)}. For comparison, {overall}. {NO_CLAIM}"
    )


def alternative(ard: Ard, plan: Plan) -> str:
    """Return the figure in words."""
    panels = describe_panels(ard, plan, read_panels(ard, plan))
    return f"Stacked bars by subgroup, percent at each mRS. {panels} ({direction(plan)})"
