"""A sheet as it was read, and the part of it that is the table: header, labels, rows of data."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from analysis.edc.sources.columns.titles import join_titles, spread_titles
from analysis.edc.sources.files.options import ReadOptions
from analysis.edc.sources.workbooks.cells import Value, write_cell
from analysis.edc.sources.workbooks.places import name_column
from analysis.edc.sources.workbooks.scan.facts import Found, SheetFacts
from analysis.errors import DataError


@dataclass(frozen=True)
class Sheet:
    """The values of a sheet from ``start`` (row, column) on, and what a scan found beside them."""

    file_name: str
    name: str
    rows: list[list[Value]]
    start: tuple[int, int]
    facts: SheetFacts
    is_hidden: bool = False

    @property
    def place(self) -> str:
        """How a message begins."""
        return f"{self.file_name}: sheet {self.name}"


@dataclass(frozen=True)
class Region:
    """The table of a sheet; rows and columns bear their numbers in the sheet, from 0.

    ``top``: the first row that is read. ``header``: the row of names, with the titles above them.
    ``data``: the first row behind header and labels. ``texts``: the filled rows from the header on.
    ``days``, ``moments``: cells of dates without and with a time.
    """

    top: int
    header: int
    data: int
    left: int
    texts: dict[int, list[str]]
    not_understood: tuple[Found, ...]
    days: tuple[Found, ...]
    moments: tuple[Found, ...]

    @property
    def label_rows(self) -> list[int]:
        """The filled rows of labels."""
        return [row for row in self.texts if self.header < row < self.data]

    @property
    def data_rows(self) -> list[int]:
        """The filled rows of data."""
        return [row for row in self.texts if row >= self.data]

    @property
    def last(self) -> int:
        """The last filled row."""
        return max(self.texts)

    def text_at(self, row: int, column: int) -> str:
        """Return the text of a cell, empty outside of the table."""
        texts, place = self.texts.get(row, []), column - self.left
        return texts[place] if 0 <= place < len(texts) else ""

    def name_column(self, column: int) -> str:
        """Return a column as a message shows it: ``column F (MRS)``."""
        name = self.text_at(self.header, column)
        return f"column {name_column(column)}" + (f" ({name})" if name else "")


def find_region(sheet: Sheet, options: ReadOptions) -> Region:
    """Return the table of a sheet.

    The header is the row of the options; if it is empty, the first below it that is not. Raises
    DataError if there is none.
    """
    left = sheet.start[1]
    texts, odd, days, moments = _write_cells(sheet, options)
    if not texts:
        raise _lacks_header(sheet, options)
    if options.header_rows:
        texts = _join_header(sheet, options, texts)
    header = min(texts)
    data = header + 1 + options.label_rows
    return Region(
        options.first_row - 1, header, data, left, texts, tuple(odd), tuple(days), tuple(moments)
    )


def _write_cells(
    sheet: Sheet, options: ReadOptions
) -> tuple[dict[int, list[str]], list[Found], list[Found], list[Found]]:
    """The texts of the filled rows from the header on; the cells that are not understood, and
    those of dates without and with a time."""
    top, left = sheet.start
    texts: dict[int, list[str]] = {}
    odd: list[Found] = []
    days: list[Found] = []
    moments: list[Found] = []
    for row, values in enumerate(sheet.rows, start=top):
        if row < options.first_row - 1:
            continue
        written = [write_cell(value, options.decimal) for value in values]
        cells = ["" if text is None else text.strip() for text in written]
        if any(cells) or None in written:
            texts[row] = cells
        for column, (value, text) in enumerate(zip(values, written, strict=True), start=left):
            if text is None:
                odd.append(Found(row, column))
            elif isinstance(value, datetime.datetime):
                moments.append(Found(row, column))
            elif isinstance(value, datetime.date):
                days.append(Found(row, column))
    return texts, odd, days, moments


def _join_header(
    sheet: Sheet, options: ReadOptions, texts: dict[int, list[str]]
) -> dict[int, list[str]]:
    """The rows from that of the names on, which is filled with the titles above it."""
    row = options.name_row - 1
    if row not in texts:
        raise _lacks_header(sheet, options)
    names = texts[row]
    empty = [""] * len(names)
    titles = [texts.get(above - 1, empty) for above in options.title_rows]
    spans = [_find_spans(sheet, above - 1) for above in options.title_rows]
    joined = join_titles(spread_titles(titles, names, spans), names)
    return {row: joined, **{below: cells for below, cells in texts.items() if below > row}}


def _find_spans(sheet: Sheet, row: int) -> dict[int, int]:
    """By first column the last one of each merged cell that begins in a row; in the texts' count.

    None where no cell of the row is merged over several columns.
    """
    left = sheet.start[1]
    return {
        area.left - left: area.right - left
        for area in sheet.facts.merged
        if area.top == row and area.right > area.left
    }


def _lacks_header(sheet: Sheet, options: ReadOptions) -> DataError:
    if options.header_rows:
        return DataError(
            f"{sheet.place}: row {options.name_row} is empty, and the names of the columns should "
            "stand there. Set header_rows to the rows of the header, that of the names last"
        )
    if options.header_row > 1 and sheet.rows:
        return DataError(
            f"{sheet.place}: row {options.header_row} and all below it are empty, so there is no "
            "header. Set header_row to the row that names the columns"
        )
    return DataError(
        f"{sheet.place}: the sheet is empty, it lacks even a header row. Name the sheet that holds "
        "the table, or export it again"
    )
