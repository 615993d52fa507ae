"""The tipping-point analysis: the pooled effect at every pair of shifts (SAP 6)."""

from analysis.config import Plan
from analysis.display.ard import Ard
from analysis.display.rows.shift import shift_level
from analysis.display.rows.tipping import NOT_RUN, has_grid, say_verdict
from analysis.display.tables.effects import (
    joint_cells,
    list_notes,
    list_reasons,
    name_model_of_measure,
    read_methods,
)
from analysis.display.tables.table import Row, Table, keep_sentences
from analysis.display.text.conclusion.measure import name_estimates
from analysis.display.text.format import format_number, format_plain
from analysis.display.text.wording import confidence, odds_direction, registry_line
from analysis.errors.reason import read_reason
from analysis.errors.reason_codes import ReasonCode

NOT_CROSSED = "not crossed"
FRONTIERS = {"frontier_benefit": "benefit", "frontier_harm": "harm"}


def build_tipping(ard: Ard, plan: Plan, stamp: str) -> Table:
    """Return estimate and interval, p-value and frontier: rows treatment, columns reference."""
    treatment, reference = plan.arms.treatment.label, plan.arms.reference.label
    shifts = plan.sensitivity.tipping.shifts if has_grid(plan) else ()
    columns = [f"{reference} {format_plain(shift)}" for shift in shifts]
    return Table(
        id="t_tipping_point",
        title="Tipping-point analysis: shifts of the imputed outcomes towards worse",
        columns=(f"{treatment}, shift", *columns),
        rows=(*_grid_rows(ard, plan), *_frontier_rows(ard, plan)) if has_grid(plan) else (),
        footnotes=_footnotes(ard, plan),
        stamp=stamp,
        registry=registry_line(plan),
    )


def _footnotes(ard: Ard, plan: Plan) -> tuple[str, ...]:
    if not has_grid(plan):
        return (NOT_RUN,)
    shifts = plan.sensitivity.tipping.shifts
    effects = {
        f"{format_plain(treated)}, {format_plain(other)}": ard.effect(
            "sens_tipping", plan.primary.population, shift_level(plan, treated, other)
        )
        for other in shifts
        for treated in shifts
    }
    return keep_sentences(
        (
            odds_direction(plan),
            name_model_of_measure(ard, plan, plan.primary.population),
            say_verdict(ard, plan),
            "A shift is on the scale of the cumulative logits of imputed outcomes. All p-values "
            "are nominal.",
            *read_methods(ard, "sens_tipping"),
            list_reasons(effects),
            *(note for note in list_notes(ard, "sens_tipping")
              if read_reason(note).code is not ReasonCode.NOT_CROSSED),
        )
    )  # fmt: skip


def _grid_rows(ard: Ard, plan: Plan) -> list[Row]:
    """Estimates with intervals, then the p-values in the same places."""
    sections = (f"{name_estimates(plan)} ({confidence(plan)})", "p")
    shifts = plan.sensitivity.tipping.shifts
    return [
        Row(
            format_plain(treated),
            tuple(_cell(ard, plan, treated, other)[part] for other in shifts),
            section,
        )
        for part, section in enumerate(sections)
        for treated in shifts
    ]


def _cell(ard: Ard, plan: Plan, treated: float, reference: float) -> tuple[str, str]:
    level = shift_level(plan, treated, reference)
    return joint_cells(ard.effect("sens_tipping", plan.primary.population, level), plan)


def _frontier_rows(ard: Ard, plan: Plan) -> list[Row]:
    """The shift of the treatment arm at which p crosses alpha, by shift of the reference arm."""
    section = f"Shift at which p crosses {format_plain(plan.inference.alpha)}"
    code = plan.arms.reference.code
    shifts = plan.sensitivity.tipping.shifts
    return [
        Row(
            f"{side.capitalize()} of {plan.arms.treatment.label}",
            tuple(_crossing(ard, plan, name, f"{code}={shift:g}") for shift in shifts),
            section,
        )
        for name, side in FRONTIERS.items()
    ]


def _crossing(ard: Ard, plan: Plan, name: str, level: str) -> str:
    shift = ard.number("sens_tipping", name, plan.primary.population, level=level)
    return NOT_CROSSED if shift is None else format_number(shift, 2)
