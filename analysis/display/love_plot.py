"""The love plot: how far the arms differ at baseline, in standard deviations."""

from __future__ import annotations

from dataclasses import dataclass

from matplotlib.figure import Figure

from analysis.config import Plan
from analysis.display.ard import Ard, ArdRow
from analysis.display.canvas import Box, Canvas, Label, Line, Mark
from analysis.display.format import NOT_ESTIMABLE, format_count, format_number
from analysis.display.frame import MARGIN, WIDTH, build_frame, dress_figure
from analysis.display.labels import CATEGORY_LABELS, VARIABLE_LABELS
from analysis.display.linear_axis import LinearAxis
from analysis.display.palette import ACCENT, BAND, INK, QUIET, RULE
from analysis.display.typography import wrap_text
from analysis.display.wording import SETS

ANALYSIS = "baseline_balance"
SMALL = 0.1
"""Differences below a tenth of a standard deviation are called negligible (Austin 2009)."""

YES = "Y"
ROW, HEAD, FOOT = 0.145, 0.24, 0.46
PLOT_LEFT, PLOT_RIGHT = 3.3, 6.25
SIZE, TICK_SIZE = 6.8, 6.5
DECIMALS = 2


@dataclass(frozen=True)
class _Row:
    label: str
    value: float | None


def draw_love_plot(ard: Ard, plan: Plan, stamp: str) -> Figure:
    """Return the standardised difference of every baseline characteristic, in the table's order.

    Right of 0 the treatment arm has more of it. Raises AnalysisError if the frame has none.
    """
    rows = _read(ard)
    values = [row.value for row in rows if row.value is not None]
    axis = LinearAxis.covering([-2 * SMALL, 2 * SMALL, *values], PLOT_LEFT, PLOT_RIGHT)
    canvas = Canvas(WIDTH, HEAD + ROW * len(rows) + FOOT)
    top = canvas.height - HEAD
    low, high = axis.inches(-SMALL), axis.inches(SMALL)
    canvas.boxes.append(Box(low, high, FOOT, top, BAND, "none", 0))
    _add_head(canvas, top)
    for number, row in enumerate(rows):
        _add_row(canvas, axis, row, top - ROW * (number + 0.5))
    zero = axis.inches(0)
    canvas.lines.append(Line(zero, FOOT, zero, top, INK, 0.6))
    _add_axis(canvas, plan, axis)
    frame = build_frame(
        plan, "Balance of the arms at baseline", caption(ard, plan), stamp, canvas.height
    )
    return dress_figure(canvas.draw(frame.size), frame, alternative(ard, plan))


def caption(ard: Ard, plan: Plan) -> str:
    """Return what stands under the figure: set, n, definition, direction and how to read it."""
    arms = plan.arms
    counts = " and ".join(
        f"{format_count(ard.number('populations', 'n', 'ITT', arm.code))} ({arm.label})"
        for arm in (arms.treatment, arms.reference)
    )
    return (
        f"Standardised differences at baseline, {SETS['ITT']}, n = {counts}: "
        f"{arms.treatment.label} minus {arms.reference.label}, in pooled standard deviations, of "
        f"subjects with a value, not adjusted. Band: less than {format_number(SMALL, 1)} either "
        "way. Arms that were randomised differ by chance; no test is made."
    )


def alternative(ard: Ard, plan: Plan) -> str:
    """Return the figure in words."""
    rows = "; ".join(f"{row.label} {_text(row)}" for row in _read(ard))
    return f"Love plot of standardised differences. {rows}."


def _read(ard: Ard) -> tuple[_Row, ...]:
    """The characteristics in the order of the baseline table, categories under their variable."""
    held = ard.select(ANALYSIS, "ITT", stat_name="smd")
    order = list(VARIABLE_LABELS)
    known = sorted(held, key=lambda row: order.index(row.variable))
    return tuple(_Row(_name(row), row.value) for row in known)


def _name(row: ArdRow) -> str:
    label = VARIABLE_LABELS[row.variable]
    _, _, category = row.level.partition("=")
    if category in ("", YES):
        return label
    return f"{label}: {CATEGORY_LABELS.get(row.variable, {}).get(category, category)}"


def _text(row: _Row) -> str:
    return NOT_ESTIMABLE if row.value is None else format_number(row.value, DECIMALS)


def _add_head(canvas: Canvas, top: float) -> None:
    words = [
        ("Characteristic", MARGIN, "left"),
        ("Standardised difference", (PLOT_LEFT + PLOT_RIGHT) / 2, "center"),
        ("Value", WIDTH - MARGIN, "right"),
    ]
    canvas.labels += [
        Label(x, top + HEAD / 2, text, SIZE, ha=side, weight="bold") for text, x, side in words
    ]


def _add_row(canvas: Canvas, axis: LinearAxis, row: _Row, y: float) -> None:
    canvas.labels.append(Label(MARGIN, y, row.label, SIZE, ha="left"))
    canvas.labels.append(Label(WIDTH - MARGIN, y, _text(row), SIZE, ha="right"))
    if row.value is not None:
        zero, x = axis.inches(0), axis.inches(row.value)
        canvas.lines.append(Line(zero, y, x, y, RULE, 0.6))
        canvas.marks.append(Mark(x, y, 4.0, ACCENT))


def _add_axis(canvas: Canvas, plan: Plan, axis: LinearAxis) -> None:
    canvas.lines.append(Line(axis.left, FOOT, axis.right, FOOT, INK, 0.6))
    for tick in axis.ticks:
        x = axis.inches(tick)
        canvas.lines.append(Line(x, FOOT, x, FOOT - 0.05, INK, 0.6))
        canvas.labels.append(Label(x, FOOT - 0.13, format_number(tick, DECIMALS), TICK_SIZE))
    zero = axis.inches(0)
    sides = (
        (zero - 0.08, "right", plan.arms.reference.label, zero - MARGIN),
        (zero + 0.08, "left", plan.arms.treatment.label, WIDTH - MARGIN - zero),
    )
    for x, side, arm, room in sides:
        (first, *_) = wrap_text(f"More in {arm}", SIZE, room - 0.1)
        canvas.labels.append(Label(x, FOOT - 0.33, first, SIZE, QUIET, side))
