"""Marks of every forest plot of odds ratios: intervals, guiding estimate, axis and sides."""

from analysis.config import Plan
from analysis.display.ard import Effect
from analysis.display.drawing.axes import TICK_SIZE, LogAxis
from analysis.display.drawing.canvas import Box, Canvas, Diamond, Label, Line, Mark
from analysis.display.drawing.frame import MARGIN, sheet_width
from analysis.display.drawing.layout import wrap_label
from analysis.display.drawing.palette import ACCENT, BAND, INK, QUIET
from analysis.display.drawing.typography import line_height
from analysis.display.text.favours import LEFT, RIGHT, favoured_arms
from analysis.display.text.format import format_plain
from analysis.display.text.language import say

SIDE_SIZE = 7.0
SIDE_GAP = 0.08
"""Between the line of no effect and the words beside it, inches."""

STUB = 0.15
"""Length of the arrow of an interval that lies beyond the axis as a whole, inches."""

SIDES_DEPTH = 0.36
"""From the axis down to the first line of the words about its sides, inches."""


def add_effect(canvas: Canvas, axis: LogAxis, effect: Effect, y: float) -> None:
    """Draw the interval and its square; an end beyond the axis is an arrow head."""
    if effect.estimate is None:
        return
    if effect.low is not None and effect.high is not None:
        _add_interval(canvas, axis, effect.low, effect.high, y)
    if axis.holds(effect.estimate):
        canvas.marks.append(Mark(axis.inches(effect.estimate), y, 4.5, INK))


def add_diamond(canvas: Canvas, axis: LogAxis, effect: Effect, y: float) -> None:
    """Draw the guiding estimate as a diamond as wide as its interval."""
    if effect.estimate is None or effect.low is None or effect.high is None:
        return
    low, middle, high = (axis.inches(x) for x in (effect.low, effect.estimate, effect.high))
    canvas.diamonds.append(Diamond(low, middle, high, y, half_height=0.07, fill=ACCENT))


def add_guide(canvas: Canvas, axis: LogAxis, effect: Effect, bottom: float, top: float) -> None:
    """Draw the line of no effect, and the guiding estimate as a dashed line in its band."""
    if effect.estimate is not None and effect.low is not None and effect.high is not None:
        low, high = axis.inches(effect.low), axis.inches(effect.high)
        canvas.boxes.append(Box(low, high, bottom, top, BAND, "none", 0))
        middle = axis.inches(effect.estimate)
        canvas.lines.append(Line(middle, bottom, middle, top, ACCENT, 0.8, "dashed"))
    canvas.lines.append(Line(axis.inches(1), bottom, axis.inches(1), top, INK, 0.6))


def add_axis(canvas: Canvas, plan: Plan, axis: LogAxis, y: float) -> None:
    """Draw the axis at ``y`` with its ticks, and below it which arm each side favours."""
    canvas.lines.append(Line(axis.left, y, axis.right, y, INK, 0.6))
    for tick in axis.ticks:
        x = axis.inches(tick)
        canvas.lines.append(Line(x, y, x, y - 0.05, INK, 0.6))
    for tick in axis.labelled:
        canvas.labels.append(Label(axis.inches(tick), y - 0.13, format_plain(tick), TICK_SIZE))
    for sign, words in _sides(plan, axis).items():
        start, end = axis.inches(1) + sign * SIDE_GAP, axis.right if sign > 0 else axis.left
        canvas.lines.append(Line(start, y - 0.27, end, y - 0.27, QUIET, 0.8, head=True))
        for row, text in enumerate(words):
            place = y - SIDES_DEPTH - (row + 0.5) * line_height(SIDE_SIZE)
            side = "left" if sign > 0 else "right"
            canvas.labels.append(Label(start, place, text, SIDE_SIZE, ha=side))


def axis_height(plan: Plan, axis: LogAxis) -> float:
    """Return the height of what lies below the axis, inches."""
    lines = max(len(words) for words in _sides(plan, axis).values())
    return SIDES_DEPTH + (lines + 0.4) * line_height(SIDE_SIZE)


def _sides(plan: Plan, axis: LogAxis) -> dict[int, tuple[str, ...]]:
    """The words on the left (-1) and right (1) of the line of no effect (SAP 1.2)."""
    middle = axis.inches(1)
    widths = {LEFT: middle - SIDE_GAP - MARGIN, RIGHT: sheet_width() - MARGIN - middle - SIDE_GAP}
    words = {
        sign: (say("Favours {arm}", arm=arm), say("({meaning})", meaning=meaning))
        for sign, (arm, meaning) in favoured_arms(plan).items()
    }
    return {
        sign: tuple(line for text in texts for line in wrap_label(text, SIDE_SIZE, widths[sign]))
        for sign, texts in words.items()
    }


def _add_interval(canvas: Canvas, axis: LogAxis, low: float, high: float, y: float) -> None:
    """The interval; what reaches beyond an end of the axis is an arrow that points there."""
    left, right = axis.inches(low), axis.inches(high)
    if low >= axis.low and high <= axis.high:
        canvas.lines.append(Line(left, y, right, y, INK, 0.9))
    if high > axis.high:
        canvas.lines.append(Line(min(left, right - STUB), y, right, y, INK, 0.9, head=True))
    if low < axis.low:
        canvas.lines.append(Line(max(right, left + STUB), y, left, y, INK, 0.9, head=True))
