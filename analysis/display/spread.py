"""Labels in a row that would overlap are moved apart, as little as possible."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.errors import AnalysisError


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
