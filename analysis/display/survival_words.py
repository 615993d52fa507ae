"""Time to death in words: survival by arm, hazard ratio and log-rank test (SAP 9.1)."""

from __future__ import annotations

from analysis.config import Plan
from analysis.display.ard import Ard
from analysis.display.format import (
    NO_EFFECT_RATIO,
    NOT_ESTIMABLE,
    format_count,
    format_estimate,
    format_number,
    format_p_clause,
)
from analysis.display.wording import effect_clause

PERCENT = 100


def survival_cells(ard: Ard, plan: Plan) -> tuple[str, ...]:
    """Return the share alive on the last day with its interval, in percent, of each arm."""
    level = str(plan.safety.death_day)
    texts = []
    for code in plan.arms.codes:
        alive, low, high = (
            ard.number("death_km", name, "SAF", code, level)
            for name in ("estimate", "ci_low", "ci_high")
        )
        texts.append(format_estimate(alive, low, high, NO_EFFECT_RATIO, 1, PERCENT))
    return tuple(texts)


def hazard_sentence(ard: Ard, plan: Plan) -> str:
    """Return the hazard ratio with interval and p, treatment over reference."""
    arms = f"{plan.arms.treatment.label} over {plan.arms.reference.label}"
    return effect_clause(plan, f"Hazard ratio, {arms}, adjusted:", ard.effect("death_hr", "SAF"))


def hazard_clause(ard: Ard, plan: Plan) -> str:
    """Return the hazard ratio with interval and p, without the arms."""
    return effect_clause(plan, "Adjusted hazard ratio", ard.effect("death_hr", "SAF"))


def logrank_sentence(ard: Ard, plan: Plan) -> str:
    """Return the log-rank test with statistic and degrees of freedom."""
    row = ard.row("death_logrank", "statistic", "SAF")
    if row.value is None:
        return f"Log-rank test: {NOT_ESTIMABLE}"
    df, p_value = (ard.number("death_logrank", name, "SAF") for name in ("df", "p_value"))
    clause = format_p_clause(p_value, plan.inference.alpha)
    statistic = format_number(row.value, 2)
    return f"Log-rank test: chi-square {statistic}, df {format_count(df)}, {clause}"
