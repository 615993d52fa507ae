"""A sheet of an Office Open XML workbook, cell by cell."""

import re
from datetime import datetime

from analysis.qc.from_export.reading.sources.files.markup import local
from analysis.qc.from_export.reading.sources.workbooks.cells import (
    write_datetime,
    write_moment,
    write_number,
)
from analysis.qc.from_export.reading.sources.workbooks.package import Package

Grid = dict[int, dict[int, str]]
"""Texts by row and column, both counted from 0."""
_PLACE = re.compile(r"([A-Z]*)([0-9]*)")
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")


class Sheet:
    """Gathers the cells of a sheet as text.

    Source: ECMA-376 part 1, 18.3.1.4 (c), 18.18.11 (kinds of cells), 22.9.2.19 (escapes).
    """

    def __init__(self, package: Package, decimal: str) -> None:
        self.grid: Grid = {}
        self._package, self._decimal = package, decimal
        self._row = self._column = -1
        self._kind = self._style = ""
        self._value: list[str] = []
        self._inline: list[str] = []
        self._open: list[str] = []

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """A row, a cell, or what stands in it."""
        name = local(tag)
        self._open.append(name)
        if name == "row":
            self._row = int(attributes.get("r", self._row + 2)) - 1
            self._column = -1
        elif name == "c":
            found = _PLACE.fullmatch(attributes.get("r", ""))
            letters = found[1] if found else ""
            self._column = _count(letters) if letters else self._column + 1
            self._kind, self._style = attributes.get("t", "n"), attributes.get("s", "")
            self._value, self._inline = [], []

    def data(self, text: str) -> None:
        """A piece of the value, or of a text inside the cell."""
        if self._open[-1] == "v":
            self._value.append(text)
        elif self._open[-1] == "t" and "is" in self._open and "rPh" not in self._open:
            self._inline.append(text)

    def end(self, _: str) -> None:
        """A cell ends: it is written as text."""
        if self._open.pop() == "c":
            text = self._write("".join(self._value), "".join(self._inline)).strip()
            if text:
                self.grid.setdefault(self._row, {})[self._column] = text

    def _write(self, value: str, inline: str) -> str:
        if self._kind == "s" and value:
            return unescape(self._package.texts[int(value)])
        if self._kind == "inlineStr":
            return unescape(inline)
        if self._kind == "b":
            return "TRUE" if value in ("1", "true") else "FALSE" if value else ""
        if self._kind == "d" and value:
            return write_datetime(datetime.fromisoformat(value))
        if self._kind != "n" or not value:
            return unescape(value)
        if self._style and self._package.moments[int(self._style)]:
            return write_moment(value, is_from_1904=self._package.is_from_1904)
        return write_number(value, self._decimal)


def read_sheet(package: Package, name: str, decimal: str) -> Grid:
    """Return the cells of a sheet that are not empty.

    Raises ValueError, LookupError or OverflowError if it cannot be read.
    """
    sheet = Sheet(package, decimal)
    package.open(package.sheets[name], sheet)
    return sheet.grid


def unescape(text: str) -> str:
    r"""Return a text with the characters that its escapes stand for.

    >>> unescape("a_x000A_b_x005F_x000A_")
    'a\nb_x000A_'
    """
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)


def _count(letters: str) -> int:
    """The number of a column from 0: A is 0, AA is 26."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1
