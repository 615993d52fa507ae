"""Layout of labels: apart where they would overlap, in columns, and wrapped between clauses.

Chinese words have no spaces between them, so Chinese labels break where a clause ends.
"""

import re
from collections.abc import Sequence

from analysis.display.drawing.frame import sheet_width
from analysis.display.drawing.letters import drawable
from analysis.display.drawing.typography import text_width, wrap_text
from analysis.display.presets import HOUSE
from analysis.display.text.language import is_chinese
from analysis.errors import AnalysisError

_CLAUSE_ENDS = re.compile("(?<=[，：；、])|(?<=/ )|(?<= )(?=[A-Za-z])")


def across(inches: float) -> float:
    """Return the position on the current sheet of what stands at ``inches`` on that of the house.

    Columns keep their share of the width: what a narrower sheet takes from them, the narrower
    letters of its journal need less.
    """
    return inches * (sheet_width() / HOUSE.width)


def wrap_label(text: str, size: float, width: float, weight: str = "normal") -> tuple[str, ...]:
    """Return a label in lines of at most ``width`` inches, of the house's ``size``.

    English breaks between words. Chinese breaks between clauses, and elsewhere only inside a
    clause that is longer than a line.
    """
    if not is_chinese():
        return wrap_text(text, size, width, weight)
    lines: list[str] = []
    for clause in _CLAUSE_ENDS.split(drawable(text)):
        longer = f"{lines[-1]}{clause}" if lines else clause
        if lines and text_width(longer.rstrip(), size, weight) <= width:
            lines[-1] = longer
        else:
            lines += wrap_text(clause, size, width, weight)
    return tuple(line.rstrip() for line in lines)


def spread_centres(
    wanted: Sequence[float], widths: Sequence[float], low: float, high: float
) -> tuple[float, ...]:
    """Return centres near ``wanted`` (ascending) such that labels of ``widths`` do not overlap.

    Neighbours that collide become one block around the mean of their wishes, and so on until
    nothing collides; the row stays between ``low`` and ``high``. Raises AnalysisError if the
    labels together are wider than the row.
    """
    if sum(widths) > high - low:
        raise AnalysisError(f"{len(widths)} labels do not fit into {high - low:g} inches")
    blocks: list[list[int]] = []
    for index in range(len(wanted)):
        blocks.append([index])
        while len(blocks) > 1 and _collide(blocks[-2], blocks[-1], wanted, widths, low, high):
            blocks[-2:] = [blocks[-2] + blocks[-1]]
    centres = [0.0] * len(wanted)
    for block in blocks:
        edge = _left_edge(block, wanted, widths, low, high)
        for index in block:
            centres[index] = edge + widths[index] / 2
            edge += widths[index]
    return tuple(centres)


def _left_edge(
    block: Sequence[int],
    wanted: Sequence[float],
    widths: Sequence[float],
    low: float,
    high: float,
) -> float:
    """Where a block of touching labels starts, closest to the wishes of its members."""
    offset, shifts = 0.0, []
    for index in block:
        shifts.append(wanted[index] - widths[index] / 2 - offset)
        offset += widths[index]
    return min(max(sum(shifts) / len(shifts), low), high - offset)


def _collide(
    first: Sequence[int],
    second: Sequence[int],
    wanted: Sequence[float],
    widths: Sequence[float],
    low: float,
    high: float,
) -> bool:
    end = _left_edge(first, wanted, widths, low, high) + sum(widths[index] for index in first)
    return end > _left_edge(second, wanted, widths, low, high)
