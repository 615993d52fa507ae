"""Forest plot of the sensitivity analyses below the primary analysis (SAP 6)."""

from collections.abc import Iterable
from itertools import groupby

from matplotlib.figure import Figure

from analysis.config import Plan
from analysis.display.ard import Ard
from analysis.display.drawing.frame import MARGIN, sheet_width
from analysis.display.drawing.layout import across
from analysis.display.figures.forest.plot import (
    ForestRow,
    Layout,
    Words,
    describe_forest,
    draw_forest,
    head_of_estimates,
)
from analysis.display.rows.shift import ShiftLine, list_other_analyses, read_line
from analysis.display.text.conclusion.confirmatory import primary_clause
from analysis.display.text.conclusion.measure import say_adjustment, say_by_measure
from analysis.display.text.format import format_count
from analysis.display.text.language import join_sentences, say
from analysis.display.text.wording import (
    direction,
    effect_clause,
    label_confidence,
    outcome_name,
)

NOTHING = "The plan runs no other analysis."


def draw_sensitivity(ard: Ard, plan: Plan, stamp: str) -> Figure:
    """Return the forest plot: the primary estimate on top, then sensitivity, then supplementary.

    Which side of 1 favours the treatment is the plan's. Raises AnalysisError if a row of the
    frame is absent.
    """
    lines = list_other_analyses(ard, plan)
    words = Words(
        say("Sensitivity and supplementary analyses of the {outcome}", outcome=outcome_name(plan)),
        caption(ard, plan),
        alternative(ard, plan),
        stamp,
    )
    return draw_forest(plan, _layout(plan), (_primary_row(ard, plan), *_rows(plan, lines)), words)


def caption(ard: Ard, plan: Plan) -> str:
    """Return what stands under the figure: model, guiding line, roles and direction."""
    what = say_by_measure(
        plan,
        "Common odds ratios of proportional-odds models, {adjustment} unless said "
        "otherwise; {direction}.",
        "Win odds, {adjustment} unless said otherwise; {direction}.",
        adjustment=say_adjustment(ard, plan),
        direction=direction(plan),
    )
    primary = primary_clause(ard, plan, say("the primary estimate"))
    guide = say("Dashed line, band and diamond: {effect}.", effect=primary)
    if not list_other_analyses(ard, plan):
        return join_sentences((what, guide, say(NOTHING)))
    roles = say(
        "Sensitivity analyses have the same estimand under other assumptions, supplementary "
        "analyses another one; all are nominal."
    )
    return join_sentences((what, guide, roles))


def alternative(ard: Ard, plan: Plan) -> str:
    """Return the figure in words."""
    primary = primary_clause(ard, plan, say("Primary analysis"))
    others = [effect_clause(plan, line.label, line.effect)
              for line in list_other_analyses(ard, plan)]  # fmt: skip
    is_common = plan.primary.is_common_odds
    return describe_forest(plan, [primary, *others], has_odds_ratios=is_common)


def _layout(plan: Plan) -> Layout:
    return Layout(
        label=say("Analysis"),
        count="n",
        estimate=head_of_estimates(plan, has_odds_ratios=plan.primary.is_common_odds),
        count_left=across(2.62),
        plot_left=across(3.15),
        plot_right=across(5.5),
        estimate_right=sheet_width() - MARGIN,
    )


def _primary_row(ard: Ard, plan: Plan) -> ForestRow:
    line = read_line(ard, plan, "primary", say("Primary analysis"))
    label = label_confidence(plan, line.label, line.effect)
    return ForestRow(label, format_count(line.n), line.effect, guiding=True)


def _rows(plan: Plan, lines: Iterable[ShiftLine]) -> list[ForestRow]:
    rows: list[ForestRow] = []
    for section, members in groupby(lines, key=lambda line: line.section):
        rows.append(ForestRow(say(section)))
        rows += [
            ForestRow(
                label_confidence(plan, line.label, line.effect), format_count(line.n), line.effect
            )
            for line in members
        ]
    return rows
