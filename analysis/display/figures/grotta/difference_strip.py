"""Risk differences at each cut point of the mRS: the strip under Grotta bars (SAP 8.1)."""

from collections.abc import Sequence
from dataclasses import dataclass

from analysis.config import Plan
from analysis.display.ard import Ard, Effect
from analysis.display.drawing.axes import LinearAxis
from analysis.display.drawing.canvas import Canvas, Label, Line, Mark
from analysis.display.drawing.frame import MARGIN, is_column, sheet_width
from analysis.display.drawing.palette import INK, QUIET
from analysis.display.drawing.typography import line_height, narrowest_lines, text_width, wrap_text
from analysis.display.text.format import (
    NO_EFFECT_DIFFERENCE,
    NOT_ESTIMABLE,
    format_estimate,
    format_number,
)
from analysis.display.text.language import say, say_label
from analysis.display.text.wording import confidence, cut_span

ROW, HEAD = 0.165, 0.26
PLOT_LEFT, TEXT_ROOM = 1.42, 1.55
"""Where the plot begins, and the room of the words at its right, inches."""

COLUMN_GAP = 0.12
"""Between words and plot on the width of a column, inches."""

SIZE, TICK_SIZE = 7.0, 6.5
TICK_HALF = 0.05
"""Half of the number at an end of the axis, inches."""

SIDES_AWAY = 0.34
"""From the axis down to the middle of the first line about its sides, inches."""

WHAT = "Risk difference, percentage points"
POINTS = 100
DECIMALS = 1


