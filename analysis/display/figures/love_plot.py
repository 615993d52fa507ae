"""Love plot: standardised differences at baseline."""

from dataclasses import dataclass

from matplotlib.figure import Figure

from analysis.config import Plan
from analysis.display.ard import Ard, ArdRow
from analysis.display.drawing.axes import LinearAxis
from analysis.display.drawing.canvas import Box, Canvas, Label, Line, Mark
from analysis.display.drawing.frame import MARGIN, build_frame, dress_figure, sheet_width
from analysis.display.drawing.layout import across, wrap_label
from analysis.display.drawing.palette import ACCENT, BAND, INK, QUIET, RULE
from analysis.display.drawing.typography import line_height
from analysis.display.text.format import NOT_COLLECTED, format_count, format_number
from analysis.display.text.labels import VARIABLE_LABELS, name_category, name_variable
from analysis.display.text.language import join_words, say, say_label
from analysis.display.text.wording import set_name

ANALYSIS = "baseline_balance"
SMALL = 0.1
"""Differences below a tenth of a standard deviation are called negligible (Austin 2009)."""

YES = "Y"
ROW, HEAD, FOOT = 0.145, 0.24, 0.46
PLOT_LEFT, PLOT_RIGHT = 3.3, 6.25
SIZE, TICK_SIZE = 6.8, 6.5
DECIMALS = 2
SIDES_DEPTH = 0.33
"""From the axis down to the first line of the words about its sides, inches."""


@dataclass(frozen=True)
class _Row:
    label: str
    value: float | None
    is_not_collected: bool


@dataclass(frozen=True)
class _Side:
    """The words at one side of 0, and where they begin or end."""

    x: float
    ha: str
    lines: tuple[str, ...]


def draw_love_plot(ard: Ard, plan: Plan, stamp: str) -> Figure:
    """Return the standardised difference of every baseline characteristic, in the table's order.

    Right of 0 the treatment arm has more of it. Raises AnalysisError if the frame has none.
    """
    rows = _read(ard)
    values = [row.value for row in rows if row.value is not None]
    axis = LinearAxis.covering(
        [-2 * SMALL, 2 * SMALL, *values], across(PLOT_LEFT), across(PLOT_RIGHT)
    )
    sides = _sides(plan, axis)
    foot = FOOT + (max(len(side.lines) for side in sides) - 1) * line_height(SIZE)
    canvas = Canvas(sheet_width(), HEAD + ROW * len(rows) + foot)
    top = canvas.height - HEAD
    low, high = axis.inches(-SMALL), axis.inches(SMALL)
    canvas.boxes.append(Box(low, high, foot, top, BAND, "none", 0))
    _add_head(canvas, axis, top)
    for number, row in enumerate(rows):
        _add_row(canvas, axis, row, top - ROW * (number + 0.5))
    zero = axis.inches(0)
    canvas.lines.append(Line(zero, foot, zero, top, INK, 0.6))
    _add_axis(canvas, axis, foot)
    _add_sides(canvas, sides, foot)
    title = say("Balance of the arms at baseline")
    frame = build_frame(plan, title, caption(ard, plan), stamp, canvas.height)
    return dress_figure(canvas.draw(frame.size), frame, alternative(ard, plan))


def caption(ard: Ard, plan: Plan) -> str:
    """Return what stands under the figure: set, n, definition, direction and how to read it."""
    arms = (plan.arms.treatment, plan.arms.reference)
    treatment, reference = (say_label(arm.label) for arm in arms)
    numbers = [format_count(ard.number("populations", "n", "ITT", arm.code)) for arm in arms]
    counts = [
        say("{name} ({meaning})", name=number, meaning=arm)
        for number, arm in zip(numbers, (treatment, reference), strict=True)
    ]
    return say(
        "Standardised differences at baseline, {members}, n = {counts}: {treatment} minus "
        "{reference}, in pooled standard deviations, of subjects with a value, not adjusted. "
        "Band: less than {small} either way. Arms that were randomised differ by chance; no test "
        "is made.",
        members=set_name("ITT"),
        counts=join_words(counts),
        treatment=treatment,
        reference=reference,
        small=format_number(SMALL, 1),
    )


def alternative(ard: Ard, plan: Plan) -> str:
    """Return the figure in words."""
    rows = say("; ").join(f"{row.label} {_text(row)}" for row in _read(ard))
    return say("Love plot of standardised differences. {rows}.", rows=rows)


def _read(ard: Ard) -> tuple[_Row, ...]:
    """The characteristics in the order of the baseline table, categories under their variable."""
    rows = ard.select(ANALYSIS, "ITT", stat_name="smd")
    order = list(VARIABLE_LABELS)
    known = sorted(rows, key=lambda row: order.index(row.variable))
    return tuple(_Row(_name(row), row.value, row.is_not_collected) for row in known)


def _name(row: ArdRow) -> str:
    variable = name_variable(row.variable)
    _, _, category = row.level.partition("=")
    if category in ("", YES):
        return variable
    category = name_category(row.variable, category)
    return say("{variable}: {category}", variable=variable, category=category)


def _text(row: _Row) -> str:
    if row.is_not_collected:
        return say(NOT_COLLECTED)
    return format_number(row.value, DECIMALS)


def _add_head(canvas: Canvas, axis: LinearAxis, top: float) -> None:
    words = [
        (say("Characteristic"), MARGIN, "left"),
        (say("Standardised difference"), (axis.left + axis.right) / 2, "center"),
        (say("Value"), sheet_width() - MARGIN, "right"),
    ]
    canvas.labels += [
        Label(x, top + HEAD / 2, text, SIZE, ha=side, weight="bold") for text, x, side in words
    ]


def _add_row(canvas: Canvas, axis: LinearAxis, row: _Row, y: float) -> None:
    canvas.labels.append(Label(MARGIN, y, row.label, SIZE, ha="left"))
    canvas.labels.append(Label(sheet_width() - MARGIN, y, _text(row), SIZE, ha="right"))
    if row.value is not None:
        zero, x = axis.inches(0), axis.inches(row.value)
        canvas.lines.append(Line(zero, y, x, y, RULE, 0.6))
        canvas.marks.append(Mark(x, y, 4.0, ACCENT))


def _add_axis(canvas: Canvas, axis: LinearAxis, foot: float) -> None:
    canvas.lines.append(Line(axis.left, foot, axis.right, foot, INK, 0.6))
    for tick in axis.ticks:
        x = axis.inches(tick)
        canvas.lines.append(Line(x, foot, x, foot - 0.05, INK, 0.6))
        canvas.labels.append(Label(x, foot - 0.13, format_number(tick, DECIMALS), TICK_SIZE))


def _sides(plan: Plan, axis: LinearAxis) -> tuple[_Side, _Side]:
    """Which arm has more on either side of 0, wrapped to the room there."""
    zero = axis.inches(0)
    room = zero - MARGIN, sheet_width() - MARGIN - zero
    reference, treatment = (
        wrap_label(say("More in {arm}", arm=say_label(arm.label)), SIZE, width - 0.1)
        for arm, width in zip((plan.arms.reference, plan.arms.treatment), room, strict=True)
    )
    return _Side(zero - 0.08, "right", reference), _Side(zero + 0.08, "left", treatment)


def _add_sides(canvas: Canvas, sides: tuple[_Side, _Side], foot: float) -> None:
    for side in sides:
        for row, text in enumerate(side.lines):
            y = foot - SIDES_DEPTH - row * line_height(SIZE)
            canvas.labels.append(Label(side.x, y, text, SIZE, QUIET, side.ha))
