"""A workbook of OpenDocument, cell by cell.

Source: OpenDocument 1.2 part 1, 9.1 (tables), 19.385 (office:value-type).
"""

import re
from datetime import datetime, timedelta
from zipfile import ZipFile

from analysis.qc.from_export.reading.sources.files.content import Content
from analysis.qc.from_export.reading.sources.files.markup import local, parse
from analysis.qc.from_export.reading.sources.workbooks.cells import (
    FIRST,
    write_clock,
    write_datetime,
    write_number,
)
from analysis.qc.from_export.reading.sources.workbooks.sheet import Grid

CELLS = ("table-cell", "covered-table-cell")
MOST_REPEATED = 20_000
"""Rows or columns of one text; what is repeated more often is the empty rest of a sheet."""
_DURATION = re.compile(r"PT([0-9]+)H([0-9]+)M([0-9.]+)S")


class Document:
    """Gathers the cells of all sheets as text; ``decimal``: the mark of its numbers."""

    def __init__(self, decimal: str) -> None:
        self.grids: dict[str, Grid] = {}
        self._decimal = decimal
        self._grid: Grid = {}
        self._row = self._column = self._rows = self._columns = 0
        self._cell: dict[str, str] = {}
        self._lines: list[str] = []
        self._open: list[str] = []

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """A sheet, a row, a cell or a line of its text."""
        name, plain = local(tag), {local(key): value for key, value in attributes.items()}
        self._open.append(name)
        if name == "table":
            self._grid = self.grids.setdefault(plain["name"], {})
            self._row = 0
        elif name == "table-row":
            self._rows, self._column = int(plain.get("number-rows-repeated", 1)), 0
        elif name in CELLS:
            self._columns = int(plain.get("number-columns-repeated", 1))
            self._cell, self._lines = plain, []
        elif name == "p" and "annotation" not in self._open:
            self._lines.append("")
        elif name in ("s", "tab", "line-break"):
            self.data({"s": " " * int(plain.get("c", 1)), "tab": "\t"}.get(name, "\n"))

    def data(self, text: str) -> None:
        """A piece of a line; remarks on a cell are none."""
        if self._lines and "p" in self._open and "annotation" not in self._open:
            self._lines[-1] += text

    def end(self, _: str) -> None:
        """A cell or a row ends; either may stand for several."""
        name = self._open.pop()
        if name in CELLS:
            text = self._write().strip()
            if text and self._rows * self._columns <= MOST_REPEATED:
                for row in range(self._row, self._row + self._rows):
                    places = range(self._column, self._column + self._columns)
                    self._grid.setdefault(row, {}).update(dict.fromkeys(places, text))
            self._column += self._columns
        elif name == "table-row":
            self._row += self._rows

    def _write(self) -> str:
        kind = self._cell.get("value-type", "")
        if kind in ("float", "percentage", "currency"):
            return write_number(self._cell["value"], self._decimal)
        if kind == "date":
            return _write_date(self._cell["date-value"])
        if kind == "time":
            return _write_time(self._cell["time-value"])
        if kind == "boolean":
            return self._cell["boolean-value"].upper()
        return self._cell.get("string-value") or "\n".join(self._lines)


def read_document(content: Content, decimal: str) -> dict[str, Grid]:
    """Return the cells of all sheets that are not empty, by name in their order.

    Raises ValueError, LookupError or OverflowError if the file cannot be read.
    """
    document = Document(decimal)
    with ZipFile(content.source) as archive, archive.open("content.xml") as stream:
        parse(stream, document)
    return document.grids


def _write_date(text: str) -> str:
    moment = datetime.fromisoformat(text)
    return write_datetime((moment + timedelta(microseconds=500_000)).replace(microsecond=0))


def _write_time(text: str) -> str:
    found = _DURATION.fullmatch(text)
    if found is None:
        raise ValueError("a duration that is no time of day")
    since = timedelta(hours=int(found[1]), minutes=int(found[2]), seconds=round(float(found[3])))
    return write_clock((FIRST + since).time())
