"""The cells of the tipping-point figure: where they lie and the numbers in them (SAP 6)."""

from __future__ import annotations

from dataclasses import dataclass

from analysis.config import Plan
from analysis.display.ard import Ard, Effect
from analysis.display.canvas import Label
from analysis.display.format import NO_EFFECT_RATIO, format_interval, format_number
from analysis.display.frame import MARGIN, sheet_width
from analysis.display.shift_lines import shift_level
from analysis.display.tipping_words import ANALYSIS, Cell
from analysis.display.typography import line_height, text_width, wrap_text

LEFT, CELL_HEIGHT = 0.45, 0.34
ESTIMATE_SIZE, INTERVAL_SIZE = 7.0, 6.0
PADDING = 0.03
MOST_LINES = 2
LINE_GAP = 0.14
"""From the estimate down to the interval, inches."""


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


def _effect(ard: Ard, plan: Plan, cell: Cell) -> Effect:
    return ard.effect(ANALYSIS, plan.primary.population, shift_level(plan, *cell))


def _room(plan: Plan) -> float:
    """The width that the words of a cell may take, inches."""
    return (right_edge() - LEFT) / len(plan.sensitivity.tipping.shifts) - 2 * PADDING


def _interval_lines(plan: Plan, effect: Effect) -> tuple[str, ...]:
    interval = format_interval(effect.low, effect.high, NO_EFFECT_RATIO)
    return wrap_text(interval, INTERVAL_SIZE, _room(plan))
