"""Sentences made from the results frame and the plan; each thing is said in one place."""

from analysis.config import Plan
from analysis.config.blocks.outcome import DEATH_SCORE
from analysis.config.blocks.primary import NOT_IN_MODEL, Covariate
from analysis.config.blocks.sparse import CRUDE, FIRTH
from analysis.display.ard import Ard, Effect
from analysis.display.text.favours import favourable_side, odds_of
from analysis.display.text.format import (
    NOT_ESTIMABLE,
    format_confidence,
    format_estimate,
    format_p_clause,
)
from analysis.display.text.language import join_words, say, say_label
from analysis.display.text.model_reasons import say_reason
from analysis.errors import AnalysisError

SETS = {
    "ITT": "intention-to-treat set",
    "PP": "per-protocol set",
    "SAF": "safety set",
}
SCREENED = "Assessed for eligibility"
SCREENING_REASONS = {
    "not_eligible": "Not eligible",
    "declined": "Declined",
    "other": "Other reason",
}
MRS_LABELS = {
    0: "No symptoms",
    1: "No significant disability",
    2: "Slight disability",
    3: "Moderate disability",
    4: "Moderately severe",
    5: "Severe disability",
    6: "Death",
}
PRIMARY, COEFFICIENTS = "primary", "primary_coefficients"
COVARIATE_WORDS = {
    "AGE": "age",
    "NIHSSBL": "baseline NIHSS",
    "ASPECTS": "ASPECTS",
    "OCCLOC": "occlusion site",
    "LKWRNDH": "time from last known well to randomisation",
    "IVT": "intravenous thrombolysis",
    "MRSPRGR1": "pre-stroke mRS",
}


def set_name(population: str) -> str:
    """Return an analysis set in words: ``intention-to-treat set`` for "ITT"."""
    return say(SETS[population])


def registry_line(plan: Plan) -> str:
    """Return the trial and its registry number, which stand on every output."""
    return f"{plan.trial.acronym}, {plan.trial.registry_id}"


def outcome_name(plan: Plan) -> str:
    """Return ``mRS at day 90``."""
    return say("mRS at day {day}", day=plan.outcome.day)


def confidence(plan: Plan, analysis_id: str = "") -> str:
    """Return ``95% CI``: what the interval of an analysis is, or that of all but the first."""
    return say("{level} CI", level=format_confidence(plan.alpha_of(analysis_id)))


def own_confidence(plan: Plan, effect: Effect) -> str:
    """Return ``97.5% CI`` where an interval is not of the confidence of all others; else nothing.

    So is that of the primary analysis where alpha and level are apart, under a heading of 95%.
    """
    own = confidence(plan, effect.analysis_id)
    return own if own != confidence(plan) and effect.low is not None else ""


def label_confidence(plan: Plan, label: str, effect: Effect) -> str:
    """Return the label of an effect, ``Primary analysis (97.5% CI)`` where that is its own."""
    own = own_confidence(plan, effect)
    return say("{name} ({meaning})", name=label, meaning=own) if own else label


def direction(plan: Plan) -> str:
    """Return which way an odds ratio points (SAP 1.2), as a clause."""
    sign = {"above": ">", "below": "<"}[favourable_side(plan)]
    arm = say_label(plan.arms.treatment.label)
    return say("{sign} 1 favours {arm}: lower mRS", sign=sign, arm=arm)


def odds_direction(plan: Plan) -> str:
    """Return the direction of odds ratios and win odds as a sentence (SAP 1.2)."""
    side, treatment = favourable_side(plan), plan.arms.treatment.label
    return f"Odds ratios and win odds {side} 1 favour {treatment} (lower mRS)."


def risk_direction(plan: Plan) -> str:
    """Return the direction of risk ratios and differences as a sentence (SAP 1.2)."""
    treatment, reference = plan.arms.treatment.label, plan.arms.reference.label
    return (
        f"Risk ratios are {treatment} over {reference} and risk differences {treatment} minus "
        f"{reference}, for the event as named."
    )


def covariates_in_words(ard: Ard, plan: Plan, analysis_id: str = PRIMARY) -> str:
    """Return the adjustment of the primary model, as an analysis fitted it, as a list in words."""
    covariates = list_fitted(ard, plan, analysis_id)
    if not covariates:
        return say("no covariates")
    return join_words([covariate_word(covariate) for covariate in covariates])


def adjustment(ard: Ard, plan: Plan, analysis_id: str = PRIMARY) -> str:
    """Return ``adjusted for age, ...`` as an analysis was fitted, or ``without covariates``."""
    if not list_fitted(ard, plan, analysis_id):
        return say("without covariates")
    named = covariates_in_words(ard, plan, analysis_id)
    return say("adjusted for {covariates}", covariates=named)


def as_fitted(ard: Ard, plan: Plan, label: str, effect: Effect) -> str:
    """Return the label of a model's number, ``Risk ratio, adjusted``; "adjusted" only if it is.

    Where the models hold no covariate, or the effect is crude, it reads ``Risk ratio, without
    covariates``.
    """
    if list_fitted(ard, plan) and not is_crude(effect):
        return label
    return label.replace(say("adjusted"), say("without covariates"))


