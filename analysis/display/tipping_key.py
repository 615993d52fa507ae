"""The key of the tipping-point figure: what the fills of its cells mean (SAP 6)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from analysis.config import Plan
from analysis.display.canvas import Box, Canvas, Label
from analysis.display.clauses import wrap_label
from analysis.display.palette import INK, PAPER
from analysis.display.tipping_words import Cell, Verdict, describe_verdict
from analysis.display.typography import text_width

FILLS = {
    Verdict.BENEFIT: "#B9D3DF",
    Verdict.NEITHER: PAPER,
    Verdict.HARM: "#5A5A5A",
    Verdict.ABSENT: "#E4E4E4",
}
"""Lightness tells them apart without colour; the frontier is a line besides."""

SIZE = 6.5
ZONE, ROW, INDENT, GAP = 0.3, 0.19, 0.26, 0.25


@dataclass(frozen=True)
class KeyLine:
    """A line of the key: where it begins, its row, its verdict unless it goes on with the last."""

    x: float
    row: int
    verdict: Verdict | None
    text: str


def place_key(
    plan: Plan, verdicts: Mapping[Cell, Verdict], left: float, right: float
) -> list[KeyLine]:
    """Return the verdicts on the grid beside each other, in as many rows as they need."""
    found: list[KeyLine] = []
    x, row = left, 0
    for verdict in (verdict for verdict in Verdict if verdict in verdicts.values()):
        first, *more = wrap_label(describe_verdict(plan, verdict), SIZE, right - left - INDENT)
        end = x + INDENT + text_width(first, SIZE)
        if found and (end > right or more):
            x, row = left, row + 1
            end = x + INDENT + text_width(first, SIZE)
        found.append(KeyLine(x, row, verdict, first))
        found += [KeyLine(left, row + number, None, line) for number, line in enumerate(more, 1)]
        x, row = (right if more else end + GAP), row + len(more)
    return found


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
        canvas.labels.append(Label(line.x + INDENT, y, line.text, SIZE, ha="left"))
