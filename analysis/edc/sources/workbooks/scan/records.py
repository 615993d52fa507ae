"""What a sheet of an ``.xlsb`` holds beside its values: records of a part ([MS-XLSB] 2.1.4)."""

from __future__ import annotations

import struct
from collections.abc import Iterator

from analysis.edc.sources.workbooks.packages import Package, damaged
from analysis.edc.sources.workbooks.places import Area
from analysis.edc.sources.workbooks.scan.facts import ERROR_CODES, Found, SheetFacts

ROW, CELL_ERROR, FORMULA_TEXT, FORMULA_ERROR = 0, 3, 8, 11
CELLS = {*range(2, 12), 62}
"""Cells that hold something: numbers, errors, booleans, texts, formulas, rich text."""
FORMULAS = {8, 9, 10, 11}
COLUMNS, SHEET, CALCULATION, MERGED, DIMENSION = 60, 156, 157, 176, 148
_ROW_IS_HIDDEN = 0x10
_CALCULATE_ON_LOAD = 0x01


def scan_sheet(package: Package, sheet: str) -> SheetFacts | None:
    """Return what is found in a sheet; None if the workbook has no such sheet.

    Raises DataError if a part is absent or damaged.
    """
    book = package.find_workbook()
    facts = SheetFacts()
    try:
        ids: dict[str, str] = {}
        for record, data in _list_records(package.read(book)):
            if record == SHEET:
                relation, behind = _read_text(data, 8)
                ids[_read_text(data, behind)[0]] = relation
            elif record == CALCULATION:
                facts.stale = bool(data[24] & _CALCULATE_ON_LOAD)
        if sheet not in ids:
            return None
        _scan(package.read(package.find_targets(book)[ids[sheet]]), facts)
    except (struct.error, IndexError, KeyError, UnicodeDecodeError):
        raise damaged(package.file_name, f"sheet {sheet}") from None
    return facts


def _scan(content: bytes, facts: SheetFacts) -> None:
    row = 0
    for record, data in _list_records(content):
        if record == ROW:
            row = struct.unpack_from("<I", data)[0]
            if data[11] & _ROW_IS_HIDDEN:
                facts.hidden_rows.append(row)
        elif record in CELLS:
            _judge(record, row, data, facts)
        elif record == COLUMNS:
            first, last, _, _, flags = struct.unpack_from("<4IH", data)
            if flags & 1:
                facts.hidden_columns.append((first, last))
        elif record == MERGED:
            top, bottom, left, right = struct.unpack_from("<4I", data)
            facts.merged.append(Area(top, left, bottom, right))


def _judge(record: int, row: int, data: bytes, facts: SheetFacts) -> None:
    column = struct.unpack_from("<I", data)[0]
    facts.fill(row, column)
    if record in FORMULAS:
        facts.formulas.append(Found(row, column))
    if record in {CELL_ERROR, FORMULA_ERROR}:
        facts.errors.append(Found(row, column, ERROR_CODES.get(data[8], "an error")))
    if record == FORMULA_TEXT and _read_text(data, 8)[0] == "":
        facts.empty_formulas.append(Found(row, column))


def _list_records(content: bytes) -> Iterator[tuple[int, bytes]]:
    """Number and content of each record; both number and size are written in seven bits a byte."""
    place = 0
    while place < len(content):
        record = content[place]
        place += 1
        if record & 0x80:
            record = (record & 0x7F) | (content[place] & 0x7F) << 7
            place += 1
        size = 0
        for shift in (0, 7, 14, 21):
            byte = content[place]
            place += 1
            size |= (byte & 0x7F) << shift
            if not byte & 0x80:
                break
        if place + size > len(content):
            raise IndexError(size)
        yield record, content[place : place + size]
        place += size


def _read_text(data: bytes, place: int) -> tuple[str, int]:
    """A text with its length before it, and the place behind it; a length of -1 is no text."""
    (length,) = struct.unpack_from("<i", data, place)
    behind = place + 4 + 2 * max(length, 0)
    if behind > len(data):
        raise IndexError(length)
    return data[place + 4 : behind].decode("utf-16-le"), behind
