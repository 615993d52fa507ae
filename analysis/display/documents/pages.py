"""Page breaks of a table on paper, where the program that opens it does not decide them.

LibreOffice does not repeat the column heads of an RTF table, so an RTF table is one table per page.
Heights are estimates on the safe side: a page ends a line early rather than late.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from analysis.display.documents.columns import INDENT, PADDING, Grid
from analysis.display.documents.lines import Kind, Line
from analysis.display.text.arial_widths import is_wide, text_width

LINE_HEIGHT, CHINESE_HEIGHT = 1.16, 1.5
"""Of the size of the letters; the second is that of the highest usual Chinese font."""

ABOVE_AND_BELOW, HEADING_SPACE = 1.6, 2.5
"""Points around the text of a row, and more above a heading."""

CONTINUED = " (continued)"
DEPTH = {Kind.SECTION: 0, Kind.GROUP: 1, Kind.ROW: 1, Kind.INDENTED: 2, Kind.NOTE: 0}
"""A line stands under the headings that are less deep."""

SAFETY = 0.97
"""Of the width of a column, for lines that another program breaks a little earlier."""


def split_pages(
    lines: Iterable[Line], grid: Grid, room: float, last: float
) -> tuple[tuple[Line, ...], ...]:
    """Return the lines page by page; what stays together is never parted if it fits on a page.

    ``room``: points of a page below the column heads; ``last``: what the footnotes need of it.
    A page that begins within a section or a group repeats its heading, as continued.
    """
    pages: list[list[Line]] = [[]]
    used = 0.0
    headings: list[Line] = []
    blocks = list(_list_blocks(lines))
    for index, block in enumerate(blocks):
        height = _measure(block, grid)
        needed = height + (last if index == len(blocks) - 1 else 0.0)
        if pages[-1] and used + needed > room:
            pages.append(_continue(headings, block[0]))
            used = _measure(pages[-1], grid)
        pages[-1] += block
        used += height
        for line in block:
            headings = _keep_headings(headings, line)
    return tuple(map(tuple, pages))


def _measure(lines: Iterable[Line], grid: Grid) -> float:
    return sum(measure_line(line, grid) for line in lines)


def _keep_headings(headings: list[Line], line: Line) -> list[Line]:
    """The headings that a line stands under, itself included; ``headings``: of the line before."""
    outer = [heading for heading in headings if DEPTH[heading.kind] < DEPTH[line.kind]]
    return [*outer, line] if line.kind in (Kind.SECTION, Kind.GROUP) else outer


def _continue(headings: list[Line], first: Line) -> list[Line]:
    """The headings that the first line of a page stands under, once more."""
    return [
        replace(heading, texts=(f"{heading.texts[0]}{CONTINUED}",), keep=True)
        for heading in headings
        if DEPTH[heading.kind] < DEPTH[first.kind]
    ]


def measure_line(line: Line, grid: Grid) -> float:
    """Return the height of a line in points: that of its highest cell."""
    if line.spans:
        return measure_text(line.texts[0], grid.size, grid.width) + HEADING_SPACE
    extra = INDENT if line.kind is Kind.INDENTED else 0.0
    widths = [column.width for column in grid.columns]
    widths[0] -= extra
    return max(
        measure_text(text, grid.size, width) for text, width in zip(line.texts, widths, strict=True)
    )


def measure_text(text: str, size: float, width: float, bold: bool = False) -> float:
    """Return the height of a text in a cell of ``width`` points, in points."""
    room = width - 2 * PADDING
    rows = sum(_count_rows(line, size, room, bold) for line in text.split("\n"))
    height = CHINESE_HEIGHT if any(map(is_wide, text)) else LINE_HEIGHT
    return rows * height * size + ABOVE_AND_BELOW


def _list_blocks(lines: Iterable[Line]) -> Iterator[list[Line]]:
    """The lines that stay together."""
    block: list[Line] = []
    for line in lines:
        block.append(line)
        if not line.keep:
            yield block
            block = []
    if block:
        yield block


def _count_rows(text: str, size: float, room: float, bold: bool) -> int:
    """Lines that a text takes, filled word by word; a word wider than the cell is broken."""
    rows, used = 1, 0.0
    for word in _list_words(text):
        bare, width = (text_width(part, size, bold) for part in (word.rstrip(), word))
        if used and used + bare > room * SAFETY:
            rows, used = rows + 1, 0.0
        if bare > room:
            rows += int(bare // room)
            width = bare % room
        used += width
    return rows


def _list_words(text: str) -> Sequence[str]:
    """Words with the space behind them; every Chinese character is one."""
    spaced = "".join(f"\0{part}\0" if is_wide(part) else part for part in text)
    return [word for word in spaced.replace(" ", " \0").split("\0") if word]
