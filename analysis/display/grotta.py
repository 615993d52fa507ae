"""The Grotta bar: the distribution of the mRS by arm, with the estimate it belongs to."""

from __future__ import annotations

from matplotlib.figure import Figure

from analysis.config import Plan
from analysis.config.plan import Arm
from analysis.display.ard import Ard
from analysis.display.canvas import Box, Canvas, Label, Line
from analysis.display.format import format_count
from analysis.display.frame import MARGIN, WIDTH, build_frame, dress_figure
from analysis.display.palette import INK, QUIET, RULE, ink_on, ramp
from analysis.display.segments import (
    COUNT_SIZE,
    PERCENT_SIZE,
    Segment,
    build_segments,
    find_slivers,
    is_empty,
)
from analysis.display.spread import spread_centres
from analysis.display.typography import line_height, text_width, wrap_text
from analysis.display.wording import (
    SETS,
    covariates_in_words,
    direction,
    effect_clause,
    name_meaning,
    outcome_name,
)

LEFT, RIGHT = 1.42, WIDTH - 0.12
BAR, GAP = 0.56, 0.52
KEY_ZONE, AXIS_ZONE, SLIVER_ZONE, NO_SLIVER_ZONE = 0.42, 0.42, 0.3, 0.06
SLIVER_SIZE, ARM_SIZE, KEY_SIZE = 6.5, 8.0, 6.3


def draw_grotta(ard: Ard, plan: Plan, population: str, stamp: str) -> Figure:
    """Return the stacked bars of the mRS by arm (SAP 5.1), treatment on top.

    ``population`` is "ITT" or "PP"; the estimate is the primary one in its own set, and that of
    ``sens_pp`` in the per-protocol set.
    Percentages are of those with an outcome and add up to 100 at the shown decimals. Raises
    AnalysisError if the frame lacks a row.
    """
    upper, lower = (_segments(ard, plan, population, arm) for arm in _arms(plan))
    zones = [SLIVER_ZONE if find_slivers(bar) else NO_SLIVER_ZONE for bar in (upper, lower)]
    body = KEY_ZONE + zones[0] + 2 * BAR + GAP + zones[1] + AXIS_ZONE
    frame = build_frame(plan, _title(plan, population), caption(ard, plan, population), stamp, body)
    canvas = Canvas(WIDTH, body)
    upper_top = body - KEY_ZONE - zones[0]
    lower_top = upper_top - BAR - GAP
    _add_key(canvas, plan)
    for arm, bar, top in zip(_arms(plan), (upper, lower), (upper_top, lower_top), strict=True):
        _add_bar(canvas, bar, top)
        _add_arm(canvas, arm, ard, population, top)
    _add_cuts(canvas, upper, lower, lower_top)
    _add_slivers(canvas, upper, upper_top, 1)
    _add_slivers(canvas, lower, lower_top - BAR, -1)
    _add_axis(canvas)
    return dress_figure(canvas.draw(frame.size), frame, alternative(ard, plan, population))


def caption(ard: Ard, plan: Plan, population: str) -> str:
    """Return what stands under the figure: set, n, model, estimate and direction."""
    missing = " and ".join(
        f"{format_count(ard.require('mrs_distribution', 'n', population, arm.code, 'missing'))} "
        f"({arm.label})"
        for arm in _arms(plan)
    )
    return (
        f"Distribution of the {outcome_name(plan)} by arm, {SETS[population]}; percentages of "
        f"those with an outcome, rounded to add up to 100. Without an outcome, not shown: "
        f"{missing}. {_estimate(ard, plan, population)}"
    )


def alternative(ard: Ard, plan: Plan, population: str) -> str:
    """Return the figure in words: the counts by level of each arm and the estimate."""
    arms = [
        f"{arm.label}: "
        + ", ".join(
            f"mRS {segment.level} {segment.words[0]} {segment.words[1]}"
            for segment in _segments(ard, plan, population, arm)
        )
        for arm in _arms(plan)
    ]
    return f"Stacked bars. {'. '.join(arms)}. {_estimate(ard, plan, population)}"


def _estimate(ard: Ard, plan: Plan, population: str) -> str:
    is_primary = population == plan.primary.population
    analysis_id = "primary" if is_primary else "sens_pp"
    if not is_primary and (population != "PP" or analysis_id not in plan.analyses.run):
        return "The plan runs no estimate in this set."
    effect = ard.effect(analysis_id, population)
    n = format_count(ard.number(analysis_id, "n", population))
    note = f" Note: {effect.warning}." if effect.warning and effect.estimate is not None else ""
    return (
        f"Proportional-odds model (n = {n}) adjusted for {covariates_in_words(plan)}: "
        f"{effect_clause(plan, 'common odds ratio', effect)}; {direction(plan)}.{note}"
    )


def _segments(ard: Ard, plan: Plan, population: str, arm: Arm) -> tuple[Segment, ...]:
    return build_segments(ard, plan, population, arm.code, LEFT, RIGHT)


