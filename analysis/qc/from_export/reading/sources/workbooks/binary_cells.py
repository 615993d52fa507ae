"""Cells of a sheet of a binary workbook, from its records.

Source: [MS-XLS] Excel Binary File Format (.xls), 2.4 (records), 2.5.122 (short numbers), 2.5.133
(values of formulas).
"""

import struct
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from analysis.qc.from_export.reading.sources.workbooks.records import read_text

OF_SHARED, LABEL, NUMBER, SHORT, SHORTS, FORMULA, STRING, TRUTH = (
    0x00FD, 0x0204, 0x0203, 0x027E, 0x00BD, 0x0006, 0x0207, 0x0205
)  # fmt: skip
Value = float | str | bool


class Cell(NamedTuple):
    """Where a cell stands, counted from 0, the number of its style, and its value."""

    row: int
    column: int
    style: int
    value: Value


def list_cells(records: Iterator[tuple[int, bytes]], shared: Sequence[str]) -> Iterator[Cell]:
    """Yield the cells that hold a value; ``shared``: the texts that all sheets share.

    A formula holds the value that was stored with it, an error none.
    """
    formula = (0, 0, 0)
    for number, data in records:
        if number == STRING:
            yield Cell(*formula, read_text(data, 0, length_bytes=2))
        if number not in (OF_SHARED, LABEL, NUMBER, SHORT, SHORTS, FORMULA, TRUTH):
            continue
        row, column, style = struct.unpack_from("<HHH", data)
        if number == OF_SHARED:
            yield Cell(row, column, style, shared[int.from_bytes(data[6:10], "little")])
        elif number == LABEL:
            yield Cell(row, column, style, read_text(data, 6, length_bytes=2))
        elif number == NUMBER:
            yield Cell(row, column, style, struct.unpack_from("<d", data, 6)[0])
        elif number == SHORT:
            yield Cell(row, column, style, _read_short(data[6:10]))
        elif number == SHORTS:
            for at in range(4, len(data) - 2, 6):
                style = data[at] | data[at + 1] << 8
                yield Cell(row, column + (at - 4) // 6, style, _read_short(data[at + 2 : at + 6]))
        elif number == TRUTH and not data[7]:
            yield Cell(row, column, style, bool(data[6]))
        elif number == FORMULA:
            formula = (row, column, style)
            yield from (Cell(*formula, value) for value in _read_result(data[6:14]))


def _read_result(result: bytes) -> Iterator[Value]:
    """The value of a formula; of a text nothing, which is the next record."""
    if result[6:] != b"\xff\xff":
        yield struct.unpack("<d", result)[0]
    elif result[0] == 1:
        yield bool(result[2])


def _read_short(data: bytes) -> float:
    """A number of four bytes: whole, or the first half of a double; maybe a hundred times it."""
    bits = int.from_bytes(data, "little", signed=True)
    if bits & 2:
        number = float(bits >> 2)
    else:
        number = struct.unpack("<d", bytes(4) + (bits & 0xFFFFFFFC).to_bytes(4, "little"))[0]
    return number / 100 if bits & 1 else number
