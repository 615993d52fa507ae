"""Forest plot in the columns of a journal: label, numbers by arm, plot, estimate in words."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from matplotlib.figure import Figure

from analysis.config import Plan
from analysis.display.ard import Effect
from analysis.display.drawing.axes import LogAxis
from analysis.display.drawing.canvas import Canvas, Label, Line
from analysis.display.drawing.frame import MARGIN, build_frame, dress_figure, sheet_width
from analysis.display.drawing.layout import wrap_label
from analysis.display.drawing.palette import INK, QUIET
from analysis.display.drawing.typography import LINE_SPACING, POINTS_PER_INCH, line_height
from analysis.display.figures.forest.marks import (
    add_axis,
    add_diamond,
    add_effect,
    add_guide,
    axis_height,
)
from analysis.display.presets import HOUSE
from analysis.display.text.format import NOT_COLLECTED, format_estimate
from analysis.display.text.language import say
from analysis.display.text.model_reasons import say_reason
from analysis.display.text.wording import confidence, direction

SIZE, REASON_SIZE, INDENT = 7.0, 6.5, 0.12
LEADING, LEAST_LEADING = 0.035, 0.012
"""Air of a row beyond its lines, inches; larger letters take of it."""

GAP = 0.1
"""Between the columns, inches."""


@dataclass(frozen=True)
class Layout:
    """The columns, in inches: labels up to ``count_left``, counts, the plot, estimates, last.

    ``last`` is the heading of a column at the right edge, or empty.
    """

    label: str
    count: str
    estimate: str
    count_left: float
    plot_left: float
    plot_right: float
    estimate_right: float
    last: str = ""


@dataclass(frozen=True)
class ForestRow:
    """One row. Without an effect it is a heading; ``guiding`` is the estimate of the whole plot.

    ``last`` is the text at the right edge.
    """

    label: str
    count: str = ""
    effect: Effect | None = None
    last: str = ""
    guiding: bool = False

    @property
    def is_heading(self) -> bool:
        """Whether the row heads those after it."""
        return self.effect is None

    @property
    def weight(self) -> str:
        """Bold for headings and the guiding estimate."""
        return "bold" if self.is_heading or self.guiding else "normal"


@dataclass(frozen=True)
class Words:
    """What stands around the plot: title, caption, the text for who cannot see it, the stamp."""

    title: str
    caption: str
    alternative: str
    stamp: str


def draw_forest(plan: Plan, layout: Layout, rows: Sequence[ForestRow], words: Words) -> Figure:
    """Return the forest plot of odds ratios, the guiding row as dashed line and band.

    Which side of 1 favours the treatment is the plan's. A row that is not estimable says so,
    with the reason in the place of its interval.
    """
    effects = [row.effect for row in rows if row.effect is not None]
    axis = LogAxis.covering(effects, layout.plot_left, layout.plot_right)
    heights = [_row_height(layout, row) for row in rows]
    foot, head = axis_height(plan, axis), _head_height(layout)
    canvas = Canvas(sheet_width(), head + sum(heights) + foot)
    for guide in (row.effect for row in rows if row.guiding and row.effect):
        for bottom, upper in _free_spans(layout, rows, heights, canvas.height - head):
            add_guide(canvas, axis, guide, bottom, upper)
    _add_head(canvas, layout, head)
    top = canvas.height - head
    for row, height in zip(rows, heights, strict=True):
        _add_row(canvas, layout, axis, row, top - height / 2)
        top -= height
    add_axis(canvas, plan, axis, foot)
    frame = build_frame(plan, words.title, words.caption, words.stamp, canvas.height)
    return dress_figure(canvas.draw(frame.size), frame, words.alternative)


def head_of_estimates(plan: Plan, *, has_odds_ratios: bool) -> str:
    """Return the heading of the column of estimates: ``Odds ratio (95% CI)``, or win odds."""
    if not has_odds_ratios:
        return say("Win odds ({confidence})", confidence=confidence(plan))
    return say("Odds ratio ({confidence})", confidence=confidence(plan))


def describe_forest(plan: Plan, rows: Iterable[str], *, has_odds_ratios: bool) -> str:
    """Return a forest plot in words: which way it points, then its rows, each a clause."""
    values = {"direction": direction(plan), "rows": say(". ").join(rows)}
    if not has_odds_ratios:
        return say("Forest plot of win odds ({direction}). {rows}.", **values)
    return say("Forest plot of odds ratios ({direction}). {rows}.", **values)


def _free_spans(
    layout: Layout, rows: Sequence[ForestRow], heights: Sequence[float], top: float
) -> list[tuple[float, float]]:
    """Where guiding lines run, from bottom to top: past all rows but those with a reason."""
    spans: list[tuple[float, float]] = []
    for row, height in zip(rows, heights, strict=True):
        if not _reason_lines(layout, row):
            upper = spans.pop()[1] if spans and spans[-1][0] == top else top
            spans.append((top - height, upper))
        top -= height
    return spans


def _indent(row: ForestRow) -> float:
    return 0.0 if row.is_heading or row.guiding else INDENT


def _label_lines(layout: Layout, row: ForestRow) -> tuple[str, ...]:
    """The label, wrapped to its column; a heading may reach up to the plot."""
    right = layout.plot_left if row.is_heading else layout.count_left
    return wrap_label(row.label, SIZE, right - GAP - MARGIN - _indent(row), row.weight)


def _reason_lines(layout: Layout, row: ForestRow) -> tuple[str, ...]:
    """Why there is no estimate, wrapped to the width of the plot."""
    if row.effect is None or row.effect.estimate is not None:
        return ()
    return wrap_label(
        say_reason(row.effect.reason), REASON_SIZE, layout.plot_right - layout.plot_left
    )


def _row_height(layout: Layout, row: ForestRow) -> float:
    label = len(_label_lines(layout, row)) * line_height(SIZE)
    reason = len(_reason_lines(layout, row)) * line_height(REASON_SIZE)
    leading = _leading()
    return max(label, reason) + leading + (leading / 2 if row.weight == "bold" else 0.0)


def _leading() -> float:
    """As much as the lines are higher than the house's own, the rows have less air."""
    own = HOUSE.points(SIZE) * LINE_SPACING / POINTS_PER_INCH
    return max(LEADING + (own - line_height(SIZE)), LEAST_LEADING)


