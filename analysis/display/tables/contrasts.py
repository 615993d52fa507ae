"""Rows of an outcome compared between arms: effect, both arms, estimate with interval, p-value."""

from collections.abc import Callable
from dataclasses import dataclass

from analysis.config import Plan
from analysis.config.blocks.sparse import FIRTH
from analysis.display.ard import Ard, Effect
from analysis.display.tables.arms import arm_columns
from analysis.display.tables.effects import PERCENTAGE_POINTS, joint_cells
from analysis.display.tables.table import Row
from analysis.display.text.format import (
    NO_EFFECT_DIFFERENCE,
    NO_EFFECT_RATIO,
    NOT_COLLECTED,
    format_count,
    format_percent,
)
from analysis.display.text.wording import confidence, is_crude, is_penalised

NO_ARMS = ("", "")


@dataclass(frozen=True)
class ContrastRow:
    """The row of one effect measure: ending of the analysis id, name, and how it is written."""

    ending: str
    name: str
    null: float = NO_EFFECT_RATIO
    decimals: int = 2
    scale: int = 1


RISK_RATIO = ContrastRow("_rr", "Risk ratio")
RISK_DIFFERENCE = ContrastRow(
    "_rd", "Risk difference, %", NO_EFFECT_DIFFERENCE, 1, PERCENTAGE_POINTS
)  # fmt: skip


def contrast_columns(plan: Plan, first: str) -> tuple[str, ...]:
    """Return the headings: ``first``, both arms, estimate with interval, p-value."""
    return first, *arm_columns(plan), f"Estimate ({confidence(plan)})", "p"


def read_event_cells(
    ard: Ard, plan: Plan, analysis_id: str, population: str, level: str = ""
) -> tuple[str, ...]:
    """Return ``88 / 535 (16.4%)`` of each arm."""
    return tuple(_events(ard, analysis_id, population, code, level) for code in plan.arms.codes)


def effect_row(
    plan: Plan,
    measure: ContrastRow,
    effect: Effect,
    arms: tuple[str, ...],
    section: str,
    group: str,
    *,
    further: tuple[str, ...] = (),
) -> Row:
    """Return the row of one effect; ``arms`` are the texts of treatment and reference.

    Its name says where sparse data left the effect without covariates, or penalised (SAP 5.8).
    ``further``: the cells of columns behind the p-value.
    """
    cells = joint_cells(effect, plan, measure.null, measure.decimals, measure.scale)
    return Row(_name(measure, effect), (*arms, *cells, *further), section, group)


def risk_rows(
    ard: Ard,
    plan: Plan,
    analysis_id: str,
    population: str,
    measures: tuple[ContrastRow, ...],
    section: str,
    group: str,
    further: Callable[[Effect], tuple[str, ...]] = lambda effect: (),
) -> list[Row]:
    """Return one row per measure of an outcome that happens or not, events on the first.

    ``further``: makes the cells of an effect behind its p-value.
    """
    events = read_event_cells(ard, plan, analysis_id, population)
    effects = [ard.effect(f"{analysis_id}{measure.ending}", population) for measure in measures]
    return [
        effect_row(
            plan,
            measure,
            effect,
            NO_ARMS if number else events,
            section,
            group,
            further=further(effect),
        )
        for number, (measure, effect) in enumerate(zip(measures, effects, strict=True))
    ]


def _name(measure: ContrastRow, effect: Effect) -> str:
    if is_crude(effect):
        return measure.name.replace("adjusted", "without covariates")
    return f"{measure.name}, {FIRTH}" if is_penalised(effect) else measure.name


def _events(ard: Ard, analysis_id: str, population: str, arm: str, level: str) -> str:
    if ard.is_not_collected(analysis_id, "events", population, arm, level):
        return NOT_COLLECTED
    events, total, percent = (
        ard.number(analysis_id, name, population, arm, level) for name in ("events", "N", "pct")
    )
    share = f"{format_count(events)} / {format_count(total)}"
    return share if percent is None else f"{share} ({format_percent(percent)})"
