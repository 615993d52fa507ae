"""A table of a file as rows of cells."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

Cell = str | float | date | None


@dataclass
class Grid:
    """``header``: names of the columns; ``labels``: rows of words below; ``about``: kept beside."""

    header: list[str]
    rows: list[list[Cell]]
    labels: list[list[str]] = field(default_factory=list)
    about: dict[str, Any] = field(default_factory=dict)

    def texts_of(self, row: int) -> frozenset[str]:
        """The cells of a row as texts."""
        return frozenset(write_cell(cell) for cell in self.rows[row])

    def texts_in(self, *columns: int) -> frozenset[str]:
        """The cells of some columns as texts."""
        return frozenset(write_cell(row[c]) for row in self.rows for c in columns if c < len(row))


@dataclass(frozen=True)
class Format:
    """How files of one kind become grids by the names of their parts, and grids a file."""

    read: Callable[[bytes], dict[str, Grid]]
    write: Callable[[dict[str, Grid]], bytes]


def write_cell(cell: Cell) -> str:
    """A cell as the text that a CSV would hold."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return cell.isoformat() if isinstance(cell, date) else str(cell)
