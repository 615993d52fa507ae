"""The measure of the primary analysis, and of all that follow it, in words (SAP 5.6)."""

from analysis.config import Plan
from analysis.display.ard import Ard, Effect
from analysis.display.text.language import say
from analysis.display.text.wording import PRIMARY, adjustment, list_fitted

COMMON_ODDS = "common_odds"
WIN_ODDS = {
    "win_odds": "win odds",
    "win_odds_stratified": "stratified win odds",
    "win_odds_adjusted": "adjusted win odds",
    "win_odds_stratified_adjusted": "stratified, adjusted win odds",
}
"""Win odds by measure, which is also the id of the analysis that always has it."""


def find_measure(plan: Plan, analysis_id: str = PRIMARY) -> str:
    """Return the measure of an analysis: that of the plan, unless it has its own name."""
    if analysis_id in (*WIN_ODDS, COMMON_ODDS):
        return analysis_id
    return plan.primary.measure


def takes_covariates(measure: str) -> bool:
    """Return whether a measure is adjusted for the covariates of the plan."""
    return measure == COMMON_ODDS or measure.endswith("_adjusted")


def name_measure(ard: Ard, plan: Plan, analysis_id: str = PRIMARY) -> str:
    """Return ``adjusted common odds ratio``, or the win odds; "adjusted" only as it was fitted."""
    measure = find_measure(plan, analysis_id)
    has_covariates = bool(list_fitted(ard, plan))
    if measure == COMMON_ODDS:
        return f"{'adjusted ' if has_covariates else ''}common odds ratio"
    return WIN_ODDS[measure if has_covariates else measure.removesuffix("_adjusted")]


def say_measure(plan: Plan) -> str:
    """Return the measure without what it is adjusted for: ``common odds ratio``, ``win odds``."""
    return say_by_measure(plan, "common odds ratio", "win odds")


def say_by_measure(plan: Plan, odds_ratio: str, wins: str, **values: object) -> str:
    """Return what is said of a common odds ratio, or of win odds, as ``say`` does."""
    return say(odds_ratio if plan.primary.is_common_odds else wins, **values)


def name_estimates(plan: Plan) -> str:
    """Return the heading of a column of estimates of the measure."""
    return "Odds ratio" if plan.primary.is_common_odds else "Win odds"


def say_adjustment(ard: Ard, plan: Plan, analysis_id: str = PRIMARY) -> str:
    """Return ``adjusted for age, ...`` or ``without covariates``, as the measure was estimated."""
    if not takes_covariates(plan.primary.measure):
        return say("without covariates")
    return adjustment(ard, plan, analysis_id)


def common_odds_effect(ard: Ard, plan: Plan) -> Effect:
    """Return the common odds ratio: of the primary analysis, or of the model beside it."""
    return ard.effect(plan.primary.common_odds_id, plan.primary.population)