def _title(plan: Plan, population: str) -> str:
    return f"Modified Rankin Scale at day {plan.outcome.day}, {SETS[population]}"


def _arms(plan: Plan) -> tuple[Arm, Arm]:
    return plan.arms.treatment, plan.arms.reference


def _add_key(canvas: Canvas, plan: Plan) -> None:
    """The key of the levels: number on its colour, meaning beside it."""
    colours = ramp(len(plan.outcome.levels))
    cell = (WIDTH - 2 * MARGIN) / len(colours)
    middle = canvas.height - 0.16
    for number, (level, fill) in enumerate(zip(plan.outcome.levels, colours, strict=True)):
        left, name = MARGIN + number * cell, plan.outcome.name_level(level)
        right = left + max(0.2, text_width(name, 7.5, "bold") + 0.08)
        canvas.boxes.append(Box(left, right, middle - 0.1, middle + 0.1, fill, INK, 0.4))
        canvas.labels.append(
            Label((left + right) / 2, middle, name, 7.5, ink_on(fill), weight="bold")
        )
        lines = wrap_text(name_meaning(plan, level), KEY_SIZE, left + cell - right - 0.08)
        for row, text in enumerate(lines):
            y = middle + line_height(KEY_SIZE) * ((len(lines) - 1) / 2 - row)
            canvas.labels.append(Label(right + 0.05, y, text, KEY_SIZE, ha="left"))


def _add_bar(canvas: Canvas, segments: tuple[Segment, ...], top: float) -> None:
    colours = ramp(len(segments))
    for segment, fill in zip(segments, colours, strict=True):
        if segment.percent == 0:
            continue
        canvas.boxes.append(Box(segment.left, segment.right, top - BAR, top, fill, "#FFFFFF", 0.5))
        if segment.holds_its_words:
            _add_words(canvas, segment, top, ink_on(fill))
    canvas.boxes.append(Box(LEFT, RIGHT, top - BAR, top, "none", INK, 0.7))
    if is_empty(segments):
        middle = (LEFT + RIGHT) / 2
        canvas.labels.append(Label(middle, top - BAR / 2, "no outcome observed", ARM_SIZE, QUIET))


def _add_words(canvas: Canvas, segment: Segment, top: float, ink: str) -> None:
    percent, count = segment.words
    middle = top - BAR / 2
    canvas.labels += [
        Label(segment.centre, middle + 0.09, percent, PERCENT_SIZE, ink, weight="bold"),
        Label(segment.centre, middle - 0.09, count, COUNT_SIZE, ink),
    ]


def _add_arm(canvas: Canvas, arm: Arm, ard: Ard, population: str, top: float) -> None:
    n = format_count(ard.number("mrs_distribution", "N", population, arm.code))
    lines = (*wrap_text(arm.label, ARM_SIZE, LEFT - MARGIN - 0.1, "bold"), f"n = {n}")
    for row, text in enumerate(lines):
        y = top - BAR / 2 + line_height(ARM_SIZE) * ((len(lines) - 1) / 2 - row)
        weight = "normal" if row == len(lines) - 1 else "bold"
        canvas.labels.append(Label(MARGIN, y, text, ARM_SIZE, ha="left", weight=weight))


def _add_cuts(
    canvas: Canvas, upper: tuple[Segment, ...], lower: tuple[Segment, ...], lower_top: float
) -> None:
    """The lines that join the cut points of the two bars; none from or to an empty bar."""
    if is_empty(upper) or is_empty(lower):
        return
    for above, below in zip(upper[:-1], lower[:-1], strict=True):
        canvas.lines.append(Line(above.right, lower_top + GAP, below.right, lower_top, RULE, 0.7))


def _add_slivers(canvas: Canvas, segments: tuple[Segment, ...], edge: float, sign: int) -> None:
    """Labels of segments too narrow for their words, outside the bar, with leaders."""
    slivers = find_slivers(segments)
    texts = [f"{segment.level}: {' '.join(segment.words)}" for segment in slivers]
    widths = [text_width(text, SLIVER_SIZE) + 0.1 for text in texts]
    centres = spread_centres([segment.centre for segment in slivers], widths, LEFT, RIGHT)
    for segment, text, centre in zip(slivers, texts, centres, strict=True):
        canvas.lines.append(Line(segment.centre, edge, centre, edge + sign * 0.11, QUIET, 0.5))
        canvas.labels.append(Label(centre, edge + sign * 0.19, text, SLIVER_SIZE))


def _add_axis(canvas: Canvas) -> None:
    y = AXIS_ZONE - 0.08
    canvas.lines.append(Line(LEFT, y, RIGHT, y, INK, 0.6))
    for percent in range(0, 101, 20):
        x = LEFT + (RIGHT - LEFT) * percent / 100
        canvas.lines.append(Line(x, y, x, y - 0.05, INK, 0.6))
        canvas.labels.append(Label(x, y - 0.12, str(percent), 6.5))
    canvas.labels.append(Label((LEFT + RIGHT) / 2, y - 0.27, "Patients with an outcome (%)", 7))
