"""Win odds and functional independence in an abstract (SAP 5.4, 8.1)."""

from collections.abc import Mapping

from analysis.config import Plan
from analysis.config.plan import Arm
from analysis.display.ard import Ard, Effect
from analysis.display.prose.journal import EffectMeasure, Journal, Passage, name_group
from analysis.display.text.favours import odds_of
from analysis.display.text.wording import is_crude, list_fitted

INDEPENDENT = 2
"""Functional independence: an mRS up to this level."""

WIN_ODDS = "win_odds"
DIFFERENCE = (0.0, 1, 100)
"""No effect, decimals and factor of a risk difference in percentage points."""


def say_win_odds(ard: Ard, plan: Plan, journal: Journal) -> Passage:
    """Return the unadjusted win odds, if the plan runs them."""
    if WIN_ODDS not in plan.analyses.run:
        return Passage(left_out=(f"The plan does not run the win odds ({WIN_ODDS}).",))
    if plan.primary.measure == WIN_ODDS:  # said as the primary result
        return Passage()
    effect = ard.effect(WIN_ODDS, plan.primary.population)
    has_p = journal.shows_nominal_p
    text = journal.estimate(EffectMeasure(WIN_ODDS), effect, plan, has_p)
    notes = () if effect.estimate is not None else (f"Win odds: {effect.reason}.",)
    which = "" if plan.primary.is_common_odds else "unadjusted "
    return Passage((f"The {which}win odds for a {odds_of(plan)} score were {text}.",), notes)


def say_independence(ard: Ard, plan: Plan, journal: Journal) -> Passage:
    """Return functional independence by arm with adjusted risk ratio and difference."""
    first = plan.outcome.levels[0]
    name = f"mrs_{first}_{INDEPENDENT}"
    if INDEPENDENT not in plan.secondary.dichotomies:
        return Passage(left_out=(f"The plan does not run the dichotomy mRS 0-{INDEPENDENT}.",))
    span = f"{first}{journal.numbers.joint}{INDEPENDENT}"
    population = plan.secondary.population
    ratio, difference = (
        ard.effect(f"{name}{ending}", population) for ending in ("_rr_adjusted", "_rd_adjusted")
    )
    is_adjusted = bool(list_fitted(ard, plan)) and not is_crude(ratio)
    adjusted = "adjusted " if is_adjusted else ""
    effects = {
        EffectMeasure(f"{adjusted}risk ratio"): ratio,
        EffectMeasure(f"{adjusted}risk difference", *DIFFERENCE): difference,
    }
    clauses = journal.contrast(effects, plan)
    both = count_arms(ard, plan, journal, name, population)
    notes = list_reasons(f"mRS 0-{INDEPENDENT}", effects)
    return Passage((f"A score of {span} was reached by {both} ({clauses}).",), notes)


def count_arms(ard: Ard, plan: Plan, journal: Journal, name: str, population: str) -> str:
    """Return ``88 of 535 patients (16.4%) in the placebo group`` of either arm."""
    arms = (plan.arms.treatment, plan.arms.reference)
    totals = [ard.require(name, "N", population, arm.code) for arm in arms]
    return " and ".join(
        _count_arm(ard, journal, name, population, arm, max(totals)) for arm in arms
    )


def list_reasons(words: str, effects: Mapping[EffectMeasure, Effect]) -> tuple[str, ...]:
    """Return why which effects of an outcome are not estimable: sentences."""
    return tuple(
        f"{words}, {measure.name}: {effect.reason}."
        for measure, effect in effects.items()
        if effect.estimate is None
    )


def _count_arm(
    ard: Ard, journal: Journal, name: str, population: str, arm: Arm, largest: float
) -> str:
    events, total = (ard.require(name, stat, population, arm.code) for stat in ("events", "N"))
    percent = ard.number(name, "pct", population, arm.code)
    return f"{journal.count(events, total, percent, largest)} in {name_group(arm)}"
