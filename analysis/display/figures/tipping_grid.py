"""Grid and key of the tipping-point figure: the cells, their numbers and fills (SAP 6)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from analysis.config import Plan
from analysis.display.ard import Ard, Effect
from analysis.display.drawing.canvas import Box, Canvas, Label
from analysis.display.drawing.frame import MARGIN, sheet_width
from analysis.display.drawing.layout import wrap_label
from analysis.display.drawing.palette import INK, PAPER
from analysis.display.drawing.typography import line_height, text_width, wrap_text
from analysis.display.rows.shift import shift_level
from analysis.display.rows.tipping import ANALYSIS, Cell, Verdict, describe_verdict
from analysis.display.text.format import NO_EFFECT_RATIO, format_interval, format_number

LEFT, CELL_HEIGHT = 0.45, 0.34
ESTIMATE_SIZE, INTERVAL_SIZE = 7.0, 6.0
PADDING = 0.03
MOST_LINES = 2
LINE_GAP = 0.14
"""From the estimate down to the interval, inches."""

FILLS = {
    Verdict.BENEFIT: "#B9D3DF",
    Verdict.NEITHER: PAPER,
    Verdict.HARM: "#5A5A5A",
    Verdict.ABSENT: "#E4E4E4",
}
"""Lightness tells them apart without colour; the frontier is a line besides."""

KEY_SIZE = 6.5
ZONE, ROW, INDENT, GAP = 0.3, 0.19, 0.26, 0.25
"""Of the key: its least room, a line, the box of a fill, and between two verdicts, inches."""


@dataclass(frozen=True)
class Grid:
    """Cells for every pair of ``shifts``, from the foot upwards and ``LEFT`` to the right.

    ``height``: of a cell, inches. ``with_intervals``: whether the cells hold the intervals.
    """

    shifts: tuple[float, ...]
    foot: float
    height: float
    with_intervals: bool

    @property
    def top(self) -> float:
        """The upper edge, inches."""
        return self.foot + self.height * len(self.shifts)

    def box(self, cell: Cell) -> tuple[float, float, float, float]:
        """Return left, right, bottom and top of a cell, inches."""
        width = (right_edge() - LEFT) / len(self.shifts)
        column, row = self.shifts.index(cell[0]), self.shifts.index(cell[1])
        left, bottom = LEFT + column * width, self.foot + row * self.height
        return left, left + width, bottom, bottom + self.height


@dataclass(frozen=True)
class KeyLine:
    """A line of the key: where it begins, its row, its verdict unless it goes on with the last."""

    x: float
    row: int
    verdict: Verdict | None
    text: str


def right_edge() -> float:
    """Return where the grid ends, inches."""
    return sheet_width() - MARGIN


def lay_grid(ard: Ard, plan: Plan, foot: float) -> Grid:
    """Return the grid of the plan's shifts; its cells hold the intervals if all of them fit.

    Where one of them needs two lines, all cells are as high.
    """
    shifts, room = plan.sensitivity.tipping.shifts, _room(plan)
    effects = [_effect(ard, plan, (treated, other)) for treated in shifts for other in shifts]
    lines = [_interval_lines(plan, effect) for effect in effects if effect.estimate is not None]
    most = max((len(words) for words in lines), default=1)
    widest = max((text_width(line, INTERVAL_SIZE) for words in lines for line in words), default=0)
    if most > MOST_LINES or widest > room:
        return Grid(shifts, foot, CELL_HEIGHT, with_intervals=False)
    height = CELL_HEIGHT + (most - 1) * line_height(INTERVAL_SIZE)
    return Grid(shifts, foot, height, with_intervals=True)


def label_cell(ard: Ard, plan: Plan, grid: Grid, cell: Cell, ink: str) -> list[Label]:
    """Return the numbers of a cell; the cells of a very fine grid are too narrow for any."""
    effect = _effect(ard, plan, cell)
    estimate = format_number(effect.estimate, 2)
    too_wide = text_width(estimate, ESTIMATE_SIZE, "bold") > _room(plan)
    if effect.estimate is None or too_wide:
        return []
    left, right, bottom, top = grid.box(cell)
    x, y = (left + right) / 2, (bottom + top) / 2
    lines = _interval_lines(plan, effect) if grid.with_intervals else ()
    y += (LINE_GAP + (len(lines) - 1) * line_height(INTERVAL_SIZE)) / 2 if lines else 0.0
    labels = [Label(x, y, estimate, ESTIMATE_SIZE, ink, weight="bold")]
    for row, line in enumerate(lines):
        place = y - LINE_GAP - row * line_height(INTERVAL_SIZE)
        labels.append(Label(x, place, line, INTERVAL_SIZE, ink))
    return labels


def place_key(
    plan: Plan, verdicts: Mapping[Cell, Verdict], left: float, right: float
) -> list[KeyLine]:
    """Return the verdicts on the grid beside each other, in as many rows as they need."""
    key: list[KeyLine] = []
    x, row = left, 0
    for verdict in (verdict for verdict in Verdict if verdict in verdicts.values()):
        first, *more = wrap_label(describe_verdict(plan, verdict), KEY_SIZE, right - left - INDENT)
        end = x + INDENT + text_width(first, KEY_SIZE)
        if key and (end > right or more):
            x, row = left, row + 1
            end = x + INDENT + text_width(first, KEY_SIZE)
        key.append(KeyLine(x, row, verdict, first))
        key += [KeyLine(left, row + number, None, line) for number, line in enumerate(more, 1)]
        x, row = (right if more else end + GAP), row + len(more)
    return key


def key_height(key: Sequence[KeyLine]) -> float:
    """Return the room of the key, inches."""
    return ZONE + ROW * key[-1].row


def add_key(canvas: Canvas, key: Sequence[KeyLine]) -> None:
    """Draw the key at the top of the canvas."""
    for line in key:
        y = canvas.height - 0.12 - line.row * ROW
        if line.verdict is not None:
            fill = FILLS[line.verdict]
            canvas.boxes.append(Box(line.x, line.x + 0.2, y - 0.07, y + 0.07, fill, INK, 0.4))
        canvas.labels.append(Label(line.x + INDENT, y, line.text, KEY_SIZE, ha="left"))


def _effect(ard: Ard, plan: Plan, cell: Cell) -> Effect:
    return ard.effect(ANALYSIS, plan.primary.population, shift_level(plan, *cell))


def _room(plan: Plan) -> float:
    """The width that the words of a cell may take, inches."""
    return (right_edge() - LEFT) / len(plan.sensitivity.tipping.shifts) - 2 * PADDING


def _interval_lines(plan: Plan, effect: Effect) -> tuple[str, ...]:
    interval = format_interval(effect.low, effect.high, NO_EFFECT_RATIO)
    return wrap_text(interval, INTERVAL_SIZE, _room(plan))
