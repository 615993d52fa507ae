"""Grotta bars of the analyses of the primary outcome: the mRS that each is made of (SAP 6)."""

from matplotlib.figure import Figure

from analysis.config import Plan
from analysis.display.ard import Ard
from analysis.display.figures.grotta.panels import Panel, Sheet, describe_panels, draw_panels
from analysis.display.figures.grotta.segments import SMALL, Source
from analysis.display.rows.shift import ShiftLine, list_other_analyses, read_line
from analysis.display.text.conclusion.measure import say_adjustment, say_by_measure
from analysis.display.text.language import join_sentences, say
from analysis.display.text.wording import (
    confidence,
    direction,
    label_confidence,
    outcome_name,
)

IMPUTED = "sens_mi"


def draw_sensitivity_bars(ard: Ard, plan: Plan, stamp: str) -> Figure:
    """Return the bars of the primary analysis, and of each with other outcomes or subjects.

    Raises AnalysisError if a row of the frame is absent.
    """
    title = say("Modified Rankin Scale at day {day} by analysis", day=plan.outcome.day)
    words = caption(ard, plan), alternative(ard, plan)
    return draw_panels(ard, plan, read_panels(ard, plan), Sheet(title, *words, stamp, 1, SMALL))


def read_panels(ard: Ard, plan: Plan) -> tuple[Panel, ...]:
    """Return the primary analysis, then those whose distribution is another one."""
    primary = read_line(ard, plan, "primary", say("Primary analysis"))
    others = [_read_panel(ard, plan, line) for line in list_other_analyses(ard, plan)]
    label = label_confidence(plan, primary.label, primary.effect)
    first = Panel(label, Source("mrs_distribution", primary.population), primary.effect)
    return first, *(panel for panel in others if panel)


def caption(ard: Ard, plan: Plan) -> str:
    """Return what stands under the figure: what is counted, model, interval and direction."""
    imputed = IMPUTED in plan.analyses.run
    what = say(
        "Distribution of the {outcome} by arm in the analyses that are made of other outcomes or "
        "subjects than the primary one; percentages and counts of those analysed (n), rounded to "
        "add up to 100.",
        outcome=outcome_name(plan),
    )
    mean = say("Multiple imputation: means over the imputations, counts rounded.")
    estimates = say_by_measure(
        plan,
        "At the right of each pair: common odds ratio ({confidence}) of the proportional-odds "
        "model {adjustment}; {direction}. All but the primary one are nominal.",
        "At the right of each pair: win odds ({confidence}) {adjustment}; {direction}. All but the "
        "primary one are nominal.",
        confidence=confidence(plan),
        adjustment=say_adjustment(ard, plan),
        direction=direction(plan),
    )
    return join_sentences((what, mean if imputed else "", estimates))


def alternative(ard: Ard, plan: Plan) -> str:
    """Return the figure in words."""
    panels = describe_panels(ard, plan, read_panels(ard, plan))
    return say(
        "Stacked bars by analysis, percent at each mRS. {panels} ({direction})",
        panels=panels,
        direction=direction(plan),
    )


def _read_panel(ard: Ard, plan: Plan, line: ShiftLine) -> Panel | None:
    """The panel of an analysis; none where it is of the distribution of the primary one."""
    if line.is_second:
        return None
    own = f"mrs_distribution_{line.analysis_id}"
    analysis_id = "mrs_distribution" if line.analysis_id == "sens_pp" else own
    if not ard.select(analysis_id, line.population):
        return None
    label = label_confidence(plan, line.label, line.effect)
    return Panel(label, Source(analysis_id, line.population), line.effect)