def is_crude(effect: Effect) -> bool:
    """Return whether an estimate stands without covariates because data are sparse (SAP 5.8)."""
    return CRUDE in effect.method


def is_penalised(effect: Effect) -> bool:
    """Return whether an odds ratio is by Firth's penalty because data are sparse (SAP 5.8)."""
    return FIRTH in effect.method


def label_sparse(label: str, effect: Effect) -> str:
    """Return the label of an adjusted odds ratio, with what stands in its place of sparse data."""
    if effect.estimate is None:
        return label
    if is_crude(effect):
        return say("{name} ({meaning})", name=label, meaning=say("without covariates"))
    return say("{name} ({meaning})", name=label, meaning=FIRTH) if is_penalised(effect) else label


def dropped_in_words(ard: Ard, plan: Plan) -> str:
    """Return the covariates of the plan that the primary model does not hold, as a list in words.

    Such a covariate has one value among those analysed, or one level after merging (SAP 5.3).
    """
    fitted = list_fitted(ard, plan)
    dropped = [each for each in plan.primary.covariates if each not in fitted]
    return join_words([covariate_word(covariate) for covariate in dropped]) if dropped else ""


def list_fitted(ard: Ard, plan: Plan, analysis_id: str = PRIMARY) -> tuple[Covariate, ...]:
    """Return the covariates of the plan of which the fitted primary model holds a term.

    ``analysis_id``: another fit of that model, less the terms that it reports as left out. Raises
    AnalysisError if the frame holds no term of the primary model.
    """
    rows = ard.select(COEFFICIENTS, plan.primary.population, stat_name="estimate")
    if not rows:
        raise AnalysisError(f"ard.csv: there is no row {COEFFICIENTS} / estimate")
    notes = " ".join(ard.warnings(analysis_id))
    kept = [row.level for row in rows if f"{row.level} {NOT_IN_MODEL}" not in notes]
    columns = {term.partition("=")[0] for term in kept}
    return tuple(each for each in plan.primary.covariates if each.name in columns)


def cut_label(plan: Plan, level: int, joiner: str = "versus") -> str:
    """Return ``mRS 0-1 versus 2-6`` for the cut after ``level``: first what the odds are of."""
    levels, name = plan.outcome.levels, plan.outcome.name_scores
    sides = [name(levels[0], level), name(level + 1, levels[-1])]
    first, second = sides if odds_of(plan) == "lower" else reversed(sides)
    return f"mRS {first} {say(joiner)} {second}"


def cut_span(plan: Plan, level: int) -> str:
    """Return ``mRS 0-2``: the levels up to ``level``."""
    return f"mRS {plan.outcome.name_scores(plan.outcome.levels[0], level)}"


def name_meaning(plan: Plan, level: int) -> str:
    """Return what a level of the mRS means; a last level of several: all that it holds."""
    scores = range(level, DEATH_SCORE + 1 if level == plan.outcome.levels[-1] else level + 1)
    first, *others = (say(MRS_LABELS[score]) for score in scores)
    return say(" or ").join([first, *(other.lower() for other in others)])


def effect_text(effect: Effect, null: float = 1.0) -> str:
    """Return ``1.36 (1.09 to 1.70)`` or ``not estimable (reason)``."""
    if effect.is_not_collected:
        return say_reason(effect.reason)
    if effect.estimate is None:
        return f"{say(NOT_ESTIMABLE)} ({say_reason(effect.reason)})"
    return format_estimate(effect.estimate, effect.low, effect.high, null)


def effect_clause(plan: Plan, name: str, effect: Effect) -> str:
    """Return ``name 1.36 (95% CI 1.09 to 1.70), p = 0.006`` or that it is not estimable."""
    if effect.estimate is None:
        return f"{name} {effect_text(effect)}"
    text = format_estimate(effect.estimate, effect.low, effect.high)
    interval = text.replace("(", f"({confidence(plan, effect.analysis_id)} ", 1)
    return f"{name} {interval}, {format_p_clause(effect.p_value, *plan.inference.boundaries)}"


def primary_effect(ard: Ard, plan: Plan) -> Effect:
    """Return the effect of the primary analysis, in its analysis set."""
    return ard.effect("primary", plan.primary.population)


def covariate_word(covariate: Covariate) -> str:
    """Return a covariate as it stands inside a sentence: ``baseline NIHSS``."""
    known = COVARIATE_WORDS.get(covariate.name)
    word = say(known) if known else _label_word(say_label(covariate.label))
    if covariate.name == "MRSPRGR1":
        levels = say(" or ").join(covariate.levels)
        return f"{word} ({levels})".replace(">=", "\N{GREATER-THAN OR EQUAL TO}")
    return word


def _label_word(label: str) -> str:
    """A label inside a sentence: without its unit, a capital only where it is an abbreviation."""
    word = label.partition(",")[0]
    return word[0].lower() + word[1:] if word[1:2].islower() else word