def _count_lines(layout: Layout) -> tuple[str, ...]:
    return wrap_label(layout.count, SIZE, layout.plot_left - layout.count_left - GAP, "bold")


def _last_lines(layout: Layout) -> tuple[str, ...]:
    width = sheet_width() - MARGIN - layout.estimate_right - GAP
    return wrap_label(layout.last, SIZE, width, "bold") if layout.last else ()


def _head_height(layout: Layout) -> float:
    lines = max(len(_count_lines(layout)), len(_last_lines(layout)), 1)
    return lines * line_height(SIZE) + 0.12


def _add_head(canvas: Canvas, layout: Layout, height: float) -> None:
    columns = [
        ((layout.label,), MARGIN, "left"),
        (_count_lines(layout), _count_middle(layout), "center"),
        ((layout.estimate,), layout.estimate_right, "right"),
        (_last_lines(layout), sheet_width() - MARGIN, "right"),
    ]
    edge = canvas.height - height
    for lines, x, side in columns:
        for row, text in enumerate(reversed(lines)):
            y = edge + 0.06 + (row + 0.5) * line_height(SIZE)
            canvas.labels.append(Label(x, y, text, SIZE, ha=side, weight="bold"))
    canvas.lines.append(Line(MARGIN, edge, sheet_width() - MARGIN, edge, INK, 0.6))


def _count_middle(layout: Layout) -> float:
    return (layout.count_left + layout.plot_left - GAP) / 2


def _add_row(canvas: Canvas, layout: Layout, axis: LogAxis, row: ForestRow, y: float) -> None:
    _add_lines(canvas, _label_lines(layout, row), MARGIN + _indent(row), y, row.weight)
    words = [(row.count, _count_middle(layout), "center")]
    if row.effect is not None:
        effect = row.effect
        text = (
            say(NOT_COLLECTED)
            if effect.is_not_collected
            else format_estimate(effect.estimate, effect.low, effect.high)
        )
        words.append((text, layout.estimate_right, "right"))
        draw = add_diamond if row.guiding else add_effect
        draw(canvas, axis, effect, y)
        _add_reason(canvas, layout, row, y)
    for text, x, side in words:
        canvas.labels.append(Label(x, y, text, SIZE, ha=side, weight=row.weight))
    canvas.labels.append(Label(sheet_width() - MARGIN, y, row.last, SIZE, ha="right"))


def _add_lines(canvas: Canvas, lines: Sequence[str], x: float, y: float, weight: str) -> None:
    for number, text in enumerate(lines):
        place = y + line_height(SIZE) * ((len(lines) - 1) / 2 - number)
        canvas.labels.append(Label(x, place, text, SIZE, ha="left", weight=weight))


def _add_reason(canvas: Canvas, layout: Layout, row: ForestRow, y: float) -> None:
    lines = _reason_lines(layout, row)
    middle = (layout.plot_left + layout.plot_right) / 2
    for number, text in enumerate(lines):
        place = y + line_height(REASON_SIZE) * ((len(lines) - 1) / 2 - number)
        canvas.labels.append(Label(middle, place, text, REASON_SIZE, QUIET))
