"""Deaths and intracranial haemorrhage by arm with their contrasts (SAP 9.1, 9.2)."""

from __future__ import annotations

from analysis.config import Plan
from analysis.display.ard import Ard
from analysis.display.format import (
    NO_EFFECT_DIFFERENCE,
    NO_EFFECT_RATIO,
    format_count,
    format_estimate,
    format_p,
    format_percent,
)
from analysis.display.table import Row, Table, keep_sentences
from analysis.display.tables.arms import arm_columns
from analysis.display.wording import SETS, confidence, registry_line, risk_direction

PERCENTAGE_POINTS = 100
PARTS = ("", "_rr", "_rd")


def build_safety(ard: Ard, plan: Plan, stamp: str) -> Table:
    """Return events by arm, risk ratio and risk difference of the safety outcomes."""
    interval = confidence(plan)
    outcomes = _outcomes(plan)
    rows = [row for outcome in outcomes for row in _outcome_rows(ard, plan, *outcome)]
    names = [f"{analysis_id}{part}" for analysis_id, _, _ in outcomes for part in PARTS]
    return Table(
        id="t_safety",
        title="Safety outcomes",
        columns=(
            "Events / subjects (%)",
            *arm_columns(plan),
            f"Risk ratio ({interval})",
            "p (ratio)",
            f"Risk difference, % ({interval})",
            "p (difference)",
        ),
        rows=tuple(rows),
        footnotes=keep_sentences(
            (
                risk_direction(plan),
                *_methods(ard, names),
                "Risk differences are in percentage points.",
                "Unknown status counts as no event. All p-values are nominal.",
                *ard.warnings(*names),
            )
        ),
        stamp=stamp,
        registry=registry_line(plan),
    )


def _outcomes(plan: Plan) -> tuple[tuple[str, str, str], ...]:
    day, hours = plan.safety.death_day, f"{plan.safety.haemorrhage_hours:g}"
    return (
        ("death_90d", "SAF", f"Death by day {day}"),
        ("sich_48h", "SAF", f"Symptomatic intracranial haemorrhage within {hours} h"),
        ("ich_any_48h", "SAF", f"Any intracranial haemorrhage within {hours} h"),
        ("death_90d", "ITT", f"Death by day {day}"),
    )


def _outcome_rows(ard: Ard, plan: Plan, analysis_id: str, population: str, label: str) -> list[Row]:
    section = f"{SETS[population]}, {'as treated' if population == 'SAF' else 'as randomised'}"
    cells = [_events(ard, analysis_id, population, code) for code in plan.arms.codes]
    ratio = _contrast(ard, plan, f"{analysis_id}_rr", population, NO_EFFECT_RATIO, 2, 1)
    difference = _contrast(
        ard, plan, f"{analysis_id}_rd", population, NO_EFFECT_DIFFERENCE, 1, PERCENTAGE_POINTS
    )
    section = section[0].upper() + section[1:]
    rows = [Row(label, (*cells, *ratio, *difference), section)]
    unknown = [ard.find(analysis_id, "n_unknown", population, code) for code in plan.arms.codes]
    if all(unknown):
        counts = tuple(format_count(row.value) for row in unknown if row is not None)
        rows.append(Row("Status unknown", (*counts, "", "", "", ""), section, ""))
    return rows


def _events(ard: Ard, analysis_id: str, population: str, arm: str) -> str:
    events, total, percent = (
        ard.number(analysis_id, name, population, arm) for name in ("events", "N", "pct")
    )
    share = f"{format_count(events)} / {format_count(total)}"
    return share if percent is None else f"{share} ({format_percent(percent)})"


def _contrast(
    ard: Ard, plan: Plan, analysis_id: str, population: str, null: float, decimals: int, scale: int
) -> tuple[str, str]:
    effect = ard.effect(analysis_id, population)
    text = format_estimate(effect.estimate, effect.low, effect.high, null, decimals, scale)
    return text, "" if effect.p_value is None else format_p(effect.p_value, plan.inference.alpha)


def _methods(ard: Ard, names: list[str]) -> list[str]:
    """The methods of the contrasts, each named once."""
    rows = [row for name in names for row in ard.select(name, stat_name="estimate")]
    return list(dict.fromkeys(f"{row.method[:1].upper()}{row.method[1:]}." for row in rows))
