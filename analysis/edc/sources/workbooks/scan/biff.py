"""What the sheets of an ``.xls`` of Excel 97 and later hold beside their values ([MS-XLS] 2.4)."""

from __future__ import annotations

import struct
from collections.abc import Iterator

from analysis.edc.sources.workbooks.packages import damaged
from analysis.edc.sources.workbooks.places import Area
from analysis.edc.sources.workbooks.scan.compound import CompoundFile
from analysis.edc.sources.workbooks.scan.facts import ERROR_CODES, Found, SheetFacts
from analysis.errors import DataError

BEGIN, END, LOCKED, SHEET, TEXTS = 0x0809, 0x000A, 0x002F, 0x0085, 0x00FC
ROW, COLUMNS, MERGED, DIMENSIONS = 0x0208, 0x007D, 0x00E5, 0x0200
FORMULA, BOOLEAN_OR_ERROR, MANY_NUMBERS = 0x0006, 0x0205, 0x00BD
CELLS = {0x0203, 0x0204, 0x0205, 0x027E, 0x00FD, 0x00D6, 0x0006}
"""Records of one cell: numbers, texts, booleans or errors, formulas."""
VERSION = 0x0600
MOST_ROWS, MOST_COLUMNS = 65_536, 256
_ROW_IS_HIDDEN = 0x20


def scan_sheets(file_name: str, content: bytes) -> dict[str, SheetFacts]:
    """Return what is found in every sheet by its name.

    Raises DataError if the file is locked by a password, older than Excel 97, or damaged.
    """
    try:
        file = CompoundFile(content)
        stream = file.read("Workbook" if "Workbook" in file.names else "Book")
        return _scan_stream(file_name, stream)
    except (ValueError, struct.error, IndexError, UnicodeDecodeError):
        raise damaged(file_name) from None


def _scan_stream(file_name: str, stream: bytes) -> dict[str, SheetFacts]:
    begun, version = struct.unpack_from("<HxxH", stream)
    if begun != BEGIN or version != VERSION:
        raise DataError(
            f"{file_name}: a workbook of Excel 95 or older, which is not read. Open it in Excel "
            "and save it as .xlsx"
        )
    starts: dict[str, int] = {}
    for record, data in _list_records(stream, 0):
        if record == LOCKED:
            raise DataError(locked(file_name))
        if record == TEXTS and struct.unpack_from("<I", data, 4)[0] > len(stream):
            raise ValueError("more texts than the file has bytes")
        if record == SHEET:
            starts[_read_name(data)] = struct.unpack_from("<I", data)[0]
    return {name: _scan_sheet(stream, start) for name, start in starts.items()}


def locked(file_name: str) -> str:
    """Return the message for a workbook that a password locks."""
    return (
        f"{file_name}: the workbook is protected by a password. Open it, take the password away "
        "(in Excel: File, Info, Protect Workbook, Encrypt with Password, leave it empty), and save "
        "it again"
    )


def _scan_sheet(stream: bytes, start: int) -> SheetFacts:
    facts = SheetFacts()
    for record, data in _list_records(stream, start):
        if record in CELLS:
            row, column = struct.unpack_from("<HH", data)
            facts.fill(row, column)
            _judge(record, data, Found(row, column), facts)
        elif record == MANY_NUMBERS:
            row = struct.unpack_from("<H", data)[0]
            facts.fill(row, struct.unpack_from("<H", data, len(data) - 2)[0])
        elif record == DIMENSIONS:
            top, rows, left, columns = struct.unpack_from("<IIHH", data)
            if not (top <= rows <= MOST_ROWS and left <= columns <= MOST_COLUMNS):
                raise ValueError("more rows or columns than the format has, or fewer than none")
        elif record == ROW and struct.unpack_from("<I", data, 12)[0] & _ROW_IS_HIDDEN:
            facts.hidden_rows.append(struct.unpack_from("<H", data)[0])
        elif record == COLUMNS:
            first, last, _, _, flags = struct.unpack_from("<5H", data)
            if flags & 1:
                facts.hidden_columns.append((first, last))
        elif record == MERGED:
            for place in range(2, 2 + 8 * struct.unpack_from("<H", data)[0], 8):
                top, bottom, left, right = struct.unpack_from("<4H", data, place)
                facts.merged.append(Area(top, left, bottom, right))
    return facts


def _judge(record: int, data: bytes, cell: Found, facts: SheetFacts) -> None:
    """A formula holds eight bytes of result; ``FFFF`` behind them says that it is no number."""
    if cell.column >= MOST_COLUMNS:
        raise ValueError("a column that the format does not have")
    error: int | None = None
    if record == BOOLEAN_OR_ERROR and data[7]:
        error = data[6]
    if record == FORMULA:
        facts.formulas.append(cell)
        if data[12:14] == b"\xff\xff" and data[6] == 2:
            error = data[8]
        elif data[12:14] == b"\xff\xff" and data[6] == 3:
            facts.empty_formulas.append(cell)
    if error is not None:
        text = ERROR_CODES.get(error, "an error")
        facts.errors.append(Found(cell.row, cell.column, text))


def _list_records(stream: bytes, start: int) -> Iterator[tuple[int, bytes]]:
    """Number and content of the records from the beginning of a sheet to its end.

    Charts within it begin and end likewise, and are left out.
    """
    place, depth = start, 0
    while depth or place == start:
        record, size = struct.unpack_from("<HH", stream, place)
        data = stream[place + 4 : place + 4 + size]
        if len(data) < size:
            raise IndexError(size)
        place += 4 + size
        depth += (record == BEGIN) - (record == END)
        if depth == 0 and record != END:
            raise ValueError("a sheet without a beginning")
        if depth == 1:
            yield record, data


def _read_name(data: bytes) -> str:
    length, wide = data[6], data[7] & 1
    name = data[8 : 8 + length * (2 if wide else 1)]
    return name.decode("utf-16-le" if wide else "latin-1")
