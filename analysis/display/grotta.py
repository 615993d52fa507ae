"""The Grotta bar: the distribution of the mRS by arm, with the estimate it belongs to."""

from __future__ import annotations

from matplotlib.figure import Figure

from analysis.config import Plan
from analysis.config.plan import Arm
from analysis.display.ard import Ard
from analysis.display.canvas import Canvas, Label
from analysis.display.difference_strip import Strip, add_strip, describe_strip, read_strip
from analysis.display.format import NOT_ESTIMABLE, format_count
from analysis.display.frame import MARGIN, build_frame, dress_figure, sheet_width
from analysis.display.grotta_bars import (
    AXIS_ZONE,
    NO_OUTCOME,
    Pair,
    add_key,
    add_pair,
    add_percent_axis,
    key_zone,
)
from analysis.display.language import join_sentences, join_words, say, say_label
from analysis.display.segments import Segment, Source, build_segments
from analysis.display.typography import line_height, wrap_text
from analysis.display.wording import (
    confidence,
    covariates_in_words,
    direction,
    effect_clause,
    outcome_name,
    set_name,
)

LEFT, RIGHT_ROOM = 1.42, 0.12
"""Where the bars begin, and the room at their right, inches."""

BAR, GAP, STRIP_GAP = 0.56, 0.52, 0.1
ARM_SIZE = 8.0
UNADJUSTED = "Miettinen-Nurminen interval, not adjusted"
STANDARDISED = "standardised from the same model, interval by the delta method"


def draw_grotta(ard: Ard, plan: Plan, population: str, stamp: str) -> Figure:
    """Return the stacked bars of the mRS by arm (SAP 5.1), treatment on top.

    ``population`` is "ITT" or "PP"; the estimate is the primary one in its own set, and that of
    ``sens_pp`` in the per-protocol set. Below stand the risk differences at every cut point.
    Percentages are of those with an outcome and add up to 100 at the shown decimals. Raises
    AnalysisError if the frame lacks a row.
    """
    return _draw(
        ard, plan, Source("mrs_distribution", population),
        read_strip(ard, plan, "mrs_distribution_rd", population), stamp,
        _title(plan, population), caption(ard, plan, population),
        alternative(ard, plan, population),
    )  # fmt: skip


def draw_adjusted(ard: Ard, plan: Plan, stamp: str) -> Figure:
    """Return the bars of the mRS if everybody were in one arm, as the primary model has it."""
    population = plan.primary.population
    return _draw(
        ard, plan, Source("mrs_distribution_adjusted", population, modelled=True),
        read_strip(ard, plan, "mrs_distribution_rd_adjusted", population), stamp,
        say("{title}, adjusted", title=_title(plan, population)), caption_adjusted(ard, plan),
        alternative_adjusted(ard, plan),
    )  # fmt: skip


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
    parts = (
        what,
        _estimand(plan, population),
        _estimate(ard, plan, population),
        _differences(plan, UNADJUSTED),
    )
    return join_sentences(parts)


def caption_adjusted(ard: Ard, plan: Plan) -> str:
    """Return what stands under the adjusted figure: what it is of, model, estimate, direction."""
    population = plan.primary.population
    what = say(
        "Adjusted distribution of the {outcome} by arm, {members}: the mean probability of each "
        "level were all subjects with an outcome in one arm, then all in the other, each with "
        "their own covariates, percent ({confidence}), rounded to add up to 100.",
        outcome=outcome_name(plan),
        members=set_name(population),
        confidence=confidence(plan),
    )
    parts = (
        what,
        _estimand(plan, population),
        _estimate(ard, plan, population),
        _differences(plan, STANDARDISED),
    )
    return join_sentences(parts)


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
    return join_sentences((_in_words(ard, plan, source, strip), _estimate(ard, plan, population)))


def list_arms(plan: Plan) -> tuple[Arm, Arm]:
    """Return the arms in the order in which their bars stand: treatment on top."""
    return plan.arms.treatment, plan.arms.reference


def _draw(
    ard: Ard, plan: Plan, source: Source, strip: Strip, stamp: str, title: str, caption: str,
    alternative: str,
) -> Figure:  # fmt: skip
    arms = list_arms(plan)
    upper, lower = (_segments(ard, plan, source, arm) for arm in arms)
    empty = NOT_ESTIMABLE if source.modelled else NO_OUTCOME
    pair = Pair(upper, lower, LEFT, _right(), BAR, GAP, empty=say(empty))
    body = key_zone(plan) + pair.height + AXIS_ZONE + STRIP_GAP + strip.height
    frame = build_frame(plan, title, caption, stamp, body)
    canvas = Canvas(sheet_width(), body)
    top = body - key_zone(plan)
    add_key(canvas, plan)
    add_pair(canvas, pair, top)
    for arm, middle in zip(arms, pair.middles(top), strict=True):
        _add_arm(canvas, arm, _count(ard, source, arm), middle)
    foot = top - pair.height - AXIS_ZONE
    name = "All subjects (%)" if source.modelled else "Patients with an outcome (%)"
    add_percent_axis(canvas, LEFT, _right(), foot, say(name))
    add_strip(canvas, strip, foot - STRIP_GAP)
    return dress_figure(canvas.draw(frame.size), frame, alternative)


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
    text = say(
        "Proportional-odds model (n = {n}) adjusted for {covariates}: {effect}; {direction}.",
        n=n,
        covariates=covariates_in_words(plan),
        effect=effect_clause(plan, say("common odds ratio"), effect),
        direction=direction(plan),
    )
    return f"{text}{note}"


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
            for segment in _segments(ard, plan, source, arm)
        )
        for arm in list_arms(plan)
    ]
    return say(
        "Stacked bars. {arms}. Risk differences, percentage points: {differences}.",
        arms=". ".join(arms),
        differences=describe_strip(strip),
    )


def _segments(ard: Ard, plan: Plan, source: Source, arm: Arm) -> tuple[Segment, ...]:
    return build_segments(ard, plan, source, arm.code, LEFT, _right())


def _title(plan: Plan, population: str) -> str:
    return say(
        "Modified Rankin Scale at day {day}, {members}",
        day=plan.outcome.day,
        members=set_name(population),
    )


def _right() -> float:
    """Where the bars end."""
    return sheet_width() - RIGHT_ROOM


def _count(ard: Ard, source: Source, arm: Arm) -> str:
    """How many are in the arm; of a model, how many its average is over."""
    name, group = ("n", "") if source.modelled else ("N", arm.code)
    n = format_count(ard.number(source.analysis_id, name, source.population, group))
    return f"n = {n}"


def _add_arm(canvas: Canvas, arm: Arm, count: str, middle: float) -> None:
    lines = (*wrap_text(say_label(arm.label), ARM_SIZE, LEFT - MARGIN - 0.1, "bold"), count)
    for row, text in enumerate(lines):
        y = middle + line_height(ARM_SIZE) * ((len(lines) - 1) / 2 - row)
        weight = "normal" if row == len(lines) - 1 else "bold"
        canvas.labels.append(Label(MARGIN, y, text, ARM_SIZE, ha="left", weight=weight))
