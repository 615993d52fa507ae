"""Grotta bars of the subgroups: the mRS by arm in every level (SAP 8.4)."""

from matplotlib.figure import Figure

from analysis.config import Plan
from analysis.display.ard import Ard
from analysis.display.figures.grotta.panels import Panel, Sheet, describe_panels, draw_panels
from analysis.display.figures.grotta.segments import WHOLE, Source
from analysis.display.rows.subgroups import NO_CLAIM, NO_SUBGROUPS, name_level
from analysis.display.text.conclusion.confirmatory import primary_clause
from analysis.display.text.conclusion.measure import say_adjustment, say_by_measure
from analysis.display.text.language import join_sentences, join_words, say, say_label
from analysis.display.text.wording import (
    confidence,
    direction,
    outcome_name,
    set_name,
)


def draw_subgroup_bars(ard: Ard, plan: Plan, stamp: str) -> Figure:
    """Return the bars of both arms in every level, with the odds ratio within it.

    Raises AnalysisError if a row of the frame is absent.
    """
    title = say("Modified Rankin Scale at day {day} in subgroups", day=plan.outcome.day)
    words = caption(ard, plan), alternative(ard, plan)
    sheet = Sheet(title, *words, stamp, 2, WHOLE)
    return draw_panels(ard, plan, read_panels(ard, plan), sheet)


def read_panels(ard: Ard, plan: Plan) -> tuple[Panel, ...]:
    """Return a panel for each level that the analysis has, in the order of the plan.

    A factor that was not collected has none.
    """
    population = plan.subgroups.population
    panels: list[Panel] = []
    for factor in plan.subgroups.factors:
        every = ard.select(f"subgroup_{factor.name}", population, stat_name="estimate")
        rows = [row for row in every if not row.is_not_collected]
        for number, row in enumerate(rows):
            source = Source(f"mrs_distribution_{factor.name}", population, row.level)
            effect = ard.effect(f"subgroup_{factor.name}", population, row.level)
            label = f"{say_label(factor.label)}: {name_level(factor, row.level)}"
            panels.append(Panel(label, source, effect, begins=not number))
    return tuple(panels)


def caption(ard: Ard, plan: Plan) -> str:
    """Return what stands under the figure: set, n, model, overall estimate and direction."""
    effect = primary_clause(ard, plan, say("the primary estimate"))
    overall = say("For comparison, {effect}.", effect=effect)
    if not plan.subgroups.factors:
        return join_sentences((say(NO_SUBGROUPS), overall))
    what = say(
        "Distribution of the {outcome} by arm in subgroups, {members}; percentages of those with "
        "an outcome (n), rounded to add up to 100.",
        outcome=outcome_name(plan),
        members=set_name(plan.subgroups.population),
    )
    estimates = say_by_measure(
        plan,
        "At the right of each pair: common odds ratio ({confidence}) of the proportional-odds "
        "model {adjustment} within the level; {direction}.",
        "At the right of each pair: win odds ({confidence}) {adjustment} within the level; "
        "{direction}.",
        confidence=confidence(plan),
        adjustment=say_adjustment(ard, plan),
        direction=direction(plan),
    )
    return join_sentences((what, estimates, overall, _say_not_collected(ard, plan), say(NO_CLAIM)))


def _say_not_collected(ard: Ard, plan: Plan) -> str:
    """The factors that have no panels."""
    names = [
        say_label(factor.label)
        for factor in plan.subgroups.factors
        if any(row.is_not_collected for row in ard.select(f"subgroup_{factor.name}"))
    ]
    return say("Not collected: {names}.", names=join_words(names)) if names else ""


def alternative(ard: Ard, plan: Plan) -> str:
    """Return the figure in words."""
    panels = describe_panels(ard, plan, read_panels(ard, plan))
    return say(
        "Stacked bars by subgroup, percent at each mRS. {panels} ({direction})",
        panels=panels,
        direction=direction(plan),
    )
