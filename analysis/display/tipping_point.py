"""The tipping-point figure: where the result turns as imputed outcomes are shifted (SAP 6)."""

from __future__ import annotations

from itertools import pairwise

from matplotlib.figure import Figure

from analysis.config import Plan
from analysis.display.ard import Ard
from analysis.display.canvas import Box, Canvas, Label, Line
from analysis.display.format import (
    NO_EFFECT_RATIO,
    format_interval,
    format_number,
    format_plain,
)
from analysis.display.frame import MARGIN, WIDTH, build_frame, dress_figure
from analysis.display.palette import ACCENT, INK, PAPER, QUIET, ink_on
from analysis.display.shift_lines import shift_level
from analysis.display.tipping_words import (
    ANALYSIS,
    NOT_RUN,
    Cell,
    Verdict,
    describe_verdict,
    has_grid,
    read_verdicts,
    say_verdict,
)
from analysis.display.typography import (
    POINTS_PER_INCH,
    line_height,
    text_width,
    wrap_text,
)
from analysis.display.wording import confidence, direction, outcome_name

LEFT, RIGHT, CELL_HEIGHT = 1.0, WIDTH - MARGIN, 0.34
FILLS = {
    Verdict.BENEFIT: "#B9D3DF",
    Verdict.NEITHER: PAPER,
    Verdict.HARM: "#5A5A5A",
    Verdict.ABSENT: "#E4E4E4",
}
"""Lightness tells them apart without colour; the frontier is a line besides."""

HATCH = "#BEBEBE"
ESTIMATE_SIZE, INTERVAL_SIZE, SMALLEST, TICK_SIZE, AXIS_SIZE = 7.0, 6.0, 5.5, 6.5, 7.5
PADDING = 0.03
KEY_ZONE, FRONTIER_WIDTH = 0.3, 2.4


def draw_tipping_point(ard: Ard, plan: Plan, stamp: str) -> Figure:
    """Return the grid of shifts: treatment to the right, reference upwards, both towards worse.

    Every cell holds the pooled odds ratio with its interval, where they fit; the stepped line is
    the frontier where the two-sided p crosses alpha; the thick frame marks no shift (missing at
    random). Raises AnalysisError if a row of the frame is absent.
    """
    title = f"Tipping point of the {outcome_name(plan)}: imputed outcomes shifted towards worse"
    if not has_grid(plan):
        canvas = Canvas(WIDTH, 0.5)
        canvas.labels.append(Label(WIDTH / 2, 0.25, NOT_RUN, AXIS_SIZE, QUIET))
        frame = build_frame(plan, title, NOT_RUN, stamp, canvas.height)
        return dress_figure(canvas.draw(frame.size), frame, NOT_RUN)
    verdicts = read_verdicts(ard, plan)
    words = _axis_words(plan)
    foot = 0.3 + line_height(AXIS_SIZE) * len(words[0])
    canvas = Canvas(WIDTH, foot + CELL_HEIGHT * len(_shifts(plan)) + KEY_ZONE)
    for cell, verdict in verdicts.items():
        _add_cell(canvas, ard, plan, cell, verdict, foot)
    _add_frontier(canvas, plan, verdicts, foot)
    _add_middle(canvas, plan, verdicts, foot)
    _add_axes(canvas, plan, words, foot)
    _add_key(canvas, plan, verdicts)
    frame = build_frame(plan, title, caption(ard, plan), stamp, canvas.height)
    return dress_figure(canvas.draw(frame.size), frame, alternative(ard, plan))


def caption(ard: Ard, plan: Plan) -> str:
    """Return what stands under the figure: the verdict in words, then how to read the grid."""
    if not has_grid(plan):
        return NOT_RUN
    turns = len(set(read_verdicts(ard, plan).values())) > 1
    line = f" Stepped line: p = {format_plain(plan.inference.alpha)}." if turns else ""
    return (
        f"{say_verdict(ard, plan)} Multiple imputation, the cumulative logits of the imputed "
        f"outcomes of each arm shifted towards worse; common odds ratio with {confidence(plan)}, "
        f"{direction(plan)}. Thick frame: no shift (missing at random).{line} All p-values are "
        "nominal."
    )


def alternative(ard: Ard, plan: Plan) -> str:
    """Return the figure in words."""
    return f"Grid of odds ratios by the shifts of both arms. {caption(ard, plan)}"


def _shifts(plan: Plan) -> tuple[float, ...]:
    return plan.sensitivity.tipping.shifts


def _box(plan: Plan, cell: Cell, foot: float) -> tuple[float, float, float, float]:
    """Left, right, bottom and top of a cell, inches."""
    shifts = _shifts(plan)
    width = (RIGHT - LEFT) / len(shifts)
    column, row = shifts.index(cell[0]), shifts.index(cell[1])
    left, bottom = LEFT + column * width, foot + row * CELL_HEIGHT
    return left, left + width, bottom, bottom + CELL_HEIGHT


