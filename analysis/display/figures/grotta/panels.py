"""Grotta bars in panels: one pair of arms for each subgroup level, or for each analysis."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

from matplotlib.figure import Figure

from analysis.config import Plan
from analysis.display.ard import Ard, Effect
from analysis.display.drawing.canvas import Canvas, Label, Line
from analysis.display.drawing.frame import MARGIN, build_frame, dress_figure, sheet_width
from analysis.display.drawing.letters import TIE
from analysis.display.drawing.palette import RULE
from analysis.display.drawing.typography import line_height, text_width, wrap_text
from analysis.display.figures.grotta.bars import (
    AXIS_ZONE,
    Pair,
    add_key,
    add_pair,
    add_percent_axis,
)
from analysis.display.figures.grotta.key import key_zone
from analysis.display.figures.grotta.segments import Segment, Source, Style, build_segments
from analysis.display.text.conclusion.measure import say_by_measure
from analysis.display.text.format import NOT_ESTIMABLE, format_count, format_estimate
from analysis.display.text.language import join_sentences, say, say_label

SIZE, COUNT_SIZE = 7.0, 6.5
NOTE_SIZE = 7.0
BAR, GAP = 0.15, 0.08
SLIVER_ZONE, FREE_ZONE = 0.25, 0.02
HEAD, RULE_ROOM, AIR = 0.16, 0.04, 0.03
COUNT_GAP = 0.06
RIGHT_ROOM = 0.14
"""Right of the bars: half of the last number of the axis, inches."""

GUTTER = 0.24
"""Between two columns of panels, inches."""

_UNIT = re.compile(r"(?<=\d) (?=[a-z]+$)")
"""``6 h`` stays on one line."""

PERCENT_NAME = "Patients with an outcome (%)"


@dataclass(frozen=True)
class Panel:
    """One pair of bars: its name, its distribution, and the estimate that belongs to it.

    ``begins``: whether a rule stands above it, as the first of those that belong together.
    """

    label: str
    source: Source
    effect: Effect
    begins: bool = False


@dataclass(frozen=True)
class Sheet:
    """The words around the panels, the columns that they stand in and how segments are set."""

    title: str
    caption: str
    alternative: str
    stamp: str
    columns: int
    style: Style


@dataclass(frozen=True)
class _Column:
    """Where a column of panels lies; the bars begin right of the counts. Inches."""

    left: float
    bars: float
    right: float


@dataclass(frozen=True)
class _Block:
    """A panel with its bars and the lines of its heading."""

    panel: Panel
    pair: Pair
    counts: tuple[str, str]
    name: tuple[str, ...]
    column: _Column

    @property
    def head(self) -> float:
        """The room of the heading, with the rule above it."""
        rule = RULE_ROOM if self.panel.begins else 0.0
        return rule + HEAD + (len(self.name) - 1) * line_height(SIZE)

    @property
    def height(self) -> float:
        """The whole room."""
        return self.head + self.pair.height + AIR


def draw_panels(ard: Ard, plan: Plan, panels: Sequence[Panel], sheet: Sheet) -> Figure:
    """Return the figure of the panels, in columns of about equal height."""
    note = wrap_text(_explain(plan), NOTE_SIZE, sheet_width() - 2 * MARGIN)
    columns = _split(ard, plan, panels, sheet)
    tallest = max((sum(block.height for block in column) for column in columns), default=0.0)
    head = key_zone(plan) + len(note) * line_height(NOTE_SIZE) + 0.06
    canvas = Canvas(sheet_width(), head + tallest + AXIS_ZONE)
    add_key(canvas, plan)
    for row, text in enumerate(note):
        y = canvas.height - key_zone(plan) - (row + 0.5) * line_height(NOTE_SIZE)
        canvas.labels.append(Label(MARGIN, y, text, NOTE_SIZE, ha="left"))
    for column in columns:
        top = canvas.height - head
        for block in column:
            _add_block(canvas, block, top)
            top -= block.height
        bars = column[0].column
        add_percent_axis(canvas, bars.bars, bars.right, top - AXIS_ZONE, say(PERCENT_NAME))
    frame = build_frame(plan, sheet.title, sheet.caption, sheet.stamp, canvas.height)
    return dress_figure(canvas.draw(frame.size), frame, sheet.alternative)


def describe_panels(ard: Ard, plan: Plan, panels: Sequence[Panel]) -> str:
    """Return the panels in words: the percentages of each arm and the estimate."""
    return join_sentences(_describe(ard, plan, panel) for panel in panels)


def estimate_text(effect: Effect) -> str:
    """Return the estimate with its interval, or that it is not estimable."""
    if effect.estimate is None:
        return say(NOT_ESTIMABLE)
    return format_estimate(effect.estimate, effect.low, effect.high)


def _explain(plan: Plan) -> str:
    arms = plan.arms
    return say(
        "Upper bar: {upper}. Lower bar: {lower}.",
        upper=say_label(arms.treatment.label),
        lower=say_label(arms.reference.label),
    )


def _split(
    ard: Ard, plan: Plan, panels: Sequence[Panel], sheet: Sheet
) -> list[list[_Block]]:  # fmt: skip
    """The panels by column; what belongs together stays together, the tallest is the lowest."""
    room = sheet_width() - MARGIN - RIGHT_ROOM
    width = (room - (sheet.columns - 1) * GUTTER) / sheet.columns
    lefts = [MARGIN + number * (width + GUTTER) for number in range(sheet.columns)]
    columns = [_place_column(ard, panels, plan, left, left + width) for left in lefts]
    heights = [_build_block(ard, plan, panel, sheet.style, columns[0]).height for panel in panels]
    ends = _find_ends(panels, heights, sheet.columns)
    return [
        [_build_block(ard, plan, panel, sheet.style, column) for panel in panels[start:end]]
        for column, (start, end) in zip(columns, pairwise(ends), strict=False)
    ]


def _find_ends(panels: Sequence[Panel], heights: Sequence[float], columns: int) -> tuple[int, ...]:
    """Where columns begin and end, by the number of the panel, such that the tallest is lowest."""
    total = len(panels)
    starts = [number for number in range(1, total) if panels[number].begins]
    cuts = combinations(starts, min(columns - 1, len(starts)))
    splits = [(0, *cut, total) for cut in cuts] if total else [(0,)]
    return min(splits, key=lambda ends: _tallest(ends, heights))


def _tallest(ends: Sequence[int], heights: Sequence[float]) -> float:
    return max((sum(heights[start:end]) for start, end in pairwise(ends)), default=0.0)


def _place_column(
    ard: Ard, panels: Sequence[Panel], plan: Plan, left: float, right: float
) -> _Column:
    counts = [count for panel in panels for count in _count(ard, plan, panel)]
    widest = max((text_width(count, COUNT_SIZE) for count in counts), default=0.0)
    return _Column(left, left + widest + COUNT_GAP, right)


def _build_block(ard: Ard, plan: Plan, panel: Panel, style: Style, column: _Column) -> _Block:
    upper, lower = _read_bars(ard, plan, panel, style, column)
    pair = Pair(upper, lower, column.bars, column.right, BAR, GAP, SLIVER_ZONE, FREE_ZONE)
    room = column.right - column.left - text_width(estimate_text(panel.effect), SIZE) - 0.1
    name = wrap_text(_UNIT.sub(TIE, panel.label), SIZE, room, "bold")
    return _Block(panel, pair, _count(ard, plan, panel), name, column)


def _read_bars(
    ard: Ard, plan: Plan, panel: Panel, style: Style, column: _Column
) -> tuple[tuple[Segment, ...], ...]:
    return tuple(
        build_segments(ard, plan, panel.source, code, column.bars, column.right, style)
        for code in plan.arms.codes
    )


def _count(ard: Ard, plan: Plan, panel: Panel) -> tuple[str, str]:
    source = panel.source
    treatment, reference = (
        format_count(ard.number(source.analysis_id, "N", source.population, code, source.part))
        for code in plan.arms.codes
    )
    return f"n = {treatment}", f"n = {reference}"


def _add_block(canvas: Canvas, block: _Block, top: float) -> None:
    column = block.column
    bottom = top - block.head
    if block.panel.begins:
        canvas.lines.append(Line(column.left, top, column.right, top, RULE, 0.6))
        top -= RULE_ROOM
    for row, text in enumerate(block.name):
        y = top - HEAD / 2 - row * line_height(SIZE)
        canvas.labels.append(Label(column.left, y, text, SIZE, ha="left", weight="bold"))
    words = estimate_text(block.panel.effect)
    canvas.labels.append(Label(column.right, top - HEAD / 2, words, SIZE, ha="right"))
    add_pair(canvas, block.pair, bottom)
    for count, middle in zip(block.counts, block.pair.middles(bottom), strict=True):
        canvas.labels.append(Label(column.left, middle, count, COUNT_SIZE, ha="left"))


def _describe(ard: Ard, plan: Plan, panel: Panel) -> str:
    arms = [
        f"{say_label(arm.label)} "
        + ", ".join(
            f"{level.level}: {level.percent_text}"
            for level in build_segments(ard, plan, panel.source, arm.code, 0.0, 1.0)
        )
        for arm in (plan.arms.treatment, plan.arms.reference)
    ]
    return say_by_measure(
        plan,
        "{panel}. {arms}; odds ratio {estimate}.",
        "{panel}. {arms}; win odds {estimate}.",
        panel=panel.label,
        arms="; ".join(arms),
        estimate=estimate_text(panel.effect),
    )
