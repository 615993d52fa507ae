"""Proportional odds: the effect at each cut point, and the tests (SAP 5.5)."""

from collections.abc import Sequence

from analysis.config import Plan
from analysis.display.ard import Ard, ArdRow
from analysis.display.tables.effects import joint_cells, list_reasons, name_model, read_methods
from analysis.display.tables.efficacy.coefficients import name_term
from analysis.display.tables.table import Row, Table, keep_sentences
from analysis.display.text.conclusion.missing import missing_sentence
from analysis.display.text.format import NOT_ESTIMABLE, format_count, format_number, format_p
from analysis.display.text.wording import (
    confidence,
    cut_label,
    label_sparse,
    odds_direction,
    registry_line,
)

NOT_RUN = "The plan does not run {}."
SOURCES = {"cutpoint": "Logistic regression", "partial_po": "Partial proportional odds"}


def build_proportionality(ard: Ard, plan: Plan, stamp: str) -> Table:
    """Return the odds ratio at each cut point: by logistic regression and by one joint model."""
    run = [name for name in SOURCES if name in plan.analyses.run]
    columns = [
        column
        for name in run
        for column in (f"{SOURCES[name]}, odds ratio ({confidence(plan)})", _p_column(name))
    ]
    levels = plan.co_reported.cut_points if run else ()
    effects = {
        f"{SOURCES[name]}, {cut_label(plan, level)}": ard.effect(
            name, plan.primary.population, str(level)
        )
        for name in run
        for level in levels
    }
    return Table(
        id="t_proportionality",
        title="Odds ratio at each cut point",
        columns=("Cut point", *columns),
        rows=tuple(_cut_row(ard, plan, run, level) for level in levels),
        footnotes=keep_sentences(
            (
                odds_direction(plan),
                name_model(ard, plan, plan.primary.population),
                missing_sentence(ard, plan),
                *read_methods(ard, *run),
                *(NOT_RUN.format(name) for name in SOURCES if name not in run),
                list_reasons(effects),
                "The cut points describe the shift, they do not decide the model. All p-values "
                "are nominal.",
            )
        ),
        stamp=stamp,
        registry=registry_line(plan),
    )


def build_tests(ard: Ard, plan: Plan, stamp: str) -> Table:
    """Return the tests of proportional odds with statistic and degrees of freedom."""
    run = [name for name in _TESTS if name in plan.analyses.run]
    rows = [
        _test_row(ard, plan, row, _TESTS[name])
        for name in run
        for row in ard.select(name, plan.primary.population, stat_name="statistic")
    ]
    reasons = [
        row
        for name in run
        for row in ard.select(name, plan.primary.population, stat_name="statistic")
    ]
    return Table(
        id="t_brant",
        title="Tests of proportional odds",
        columns=("Terms", "Chi-square", "Degrees of freedom", "p"),
        rows=tuple(rows),
        footnotes=keep_sentences(
            (
                "A test describes; it decides nothing unless the plan says so.",
                name_model(ard, plan, plan.primary.population),
                missing_sentence(ard, plan),
                *(f"{row.method[:1].upper()}{row.method[1:]}." for row in reasons),
                *(row.warning for row in reasons),
                *(NOT_RUN.format(name) for name in _TESTS if name not in run),
            )
        ),
        stamp=stamp,
        registry=registry_line(plan),
    )


_TESTS = {"brant": "Brant test", "po_lr_treatment": "Non-proportional treatment effect"}


def _p_column(name: str) -> str:
    return "p" if name == "cutpoint" else f"p ({SOURCES[name].lower()})"


def _cut_row(ard: Ard, plan: Plan, run: Sequence[str], level: int) -> Row:
    cells = [
        cell
        for name in run
        for cell in joint_cells(ard.effect(name, plan.primary.population, str(level)), plan)
    ]  # fmt: skip
    label = cut_label(plan, level)
    if "cutpoint" in run:
        label = label_sparse(label, ard.effect("cutpoint", plan.primary.population, str(level)))
    return Row(label, tuple(cells))


def _test_row(ard: Ard, plan: Plan, row: ArdRow, section: str) -> Row:
    arm = row.analysis_id == "po_lr_treatment"
    label = name_term(plan, row.level) if row.level else "Treatment" if arm else "All terms"
    df, p_value = (
        ard.number(row.analysis_id, name, plan.primary.population, level=row.level)
        for name in ("df", "p_value")
    )
    if row.value is None:
        return Row(label, (NOT_ESTIMABLE, "", ""), section)
    cells = (
        format_number(row.value, 2),
        format_count(df),
        format_p(p_value, *plan.inference.boundaries),
    )
    return Row(label, cells, section)
