"""The primary outcome in an abstract: medians, common odds ratio, what the test says (SAP 5)."""

from analysis.config import Plan
from analysis.config.plan import Arm
from analysis.display.ard import Ard
from analysis.display.prose.journal import EffectMeasure, Journal, Passage, name_group
from analysis.display.text.conclusion.confirmatory import (
    CONFIRMATORY,
    Conclusion,
    Verdict,
    conclude,
    name_ratio,
)
from analysis.display.text.conclusion.non_proportional import find_rejected
from analysis.display.text.number_style import TO
from analysis.display.text.wording import SETS, primary_effect

QUARTILES = ("median", "q1", "q3")


def say_primary(ard: Ard, plan: Plan, journal: Journal) -> Passage:
    """Return who was analysed, what the confirmatory test says, both medians and the effect.

    The verb follows the two-sided test of the confirmatory analysis at alpha. Where a test of
    proportional odds rejects, a sentence says so.
    """
    sentences = [_say_analysed(ard, plan, journal), _say_result(ard, plan, journal)]
    found = conclude(ard, plan)
    if not found.is_primary:
        sentences.append(_say_other(ard, plan, journal, found))
    effect = primary_effect(ard, plan)
    notes = [] if effect.estimate is not None else [f"Primary analysis: {effect.reason}."]
    return Passage((*sentences, *_say_proportionality(ard, plan, journal)), tuple(notes))


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
    effect, found = primary_effect(ard, plan), conclude(ard, plan)
    has_p = found.is_primary or journal.shows_nominal_p
    clause = journal.clause(EffectMeasure(name_ratio(ard, plan)), effect, plan, has_p)
    medians = " and ".join(
        _say_median(ard, plan, journal, arm) for arm in (plan.arms.treatment, plan.arms.reference)
    )
    text = f"median score was {medians} ({clause})."
    return f"{_say_verdict(plan, found)}; the {text}" if found.is_primary else f"The {text}"


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


def _say_verdict(plan: Plan, found: Conclusion) -> str:
    treatment, reference = name_group(plan.arms.treatment), name_group(plan.arms.reference)
    if found.verdict is Verdict.NOT_ESTIMABLE:
        return "Whether the distribution of the scores differed between the groups is not estimable"
    if found.verdict is Verdict.NOT_SHOWN:
        return "No shift of the distribution of the scores between the groups was shown"
    side = "lower (better)" if found.verdict is Verdict.BETTER else "higher (worse)"
    return f"Scores were {side} in {treatment} than in {reference}"


def _say_other(ard: Ard, plan: Plan, journal: Journal, found: Conclusion) -> str:
    """The analysis that the plan prespecifies, or switches to, in the place of the primary one."""
    ratio = name_ratio(ard, plan, found.analysis_id)
    clause = journal.clause(EffectMeasure(ratio), found.effect, plan, has_p=True)
    called = CONFIRMATORY[found.analysis_id]
    return (
        f"{_say_verdict(plan, found)} in the {called}, the confirmatory one by the plan ({clause})."
    )


def _say_proportionality(ard: Ard, plan: Plan, journal: Journal) -> tuple[str, ...]:
    """What a test says that rejects one treatment effect at every cut point."""
    p_value = find_rejected(ard, plan)
    if p_value is None:
        return ()
    p_text = journal.numbers.p_value(p_value, *plan.inference.boundaries)
    return (
        "The effect of treatment was not the same at every cut point of the mRS "
        f"({p_text} for non-proportional odds); {_say_average(plan)}.",
    )


def _say_average(plan: Plan) -> str:
    if plan.primary.is_common_odds:
        return "the common odds ratio is an average of them"
    return "the win odds do not assume that it is"
