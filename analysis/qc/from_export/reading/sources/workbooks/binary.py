"""A workbook of Excel 97 to 2003 (.xls), record by record.

Source: [MS-XLS] Excel Binary File Format (.xls), 2.4.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from analysis.qc.from_export.reading.sources.files.content import Content
from analysis.qc.from_export.reading.sources.workbooks.binary_cells import Cell, list_cells
from analysis.qc.from_export.reading.sources.workbooks.cells import write_moment, write_number
from analysis.qc.from_export.reading.sources.workbooks.compound import read_book
from analysis.qc.from_export.reading.sources.workbooks.number_formats import is_moment
from analysis.qc.from_export.reading.sources.workbooks.records import (
    CONTINUE,
    Texts,
    list_records,
    read_text,
)
from analysis.qc.from_export.reading.sources.workbooks.sheet import Grid

BEGIN, END, BOUND_SHEET, SHARED, FORMAT, STYLE, FROM_1904 = (
    0x0809, 0x000A, 0x0085, 0x00FC, 0x041E, 0x00E0, 0x0022
)  # fmt: skip
VERSION_8 = 0x0600


@dataclass
class Book:
    """What all sheets share. ``sheets``: by name the place of the first record."""

    stream: bytes
    sheets: dict[str, int] = field(default_factory=dict)
    texts: list[str] = field(default_factory=list)
    formats: dict[int, str] = field(default_factory=dict)
    styles: list[int] = field(default_factory=list)
    is_from_1904: bool = False


def read_binary(content: Content) -> Book:
    """Return what the sheets share; raises ValueError or LookupError if it cannot be read."""
    book = Book(read_book(content.read()))
    _take_globals(book)
    return book


def _take_globals(book: Book) -> None:
    records = list(_list_own(book.stream, 0))
    if struct.unpack_from("<H", records[0][1])[0] != VERSION_8:
        raise ValueError("a workbook of Excel before 97")
    for place, (number, data) in enumerate(records):
        if number == BOUND_SHEET and data[5] == 0:
            at = int.from_bytes(data[:4], "little")
            book.sheets[read_text(data, 6, length_bytes=1)] = at
        elif number == FORMAT:
            book.formats[data[0] | data[1] << 8] = read_text(data, 2, length_bytes=2)
        elif number == STYLE:
            book.styles.append(data[2] | data[3] << 8)
        elif number == FROM_1904:
            book.is_from_1904 = data[0] == 1
        elif number == SHARED:
            rest = _list_continued(records[place + 1 :])
            texts = Texts([data[8:], *rest])
            count = int.from_bytes(data[4:8], "little")
            book.texts = [texts.take_shared() for _ in range(count)]


def _list_own(stream: bytes, start: int) -> Iterator[tuple[int, bytes]]:
    """The records of a part up to its end, without those of charts inside it."""
    depth = 0
    for number, data in list_records(stream, start):
        depth += number == BEGIN
        depth -= number == END
        if depth == 0:
            return
        if depth == 1:
            yield number, data


def _list_continued(records: list[tuple[int, bytes]]) -> Iterator[bytes]:
    for number, data in records:
        if number != CONTINUE:
            return
        yield data


def read_binary_sheet(book: Book, name: str, decimal: str) -> Grid:
    """Return the cells of a sheet that are not empty; raises ValueError if it cannot be read."""
    grid: Grid = {}
    for cell in list_cells(_list_own(book.stream, book.sheets[name]), book.texts):
        text = _write(book, cell, decimal).strip()
        if text:
            grid.setdefault(cell.row, {})[cell.column] = text
    return grid


def _write(book: Book, cell: Cell, decimal: str) -> str:
    value = cell.value
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    number = book.styles[cell.style] if cell.style < len(book.styles) else 0
    if is_moment(number, book.formats.get(number)):
        return write_moment(repr(value), is_from_1904=book.is_from_1904)
    return write_number(repr(value), decimal)
