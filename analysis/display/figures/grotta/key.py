"""Key of the mRS levels above Grotta bars: one row, or two columns on a narrow sheet."""

from dataclasses import dataclass

from analysis.config import Plan
from analysis.display.drawing.frame import MARGIN, is_column, sheet_width
from analysis.display.drawing.typography import line_height, narrowest_lines, text_width, wrap_text
from analysis.display.text.wording import name_meaning

KEY_SIZE, LEVEL_SIZE = 6.3, 7.5
GAP = 0.08
"""Between the box of a level and its words, with what follows them, inches."""

HALF, BELOW = 0.16, 0.26
"""Least half height of the row, and the room below its middle beyond that, inches."""

ROW = 0.25
"""Height of a row in two columns, inches."""


@dataclass(frozen=True)
class Place:
    """Where a level stands: its left edge, how far down its middle lies, its words in lines."""

    left: float
    down: float
    words: tuple[str, ...]


def place_key(plan: Plan) -> tuple[Place, ...]:
    """Return the places of all levels, best first."""
    return _place_columns(plan) if is_column() else _place_row(plan)


def key_zone(plan: Plan) -> float:
    """Return the room of the key above the bars, inches."""
    lowest = max(place.down for place in place_key(plan))
    return lowest + (ROW / 2 if is_column() else BELOW)


def key_box(name: str) -> float:
    """Return how wide the box with the number of a level is, inches."""
    return max(0.2, text_width(name, LEVEL_SIZE, "bold") + 0.08)


def _place_row(plan: Plan) -> tuple[Place, ...]:
    levels, cells = plan.outcome.levels, _cells(plan)
    words = [_wrap(plan, level, cell) for level, cell in zip(levels, cells, strict=True)]
    down = max(HALF, max(map(len, words)) * line_height(KEY_SIZE) / 2 + 0.02)
    lefts = [MARGIN + sum(cells[:number]) for number in range(len(cells))]
    return tuple(Place(left, down, lines) for left, lines in zip(lefts, words, strict=True))


def _place_columns(plan: Plan) -> tuple[Place, ...]:
    levels = plan.outcome.levels
    cell = (sheet_width() - 2 * MARGIN) / 2
    rows = (len(levels) + 1) // 2
    return tuple(
        Place(MARGIN + number // rows * cell, (number % rows + 0.5) * ROW, _wrap(plan, level, cell))
        for number, level in enumerate(levels)
    )


def _cells(plan: Plan) -> tuple[float, ...]:
    """The room of each level in the row: the same, or as its words need it for two lines."""
    levels = plan.outcome.levels
    room = sheet_width() - 2 * MARGIN
    same = room / len(levels)
    needs = [_need(plan, level) for level in levels]
    if max(needs) <= same:
        return (same,) * len(levels)
    spare = (room - sum(needs)) / len(levels)
    return tuple(need + spare for need in needs)


def _need(plan: Plan, level: int) -> float:
    """The least room in which the words of a level stand on two lines."""
    words = narrowest_lines(name_meaning(plan, level), KEY_SIZE)
    return key_box(plan.outcome.name_level(level)) + GAP + words


def _wrap(plan: Plan, level: int, cell: float) -> tuple[str, ...]:
    room = cell - key_box(plan.outcome.name_level(level)) - GAP
    return wrap_text(name_meaning(plan, level), KEY_SIZE, room)
