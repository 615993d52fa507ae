"""The primary outcome in an abstract: medians, common odds ratio, what the test says (SAP 5)."""

from analysis.config import Plan
from analysis.config.plan import Arm
from analysis.display.ard import Ard, Effect
from analysis.display.prose.journal import EffectMeasure, Journal, Passage, name_group
from analysis.display.text.favours import is_better, odds_of
from analysis.display.text.number_style import TO
from analysis.display.text.wording import SETS, list_fitted, primary_effect

QUARTILES = ("median", "q1", "q3")
TESTS = {"po_lr_treatment": "", "brant": "arm"}
"""Tests of proportional odds of the treatment, and the level at which they stand."""

CONFIRMATORY = {
    "primary": "primary analysis",
    "sens_mi": "analysis with missing outcomes imputed",
    "win_odds": "analysis of the win odds",
    "win_odds_stratified": "analysis of the stratified win odds",
    "win_odds_adjusted": "analysis of the adjusted win odds",
}


def say_primary(ard: Ard, plan: Plan, journal: Journal) -> Passage:
    """Return who was analysed, what the confirmatory test says, both medians and the effect.

    The verb follows the two-sided test of the confirmatory analysis at alpha. Where a test of
    proportional odds rejects, a sentence says so.
    """
    sentences = [_say_analysed(ard, plan, journal), _say_result(ard, plan, journal)]
    chosen = find_confirmatory(ard, plan)
    if chosen != "primary":
        sentences.append(_say_other(ard, plan, journal, chosen))
    effect = primary_effect(ard, plan)
    notes = [] if effect.estimate is not None else [f"Primary analysis: {effect.reason}."]
    return Passage((*sentences, *_say_proportionality(ard, plan, journal)), tuple(notes))


def name_ratio(ard: Ard, plan: Plan) -> str:
    """Return ``adjusted common odds ratio for a lower score``, as it was fitted."""
    adjusted = "adjusted " if list_fitted(ard, plan) else ""
    return f"{adjusted}common odds ratio for a {odds_of(plan)} score"


def find_confirmatory(ard: Ard, plan: Plan) -> str:
    """Return the id of the analysis whose p-value is confirmatory."""
    for name in CONFIRMATORY:
        row = ard.find(name, "confirmatory", plan.primary.population)
        if row is not None and row.value == 1:
            return name
    return "primary"


def _say_analysed(ard: Ard, plan: Plan, journal: Journal) -> str:
    population = plan.primary.population
    counts = [
        journal.numbers.count(ard.require("primary", "n", population, code))
        for code in plan.arms.codes
    ]
    treatment, reference = name_group(plan.arms.treatment), name_group(plan.arms.reference)
    return (
        f"The score on the modified Rankin Scale (mRS) at day {plan.outcome.day} was analysed in "
        f"the {SETS[population]}: {counts[0]} patients in {treatment} and {counts[1]} in "
        f"{reference}."
    )


def _say_result(ard: Ard, plan: Plan, journal: Journal) -> str:
    effect, is_confirmatory = primary_effect(ard, plan), find_confirmatory(ard, plan) == "primary"
    has_p = is_confirmatory or journal.shows_nominal_p
    clause = journal.clause(
        EffectMeasure(name_ratio(ard, plan)), effect, plan.inference.alpha, has_p
    )
    medians = " and ".join(
        _say_median(ard, plan, journal, arm) for arm in (plan.arms.treatment, plan.arms.reference)
    )
    text = f"median score was {medians} ({clause})."
    return f"{_say_verdict(plan, effect)}; the {text}" if is_confirmatory else f"The {text}"


def _say_median(ard: Ard, plan: Plan, journal: Journal, arm: Arm) -> str:
    population = plan.primary.population
    middle, low, high = (
        ard.number("mrs_distribution", name, population, arm.code) for name in QUARTILES
    )
    where = f"in {name_group(arm)}"
    if middle is None or low is None or high is None:
        return f"not known {where}"
    texts = [_name_score(plan, journal, value) for value in (middle, low, high)]
    joint = TO if any("-" in text for text in texts) else journal.numbers.joint
    quartiles = journal.quartiles.format(range=joint.join(texts[1:]))
    return f"{texts[0]} ({quartiles}) {where}"


def _name_score(plan: Plan, journal: Journal, value: float) -> str:
    """A level by its scores, or a number between two levels."""
    if value.is_integer():
        return plan.outcome.name_level(int(value))
    return journal.numbers.number(value, 1 if (2 * value).is_integer() else 2)


def _say_verdict(plan: Plan, effect: Effect) -> str:
    treatment, reference = name_group(plan.arms.treatment), name_group(plan.arms.reference)
    if effect.estimate is None or effect.p_value is None:
        return "Whether the distribution of the scores differed between the groups is not estimable"
    if effect.p_value >= plan.inference.alpha:
        return "No shift of the distribution of the scores between the groups was shown"
    side = "lower (better)" if is_better(effect.estimate, plan) else "higher (worse)"
    return f"Scores were {side} in {treatment} than in {reference}"


def _say_other(ard: Ard, plan: Plan, journal: Journal, chosen: str) -> str:
    """The analysis that the plan prespecifies, or switches to, in the place of the primary one."""
    effect = ard.effect(chosen, plan.primary.population)
    ratio = (
        name_ratio(ard, plan) if chosen == "sens_mi" else f"win odds for a {odds_of(plan)} score"
    )
    clause = journal.clause(EffectMeasure(ratio), effect, plan.inference.alpha, has_p=True)
    verdict = _say_verdict(plan, effect)
    return f"{verdict} in the {CONFIRMATORY[chosen]}, the confirmatory one by the plan ({clause})."


def _say_proportionality(ard: Ard, plan: Plan, journal: Journal) -> tuple[str, ...]:
    """The first test of the plan that rejects one treatment effect at every cut point."""
    for name, level in TESTS.items():
        row = ard.find(name, "p_value", plan.primary.population, level=level)
        if name not in plan.analyses.run or row is None or row.value is None:
            continue
        if row.value < plan.inference.alpha:
            p_text = journal.numbers.p_value(row.value, plan.inference.alpha)
            return (
                "The effect of treatment was not the same at every cut point of the mRS "
                f"({p_text} for non-proportional odds); the common odds ratio is an average of "
                "them.",
            )
        return ()
    return ()
