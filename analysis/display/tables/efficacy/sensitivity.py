"""Sensitivity and supplementary analyses of the primary outcome (SAP 6)."""

from analysis.config import Plan
from analysis.display.ard import Ard
from analysis.display.rows.shift import (
    PRIMARY_SECTION,
    ShiftLine,
    add_profile,
    list_other_analyses,
    read_line,
)
from analysis.display.tables.effects import (
    label_p,
    list_line_notes,
    name_own_covariates,
    split_cells,
)
from analysis.display.tables.table import Row, Table, keep_sentences
from analysis.display.text.conclusion.measure import name_estimates, name_measure
from analysis.display.text.format import format_count
from analysis.display.text.wording import confidence, odds_direction, registry_line

NOTHING = "The plan runs no sensitivity or supplementary analysis."
ROLES = (
    "Sensitivity analyses keep the estimand of the primary analysis and change an assumption; "
    "supplementary analyses estimate something else."
)


def build_sensitivity(ard: Ard, plan: Plan, stamp: str) -> Table:
    """Return every analysis of SAP 6 below the primary one, by its role."""
    measure = name_measure(ard, plan).capitalize()
    primary = read_line(ard, plan, "primary", measure, section=PRIMARY_SECTION)
    others = list_other_analyses(ard, plan)
    first: tuple[ShiftLine, ...] = (primary,)
    if plan.primary.is_common_odds:
        first = add_profile(ard, primary, "The same, profile likelihood")
    lines = (*first, *others)
    return Table(
        id="t_sensitivity",
        title="Sensitivity and supplementary analyses of the primary outcome",
        columns=("Analysis", "Set", "n", name_estimates(plan), confidence(plan), "p", "Method"),
        rows=tuple(_build_row(ard, plan, line) for line in lines),
        footnotes=keep_sentences(
            (
                odds_direction(plan),
                ROLES if others else NOTHING,
                name_own_covariates(ard, plan),
                _name_corners(plan),
                *list_line_notes(ard, others),
            )
        ),
        stamp=stamp,
        registry=registry_line(plan),
        text_columns=frozenset({"Set", "Method"}),
    )


def _build_row(ard: Ard, plan: Plan, line: ShiftLine) -> Row:
    estimate, interval, p_value, method = split_cells(line.effect, plan)
    labelled = label_p(ard, plan, line, p_value)
    cells = (line.population, format_count(line.n), estimate, interval, labelled, method)
    return Row(line.label, cells, line.section)


def _name_corners(plan: Plan) -> str:
    if "sens_tipping" not in plan.analyses.run:
        return ""
    return (
        "Imputed and shifted: the corners of the grid of the tipping-point analysis, shifts of the "
        "cumulative logits of imputed outcomes towards worse."
    )
