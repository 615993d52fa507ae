"""Column widths of a table on paper, and where the decimal points of each column stand."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import compress
from math import sqrt

from analysis.display.documents.lines import Kind, Line
from analysis.display.tables.table import Table, is_number, split_number
from analysis.display.text.arial_widths import is_wide, text_width

SIZES = (8.5, 8.0, 7.5, 7.0, 6.5, 6.0)
"""Points: the first in which no word and no number is broken, else the last."""

COMFORTABLE = 7.5
CROWDED = 1.6
"""A table whose cells would fill the page so many times in one line each goes down to this size."""

PADDING = 3.5
INDENT = 9.0
"""Points: beside every cell, and of rows under a group."""

SLACK = 1.0
HEAD_SHARE = 0.6
"""Heads of numbers are given two lines before words are broken into more."""

LONGEST_WORD = 0.25
"""A longer word, as a hash, may be broken: the share of the page."""

_BREAK = re.compile(r"(?<=[\s/])|(?<=-)(?=[^\d\s])")


@dataclass(frozen=True)
class Needs:
    """What a column needs, in points: without breaking a word, and in one line.

    ``before`` and ``after``: of its numbers, what stands left and right of the decimal point.
    """

    least: float
    most: float
    before: float = 0.0
    after: float = 0.0


@dataclass(frozen=True)
class Column:
    """One column: its width in points with the padding; where decimal points stand, from the text's
    left edge; none in a column of words."""

    width: float
    point: float | None


@dataclass(frozen=True)
class Place:
    """Where a cell's text stands: the indent of a text that starts left, or a decimal tab, points.

    Neither: it stands in the middle.
    """

    indent: float | None = None
    tab: float | None = None


@dataclass(frozen=True)
class Grid:
    """The columns of a table in the size of its letters, points."""

    size: float
    columns: tuple[Column, ...]

    @property
    def width(self) -> float:
        """The whole width, points."""
        return sum(column.width for column in self.columns)

    def place(self, position: int, text: str, indented: bool) -> Place:
        """Return where a text stands in a column: words left, decimal points below each other."""
        point = self.columns[position].point
        if point is None:
            return Place(indent=INDENT if indented and position == 0 else 0.0)
        if is_number(text):
            return Place(tab=point)
        parts = split_number(text)
        if parts is None:
            return Place()
        return Place(indent=max(0.0, point - text_width(parts[0], self.size)))


def lay_columns(table: Table, lines: Iterable[Line], width: float) -> Grid:
    """Return columns that fill ``width`` points, by what they hold, and the size of the letters."""
    rows = [line for line in lines if not line.spans]
    for size in SIZES:
        needs = [
            _find_needs(table, position, rows, size, width)
            for position in range(len(table.columns))
        ]
        room = width - 2 * PADDING * len(needs)
        if _fits(needs, room, size):
            break
    shares = zip(needs, _share(needs, room), strict=True)
    texts = [_is_text(table, position) for position in range(len(needs))]
    return Grid(
        size,
        tuple(
            Column(share + 2 * PADDING, None if is_text else _find_point(need, share))
            for (need, share), is_text in zip(shares, texts, strict=True)
        ),
    )


def _fits(needs: Sequence[Needs], room: float, size: float) -> bool:
    is_loose = size <= COMFORTABLE or sum(need.most for need in needs) <= CROWDED * room
    return is_loose and sum(need.least for need in needs) <= room


def _is_text(table: Table, position: int) -> bool:
    return position == 0 or table.columns[position] in table.text_columns


def _find_point(need: Needs, share: float) -> float:
    """The numbers as a block in the middle of the column."""
    return (share - need.before - need.after) / 2 + need.before


def _find_needs(
    table: Table, position: int, rows: Sequence[Line], size: float, width: float
) -> Needs:
    words = partial(_measure_words, size=size, limit=width * LONGEST_WORD)
    head = words([table.columns[position]], bold=True)
    texts = dict.fromkeys(line.texts[position] for line in rows)
    if _is_text(table, position):
        indented = position == 0 and any(line.kind is Kind.INDENTED for line in rows)
        extra = INDENT if indented else 0.0
        cells = words(texts)
        return Needs(max(head.least, cells.least + extra), max(head.most, cells.most + extra))
    numbers = [parts for text in texts if (parts := split_number(text))]
    before = max((text_width(head, size) for head, _ in numbers), default=0.0)
    after = max((text_width(tail, size) for _, tail in numbers), default=0.0)
    block = before + after + SLACK
    others = words([text for text in texts if split_number(text) is None])
    most = max(block, head.least, head.most * HEAD_SHARE, others.most)
    return Needs(max(block, head.least, others.least), most, before, after)


def _measure_words(texts: Iterable[str], *, size: float, limit: float, bold: bool = False) -> Needs:
    lines = [line for text in texts for line in text.split("\n")]
    words = (word for text in lines for word in _split_words(text))
    least = max((text_width(word.rstrip(), size, bold) for word in words), default=0.0)
    most = max((text_width(text, size, bold) for text in lines), default=0.0)
    return Needs(min(least, limit) + SLACK, most + SLACK)


def _split_words(text: str) -> list[str]:
    """The parts of a text between which a line may end; Chinese breaks at every character."""
    parts = _BREAK.split(text)
    return [part for part in parts if not any(map(is_wide, part))] + [
        character for part in parts for character in compress(part, map(is_wide, part))
    ]


def _share(needs: Sequence[Needs], room: float) -> list[float]:
    """Widths that add up to ``room``: first what is needed, then by what is wanted."""
    least, most = sum(need.least for need in needs), sum(need.most for need in needs)
    if least > room:
        return [need.least * room / least for need in needs]
    if most <= room:
        return [need.most * room / most for need in needs]
    return _fill(needs, room)


def _fill(needs: Sequence[Needs], room: float) -> list[float]:
    """Widths by the root of what a column wants, none below its least or beyond what it wants.

    So long texts get more lines than short ones, and short ones mostly stay on one.
    """
    edges = sorted({edge / sqrt(need.most) for need in needs for edge in (need.least, need.most)})
    below = max(edge for edge in edges if sum(_level(needs, edge)) <= room)
    above = min(edge for edge in edges if sum(_level(needs, edge)) >= room)
    low, high = (sum(_level(needs, edge)) for edge in (below, above))
    part = (room - low) / (high - low) if high > low else 0.0
    return _level(needs, below + part * (above - below))


def _level(needs: Sequence[Needs], level: float) -> list[float]:
    return [min(need.most, max(need.least, level * sqrt(need.most))) for need in needs]