@dataclass(frozen=True)
class Strip:
    """The risk differences up to each cut point, and the axis that they lie on."""

    plan: Plan
    rows: tuple[tuple[str, Effect], ...]
    axis: LinearAxis

    @property
    def sides(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The words left and right of no difference, in lines."""
        zero = self.axis.inches(0)
        arms = self.plan.arms
        left, right = (
            say("Favours {arm}", arm=say_label(arm.label))
            for arm in (arms.reference, arms.treatment)
        )
        return (
            wrap_text(left, SIZE, zero - MARGIN - 0.08),
            wrap_text(right, SIZE, sheet_width() - MARGIN - zero - 0.08),
        )

    @property
    def foot(self) -> float:
        """The room below the axis, inches."""
        return SIDES_AWAY + (max(map(len, self.sides)) - 0.4) * line_height(SIZE)

    @property
    def height(self) -> float:
        """The whole room, inches."""
        return _head_room() + ROW * len(self.rows) + self.foot


def read_strip(ard: Ard, plan: Plan, analysis_id: str, population: str) -> Strip:
    """Return the risk differences of an analysis at every cut of the scale.

    ``analysis_id``: ``mrs_distribution_rd`` or ``mrs_distribution_rd_adjusted``.
    """
    rows = tuple(
        (cut_span(plan, level), ard.effect(analysis_id, population, str(level)))
        for level in plan.outcome.levels[:-1]
    )
    numbers = (number for _, effect in rows for number in (effect.low, effect.high))
    values = [POINTS * number for number in numbers if number is not None]
    return Strip(plan, rows, LinearAxis.covering(values, *_plot_ends(rows)))


def add_strip(canvas: Canvas, strip: Strip, top: float) -> None:
    """Draw the strip from ``top`` down: a heading, a row for each cut, the axis and its sides."""
    head = _head_room()
    axis, bottom = strip.axis, top - head - ROW * len(strip.rows)
    _add_head(canvas, strip, top - head / 2)
    for number, (label, effect) in enumerate(strip.rows):
        _add_row(canvas, axis, label, effect, top - head - ROW * (number + 0.5))
    zero = axis.inches(0)
    canvas.lines.append(Line(zero, bottom, zero, top - head, INK, 0.6))
    _add_axis(canvas, axis, bottom)
    _add_sides(canvas, strip, bottom)


def describe_strip(strip: Strip) -> str:
    """Return the risk differences in words, for who cannot see them."""
    return "; ".join(f"{label} {_text(effect)}" for label, effect in strip.rows)


def _plot_ends(rows: Sequence[tuple[str, Effect]]) -> tuple[float, float]:
    """Where the plot begins and ends; in a column it takes what the words leave."""
    if not is_column():
        return PLOT_LEFT, sheet_width() - TEXT_ROOM
    labels = max(text_width(label, SIZE) for label, _ in rows)
    texts = max(text_width(_text(effect), SIZE) for _, effect in rows)
    ends = MARGIN + labels + COLUMN_GAP, sheet_width() - MARGIN - texts - COLUMN_GAP
    return ends[0] + TICK_HALF, ends[1] - TICK_HALF


def _text(effect: Effect) -> str:
    if effect.estimate is None:
        return say(NOT_ESTIMABLE)
    return format_estimate(
        effect.estimate, effect.low, effect.high, NO_EFFECT_DIFFERENCE, DECIMALS, POINTS
    )


def _add_head(canvas: Canvas, strip: Strip, y: float) -> None:
    axis = strip.axis
    right = sheet_width() - MARGIN
    difference = say("Difference ({confidence})", confidence=confidence(strip.plan))
    heads = [
        (say("Up to"), MARGIN, "left", axis.left - MARGIN),
        (say(WHAT), (axis.left + axis.right) / 2, "center", axis.right - axis.left),
        (difference, right, "right", right - axis.right),
    ]
    for text, x, side, room in heads:
        for row, line in enumerate(lines := _wrap_head(text, room)):
            place = y + line_height(SIZE) * ((len(lines) - 1) / 2 - row)
            canvas.labels.append(Label(x, place, line, SIZE, ha=side, weight="bold"))


def _wrap_head(text: str, room: float) -> tuple[str, ...]:
    """A heading on one line, or on two where it is wider than what it heads."""
    if text_width(text, SIZE, "bold") <= room:
        return (text,)
    return wrap_text(text, SIZE, narrowest_lines(text, SIZE, "bold"), "bold")


def _head_room() -> float:
    return HEAD + (line_height(SIZE) if is_column() else 0.0)


def _add_row(canvas: Canvas, axis: LinearAxis, label: str, effect: Effect, y: float) -> None:
    canvas.labels.append(Label(MARGIN, y, label, SIZE, ha="left"))
    canvas.labels.append(Label(sheet_width() - MARGIN, y, _text(effect), SIZE, ha="right"))
    if effect.estimate is None:
        return
    if effect.low is not None and effect.high is not None:
        low, high = (axis.inches(POINTS * limit) for limit in (effect.low, effect.high))
        canvas.lines.append(Line(low, y, high, y, INK, 0.9))
    canvas.marks.append(Mark(axis.inches(POINTS * effect.estimate), y, 4.5, INK))


def _add_axis(canvas: Canvas, axis: LinearAxis, y: float) -> None:
    canvas.lines.append(Line(axis.left, y, axis.right, y, INK, 0.6))
    decimals = 0 if axis.step >= 1 else 2
    for tick in axis.ticks:
        x = axis.inches(tick)
        canvas.lines.append(Line(x, y, x, y - 0.05, INK, 0.6))
        canvas.labels.append(Label(x, y - 0.13, format_number(tick, decimals), TICK_SIZE))


def _add_sides(canvas: Canvas, strip: Strip, bottom: float) -> None:
    zero = strip.axis.inches(0)
    for sign, lines in zip((-1, 1), strip.sides, strict=True):
        end = zero + sign * 0.08
        for row, text in enumerate(lines):
            y = bottom - SIDES_AWAY - row * line_height(SIZE)
            canvas.labels.append(Label(end, y, text, SIZE, QUIET, "left" if sign > 0 else "right"))
        tip = end + sign * max(text_width(text, SIZE) for text in lines)
        y = bottom - SIDES_AWAY + 0.1
        canvas.lines.append(Line(end, y, tip, y, QUIET, 0.6, head=True))
