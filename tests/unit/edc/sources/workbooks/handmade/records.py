"""A small ``.xlsb`` by hand: records of numbers and lengths ([MS-XLSB] 2.1.4)."""

from __future__ import annotations

import struct

from tests.unit.edc.sources.workbooks.handmade.packages import pack, relate


def record(number: int, data: bytes = b"") -> bytes:
    """One record; numbers from 128 on and lengths take seven bits a byte."""
    head = bytes([number]) if number < 128 else bytes([number & 0x7F | 0x80, number >> 7])
    size = len(data)
    length = bytes([size]) if size < 128 else bytes([size & 0x7F | 0x80, size >> 7])
    return head + length + data


def wide(text: str) -> bytes:
    """A text with its length before it."""
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def row(number: int, *cells: bytes, hidden: bool = False) -> bytes:
    """The head of a row (BrtRowHdr) and its cells, one a column from A on; an empty one is none."""
    head = struct.pack("<IIHBBBI", number, 0, 300, 0, 0x10 if hidden else 0, 0, 0)
    listed = b"".join(
        record(cell[0], struct.pack("<II", column, cell[1]) + cell[2:])
        for column, cell in enumerate(cells)
        if cell
    )
    return record(0, head) + listed


def text(value: str) -> bytes:
    """A cell with a text (BrtCellSt): number, style, content."""
    return bytes([6, 0]) + wide(value)


def real(value: float, style: int = 0) -> bytes:
    """A cell with a double (BrtCellReal)."""
    return bytes([5, style]) + struct.pack("<d", value)


def error(code: int) -> bytes:
    """A cell with an error (BrtCellError)."""
    return bytes([3, 0, code])


def boolean(value: bool) -> bytes:
    """A cell with a boolean (BrtCellBool)."""
    return bytes([4, 0, value])


def formula_error(code: int) -> bytes:
    """A cell whose formula failed (BrtFmlaError), without the formula."""
    return bytes([11, 0, code]) + bytes(10)


def formula_text(value: str) -> bytes:
    """A cell whose formula gives a text (BrtFmlaString)."""
    return bytes([8, 0]) + wide(value) + bytes(10)


def merged(top: int, bottom: int, left: int, right: int) -> bytes:
    """Merged cells (BrtMergeCell)."""
    return record(176, struct.pack("<4I", top, bottom, left, right))


def hidden_columns(first: int, last: int) -> bytes:
    """Hidden columns (BrtColInfo within its begin and end)."""
    return record(390) + record(60, struct.pack("<4IH", first, last, 0, 0, 1)) + record(391)


def xlsb(
    body: bytes,
    *,
    before: bytes = b"",
    behind: bytes = b"",
    book: bytes = b"",
    from_1904: bool = False,
) -> bytes:
    """A workbook with the sheet S; style 1 is a date."""
    formats = b"".join(record(47, struct.pack("<HHHHHHI", 0, n, 0, 0, 0, 0, 0)) for n in (0, 14))
    sheet = struct.pack("<II", 0, 1) + wide("rId1") + wide("S")
    parts = [
        record(131),
        record(153, struct.pack("<II", from_1904, 0) + wide("")),
        record(143), record(156, sheet), record(144), book, record(132),
    ]  # fmt: skip
    size = record(148, struct.pack("<4I", 0, 99, 0, 9))
    return pack(
        {
            "_rels/.rels": relate(("rId1", "officeDocument", "xl/workbook.bin")),
            "xl/_rels/workbook.bin.rels": relate(("rId1", "worksheet", "worksheets/sheet1.bin")),
            "xl/workbook.bin": b"".join(parts),
            "xl/styles.bin": record(278)
            + record(617, struct.pack("<I", 2)) + formats + record(618) + record(279),
            "xl/worksheets/sheet1.bin": record(129) + size + before
            + record(145) + body + record(146) + behind + record(130),
        }
    )  # fmt: skip
