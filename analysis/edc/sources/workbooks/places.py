"""Places of a sheet as Excel shows them (``B4``, ``B4:B7``); rows and columns count from 0 here."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

_PLACE = re.compile(r"([A-Z]+)([0-9]+)")


@dataclass(frozen=True)
class Area:
    """A rectangle of cells; all four borders belong to it."""

    top: int
    left: int
    bottom: int
    right: int

    def __str__(self) -> str:
        return f"{name_place(self.top, self.left)}:{name_place(self.bottom, self.right)}"


def name_place(row: int, column: int) -> str:
    """Return the name of a cell, e.g. ``B4`` for row 3 and column 1."""
    return f"{name_column(column)}{row + 1}"


def name_column(column: int) -> str:
    """Return the letters of a column, e.g. ``AA`` for 26."""
    letters, left = "", column + 1
    while left:
        left, letter = divmod(left - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return letters


def parse_place(text: str) -> tuple[int, int]:
    """Return row and column of a cell's name; raises ValueError if it is none."""
    found = _PLACE.fullmatch(text)
    if found is None or found[2].strip("0") == "":
        raise ValueError(f"{text[:20]!r} is no cell")
    return int(found[2]) - 1, _parse_column(found[1])


def parse_area(text: str) -> Area:
    """Return the rectangle ``B4:B7``, or a single cell; raises ValueError if it is none."""
    first, _, last = text.partition(":")
    return Area(*parse_place(first), *parse_place(last or first))


@lru_cache
def _parse_column(letters: str) -> int:
    column = 0
    for letter in letters:
        column = 26 * column + ord(letter) - ord("A") + 1
    return column - 1