def _add_cell(
    canvas: Canvas, ard: Ard, plan: Plan, cell: Cell, verdict: Verdict, foot: float
) -> None:
    left, right, bottom, top = _box(plan, cell, foot)
    fill = FILLS[verdict]
    canvas.boxes.append(Box(left, right, bottom, top, fill, HATCH, 0.4))
    effect = ard.effect(ANALYSIS, plan.primary.population, shift_level(plan, *cell))
    if effect.estimate is None:
        return
    ink, middle = ink_on(fill), (left + right) / 2
    estimate = format_number(effect.estimate, 2)
    interval = format_interval(effect.low, effect.high, NO_EFFECT_RATIO)
    room = right - left - 2 * PADDING
    size = min(INTERVAL_SIZE, INTERVAL_SIZE * room / text_width(interval, INTERVAL_SIZE))
    y = (bottom + top) / 2
    if size >= SMALLEST:
        canvas.labels += [
            Label(middle, y + 0.07, estimate, ESTIMATE_SIZE, ink, weight="bold"),
            Label(middle, y - 0.07, interval, size, ink),
        ]
    elif text_width(estimate, ESTIMATE_SIZE, "bold") <= room:
        canvas.labels.append(Label(middle, y, estimate, ESTIMATE_SIZE, ink, weight="bold"))


def _add_frontier(canvas: Canvas, plan: Plan, verdicts: dict[Cell, Verdict], foot: float) -> None:
    """The line between neighbours of which the test says different things."""
    shifts = _shifts(plan)
    for left, right in pairwise(shifts):
        for other in shifts:
            if _turns(verdicts, (left, other), (right, other)):
                _, x, bottom, top = _box(plan, (left, other), foot)
                canvas.lines.append(_frontier_line(x, bottom, x, top))
            if _turns(verdicts, (other, left), (other, right)):
                start, end, _, y = _box(plan, (other, left), foot)
                canvas.lines.append(_frontier_line(start, y, end, y))


def _turns(verdicts: dict[Cell, Verdict], first: Cell, second: Cell) -> bool:
    pair = {verdicts[first], verdicts[second]}
    return len(pair) == 2 and Verdict.ABSENT not in pair


def _frontier_line(x: float, y: float, xend: float, yend: float) -> Line:
    """Longer by half its width at both ends, so that steps have whole corners."""
    half = FRONTIER_WIDTH / POINTS_PER_INCH / 2
    across, up = (half, 0.0) if x != xend else (0.0, half)
    return Line(x - across, y - up, xend + across, yend + up, ACCENT, FRONTIER_WIDTH)


def _add_middle(canvas: Canvas, plan: Plan, verdicts: dict[Cell, Verdict], foot: float) -> None:
    """The frame of the cell without a shift, if the grid holds it."""
    if 0.0 not in _shifts(plan):
        return
    left, right, bottom, top = _box(plan, (0.0, 0.0), foot)
    inset, ink = 0.02, ink_on(FILLS[verdicts[0.0, 0.0]])
    canvas.boxes.append(
        Box(left + inset, right - inset, bottom + inset, top - inset, "none", ink, 1.3)
    )


def _axis_words(plan: Plan) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The words of the horizontal and of the vertical axis, wrapped."""
    treatment, reference = plan.arms.treatment.label, plan.arms.reference.label
    across = f"Shift on {treatment} (log odds, towards worse \N{RIGHTWARDS ARROW})"
    upwards = f"Shift on {reference} (log odds, towards worse \N{UPWARDS ARROW})"
    return (
        wrap_text(across, AXIS_SIZE, RIGHT - LEFT),
        wrap_text(upwards, AXIS_SIZE, LEFT - MARGIN - 0.3),
    )


def _add_axes(
    canvas: Canvas, plan: Plan, words: tuple[tuple[str, ...], tuple[str, ...]], foot: float
) -> None:
    across, upwards = words
    for shift in _shifts(plan):
        left, right, _, _ = _box(plan, (shift, _shifts(plan)[0]), foot)
        _, _, bottom, top = _box(plan, (_shifts(plan)[0], shift), foot)
        text = format_plain(shift)
        canvas.labels += [
            Label((left + right) / 2, foot - 0.1, text, TICK_SIZE),
            Label(LEFT - 0.06, (bottom + top) / 2, text, TICK_SIZE, ha="right"),
        ]
    for row, line in enumerate(across):
        y = foot - 0.2 - (row + 0.5) * line_height(AXIS_SIZE)
        canvas.labels.append(Label((LEFT + RIGHT) / 2, y, line, AXIS_SIZE))
    middle = foot + CELL_HEIGHT * len(_shifts(plan)) / 2
    for row, line in enumerate(upwards):
        y = middle + line_height(AXIS_SIZE) * ((len(upwards) - 1) / 2 - row)
        canvas.labels.append(Label(MARGIN, y, line, AXIS_SIZE, ha="left"))


def _add_key(canvas: Canvas, plan: Plan, verdicts: dict[Cell, Verdict]) -> None:
    """What the fills mean, of those on the grid."""
    held = [verdict for verdict in Verdict if verdict in verdicts.values()]
    y, x = canvas.height - 0.12, LEFT
    for verdict in held:
        text = describe_verdict(plan, verdict)
        canvas.boxes.append(Box(x, x + 0.2, y - 0.07, y + 0.07, FILLS[verdict], INK, 0.4))
        canvas.labels.append(Label(x + 0.26, y, text, TICK_SIZE, ha="left"))
        x += 0.26 + text_width(text, TICK_SIZE) + 0.25
