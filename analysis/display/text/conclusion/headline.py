"""The first sentences of the report: what the confirmatory analysis says, and what tempers it."""

from analysis.config import Plan
from analysis.display.ard import Ard, Effect
from analysis.display.text.conclusion.confirmatory import (
    CONFIRMATORY,
    IMPUTED,
    Conclusion,
    Verdict,
    conclude,
    judge,
)
from analysis.display.text.conclusion.measure import name_measure
from analysis.display.text.conclusion.missing import MissingOutcomes
from analysis.display.text.conclusion.non_proportional import find_rejected
from analysis.display.text.format import format_count, format_p_clause, format_plain
from analysis.display.text.wording import (
    PRIMARY,
    SETS,
    confidence,
    cut_label,
    direction,
    effect_clause,
    effect_text,
    is_crude,
    outcome_name,
    primary_effect,
)

DISAGREES = "the two do not agree, and neither is to be read as a finding alone"


def headline(ard: Ard, plan: Plan) -> str:
    """Return the result of the confirmatory analysis, and what must be read with it (SAP 5, 7).

    The verb follows its two-sided test at alpha: a shift, or no shift shown. Then, where they
    apply: the primary analysis where another is confirmatory, odds that are not proportional,
    and the multiple imputation where many outcomes are missing or out of the window.
    """
    found = conclude(ard, plan)
    others = (
        _say_primary(ard, plan, found),
        say_non_proportional(ard, plan),
        _say_imputed(ard, plan, found),
    )
    return " ".join(sentence for sentence in (_say_result(ard, plan, found), *others) if sentence)


def _say_result(ard: Ard, plan: Plan, found: Conclusion) -> str:
    called = f"The {CONFIRMATORY[found.analysis_id]}"
    role = "" if found.is_primary else ", the confirmatory one by the plan,"
    if found.effect.estimate is None:
        return f"{called}{role} is {effect_text(found.effect)}."
    n = format_count(ard.number(found.analysis_id, "n", plan.primary.population))
    clause = effect_clause(plan, found.name, found.effect)
    how = f"n = {n}" if found.is_primary else f"{CONFIRMATORY[found.analysis_id]}, n = {n}"
    return (
        f"{_say_verdict(plan, found.verdict)} ({how}): {clause}; {_ratio(found)} {direction(plan)}."
    )


def _ratio(found: Conclusion) -> str:
    return "an odds ratio" if "odds ratio" in found.name else "win odds"


def _say_verdict(plan: Plan, verdict: Verdict) -> str:
    """What the test says, without more claim than it carries."""
    treatment, reference = plan.arms.treatment.label, plan.arms.reference.label
    members = SETS[plan.primary.population]
    if verdict in (Verdict.NOT_SHOWN, Verdict.NOT_ESTIMABLE):
        return (
            f"No shift of the {outcome_name(plan)} between {treatment} and {reference} was shown "
            f"in the {members}"
        )
    side = "lower (better)" if verdict is Verdict.BETTER else "higher (worse)"
    return f"{treatment} led to a {side} {outcome_name(plan)} than {reference} in the {members}"


def _say_primary(ard: Ard, plan: Plan, found: Conclusion) -> str:
    """The analysis of the outcomes as observed, where another one is confirmatory."""
    if found.is_primary:
        return ""
    effect = primary_effect(ard, plan)
    n = format_count(ard.number(PRIMARY, "n", plan.primary.population))
    clause = effect_clause(plan, name_measure(ard, plan), effect)
    return f"The outcomes as observed (n = {n}) give {clause}, nominal."


def say_non_proportional(ard: Ard, plan: Plan) -> str:
    """Return that the odds are not proportional, with the cut points that pull apart, or nothing.

    As the plan's description of proportional odds says (SAP 5.5); it changes no analysis.
    """
    p_value = find_rejected(ard, plan)
    if p_value is None:
        return ""
    p_text = format_p_clause(p_value, *plan.inference.boundaries)
    averaged = "one odds ratio averages them"
    if not plan.primary.is_common_odds:
        averaged = "the win odds do not ask for that"
    return f"The odds are not proportional ({p_text}): {_say_apart(ard, plan) or averaged}."


def _say_apart(ard: Ard, plan: Plan) -> str:
    """The smallest and the largest odds ratio of the cut points, with their intervals."""
    if "cutpoint" not in plan.analyses.run:
        return ""
    effects = {
        level: ard.effect("cutpoint", plan.primary.population, str(level))
        for level in plan.co_reported.cut_points
    }
    known = {
        level: effect
        for level, effect in effects.items()
        if effect.estimate is not None and not is_crude(effect)  # those of one model each
    }
    if len(known) < 2:
        return ""
    order = sorted(known, key=lambda level: (known[level].estimate, level))
    texts = [_say_cut(plan, level, known[level]) for level in (order[0], order[-1])]
    return f"the odds ratio is {texts[0]} and {texts[1]}"


def _say_cut(plan: Plan, level: int, effect: Effect) -> str:
    text = effect_text(effect)
    if len(plan.inference.boundaries) > 1:  # the interval before it is of another confidence
        text = text.replace("(", f"({confidence(plan)} ", 1)
    return f"{text} for {cut_label(plan, level)}"


def _say_imputed(ard: Ard, plan: Plan, found: Conclusion) -> str:
    """The multiple imputation, from the plan's share of missing or late outcomes on (SAP 7)."""
    missing, limit = MissingOutcomes.find(ard), plan.missing_data.headline_imputed_from_percent
    without = missing.missing + missing.out_of_window
    if not missing.is_share_reached(limit, without):
        return ""
    share = (
        f"{format_count(missing.missing)} of {format_count(missing.randomised)} outcomes are "
        f"missing and {format_count(missing.out_of_window)} were assessed out of the window "
        f"({format_plain(limit)}% or more)"
    )
    if found.analysis_id == IMPUTED:
        return f"{share}."
    if IMPUTED not in plan.analyses.run:
        return (
            f"{share}, and the plan runs no multiple imputation: the result rests on who is known."
        )
    effect = ard.effect(IMPUTED, plan.primary.population)
    clause = effect_clause(plan, name_measure(ard, plan), effect)
    agrees = "the same conclusion" if judge(plan, effect) is found.verdict else DISAGREES
    return f"{share}; with them imputed, {clause}: {agrees}."
