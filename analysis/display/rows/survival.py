"""Time to death in words: survival by arm, hazard ratio and log-rank test (SAP 9.1)."""

from analysis.config import Plan
from analysis.display.ard import Ard
from analysis.display.text.format import (
    NO_EFFECT_RATIO,
    NOT_ESTIMABLE,
    format_count,
    format_estimate,
    format_number,
    format_p_clause,
)
from analysis.display.text.language import say, say_label
from analysis.display.text.wording import as_fitted, effect_clause, is_crude, list_fitted

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
    effect = ard.effect("death_hr", "SAF")
    name = say(
        "Hazard ratio, {treatment} over {reference}, {adjusted}:",
        adjusted=as_fitted(ard, plan, say("adjusted"), effect),
        treatment=say_label(plan.arms.treatment.label),
        reference=say_label(plan.arms.reference.label),
    )
    return effect_clause(plan, name, effect)


def hazard_clause(ard: Ard, plan: Plan) -> str:
    """Return the hazard ratio with interval and p, without the arms."""
    effect = ard.effect("death_hr", "SAF")
    is_adjusted = bool(list_fitted(ard, plan)) and not is_crude(effect)
    name = say("Adjusted hazard ratio") if is_adjusted else say("Hazard ratio without covariates")
    return effect_clause(plan, name, effect)


def logrank_sentence(ard: Ard, plan: Plan) -> str:
    """Return the log-rank test with statistic and degrees of freedom."""
    row = ard.row("death_logrank", "statistic", "SAF")
    if row.value is None:
        return say("Log-rank test: {result}", result=say(NOT_ESTIMABLE))
    df, p_value = (ard.number("death_logrank", name, "SAF") for name in ("df", "p_value"))
    return say(
        "Log-rank test: chi-square {statistic}, df {df}, {p}",
        statistic=format_number(row.value, 2),
        df=format_count(df),
        p=format_p_clause(p_value, *plan.inference.boundaries),
    )
