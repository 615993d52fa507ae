"""Captions of Grotta bars: title, caption, and the text for who cannot see them."""

from analysis.config import Plan
from analysis.config.plan import Arm
from analysis.display.ard import Ard, Effect
from analysis.display.figures.grotta.difference_strip import Strip, describe_strip, read_strip
from analysis.display.figures.grotta.segments import Source, build_segments
from analysis.display.text.conclusion.confirmatory import common_odds_clause, primary_clause
from analysis.display.text.conclusion.measure import (
    say_adjustment,
    say_by_measure,
    say_measure,
)
from analysis.display.text.format import format_count
from analysis.display.text.language import join_sentences, join_words, say, say_label
from analysis.display.text.wording import (
    PRIMARY,
    adjustment,
    confidence,
    direction,
    effect_clause,
    list_fitted,
    outcome_name,
    set_name,
)

UNADJUSTED = "Miettinen-Nurminen interval, not adjusted"
STANDARDISED = "standardised from the same model, interval by the delta method"


def title(plan: Plan, population: str) -> str:
    """Return the title: outcome, day and set."""
    return say(
        "Modified Rankin Scale at day {day}, {members}",
        day=plan.outcome.day,
        members=set_name(population),
    )


def title_adjusted(ard: Ard, plan: Plan) -> str:
    """Return the title of the figure of the model's distributions; "adjusted" only if they are."""
    named = title(plan, plan.primary.population)
    if not list_fitted(ard, plan):
        return say("{title}, by the model without covariates", title=named)
    return say("{title}, adjusted", title=named)


def caption(ard: Ard, plan: Plan, population: str) -> str:
    """Return what stands under the figure: set, n, model, estimate and direction."""
    counts = {
        arm: format_count(ard.require("mrs_distribution", "n", population, arm.code, "missing"))
        for arm in list_arms(plan)
    }
    missing = [f"{count} ({say_label(arm.label)})" for arm, count in counts.items()]
    what = say(
        "Distribution of the {outcome} by arm, {members}; percentages of those with an outcome, "
        "rounded to add up to 100. Without an outcome, not shown: {missing}.",
        outcome=outcome_name(plan),
        members=set_name(population),
        missing=join_words(missing),
    )
    return _finish(plan, population, what, _estimate(ard, plan, population), UNADJUSTED)


def caption_adjusted(ard: Ard, plan: Plan) -> str:
    """Return what stands under the adjusted figure: what it is of, model, estimate, direction."""
    population, is_adjusted = plan.primary.population, bool(list_fitted(ard, plan))
    what = say(
        "{distribution} of the {outcome} by arm, {members}: the mean probability of each level "
        "were all subjects with an outcome in one arm, then all in the other, each with their own "
        "covariates, percent ({confidence}), rounded to add up to 100.",
        distribution=say("Adjusted distribution") if is_adjusted else say("Modelled distribution"),
        outcome=outcome_name(plan),
        members=set_name(population),
        confidence=confidence(plan),
    )
    return _finish(plan, population, what, _estimate_of_model(ard, plan), STANDARDISED)


def alternative(ard: Ard, plan: Plan, population: str) -> str:
    """Return the figure in words: the counts by level of each arm and the estimate."""
    source = Source("mrs_distribution", population)
    strip = read_strip(ard, plan, "mrs_distribution_rd", population)
    return join_sentences((_in_words(ard, plan, source, strip), _estimate(ard, plan, population)))


def alternative_adjusted(ard: Ard, plan: Plan) -> str:
    """Return the adjusted figure in words."""
    population = plan.primary.population
    source = Source("mrs_distribution_adjusted", population, modelled=True)
    strip = read_strip(ard, plan, "mrs_distribution_rd_adjusted", population)
    return join_sentences((_in_words(ard, plan, source, strip), _estimate_of_model(ard, plan)))


def list_arms(plan: Plan) -> tuple[Arm, Arm]:
    """Return the arms in the order in which their bars stand: treatment on top."""
    return plan.arms.treatment, plan.arms.reference


def _finish(plan: Plan, population: str, what: str, estimate: str, method: str) -> str:
    """What a caption is of, then estimand, estimate and the strip of differences."""
    return join_sentences((what, _estimand(plan, population), estimate, _differences(plan, method)))


def _estimand(plan: Plan, population: str) -> str:
    """What is estimated (SAP 2): in another set than that of all randomised, another estimand."""
    death = plan.outcome.name_level(plan.outcome.death_level)
    if population == "ITT":
        return say("Estimand: treatment policy, death as mRS {death}.", death=death)
    return say(
        "Supplementary estimand: {members}, death as mRS {death}.",
        members=set_name(population),
        death=death,
    )


def _estimate(ard: Ard, plan: Plan, population: str) -> str:
    is_primary = population == plan.primary.population
    analysis_id = "primary" if is_primary else "sens_pp"
    if not is_primary and (population != "PP" or analysis_id not in plan.analyses.run):
        return say("The plan runs no estimate in this set.")
    effect = ard.effect(analysis_id, population)
    n = format_count(ard.number(analysis_id, "n", population))
    note = f" Note: {effect.warning}." if effect.warning and effect.estimate is not None else ""
    text = say_by_measure(
        plan,
        "Proportional-odds model (n = {n}) {adjustment}: {effect}; {direction}.",
        "All pairs compared (n = {n}), {adjustment}: {effect}; {direction}.",
        n=n,
        adjustment=say_adjustment(ard, plan, analysis_id),
        effect=_say_effect(ard, plan, analysis_id, effect),
        direction=direction(plan),
    )
    return f"{text}{note}"


def _estimate_of_model(ard: Ard, plan: Plan) -> str:
    """The common odds ratio of the model that the adjusted bars are of, primary or not."""
    if plan.primary.is_common_odds:
        return _estimate(ard, plan, plan.primary.population)
    n = ard.number(plan.primary.common_odds_id, "n", plan.primary.population)
    return say(
        "Proportional-odds model (n = {n}) {adjustment}: {effect}; {direction}.",
        n=format_count(n),
        adjustment=adjustment(ard, plan),
        effect=common_odds_clause(ard, plan, say("common odds ratio")),
        direction=direction(plan),
    )


def _say_effect(ard: Ard, plan: Plan, analysis_id: str, effect: Effect) -> str:
    """The estimate; with the confirmatory analysis, where that is not the primary one."""
    name = say_measure(plan)
    if analysis_id == PRIMARY:
        return primary_clause(ard, plan, name)
    return effect_clause(plan, name, effect)


def _differences(plan: Plan, method: str) -> str:
    treatment, reference = (say_label(arm.label) for arm in list_arms(plan))
    return say(
        "Below: difference in the share up to each cut point, {treatment} minus {reference}, "
        "{method}, nominal; above 0 favours {treatment}.",
        treatment=treatment,
        reference=reference,
        method=say(method),
    )


def _in_words(ard: Ard, plan: Plan, source: Source, strip: Strip) -> str:
    arms = [
        f"{say_label(arm.label)}: "
        + ", ".join(
            f"mRS {segment.level} {' '.join(segment.words)}"
            for segment in build_segments(ard, plan, source, arm.code, 0.0, 1.0)
        )
        for arm in list_arms(plan)
    ]
    return say(
        "Stacked bars. {arms}. Risk differences, percentage points: {differences}.",
        arms=". ".join(arms),
        differences=describe_strip(strip),
    )
