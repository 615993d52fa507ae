"""A small compound file by hand ([MS-CFB]): its streams are short, and lie in the mini stream."""

from __future__ import annotations

import struct

END, FREE, TABLE = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
SECTOR, MINI = 512, 64


def compound(streams: dict[str, bytes]) -> bytes:
    """A file of at most three streams. Its sectors: table, entries, mini table, mini stream."""
    mini, chains, starts = b"", [], []
    for content in streams.values():
        starts.append(len(chains))
        count = max(1, -(-len(content) // MINI))
        chains += [*range(len(chains) + 1, len(chains) + count), END]
        mini += content.ljust(count * MINI, b"\0")
    sectors = -(-len(mini) // SECTOR)
    table = [TABLE, END, END, *range(4, 3 + sectors), END]
    listed = zip(streams, starts, streams.values(), strict=True)
    entries = _entry("Root Entry", 5, 3, len(mini)) + b"".join(
        _entry(name, 2, start, len(content)) for name, start, content in listed
    )
    head = bytes.fromhex("D0CF11E0A1B11AE1") + bytes(16)
    head += struct.pack("<5H", 0x3E, 3, 0xFFFE, 9, 6) + bytes(10)
    head += struct.pack("<9I", 1, 1, 0, 4096, 2, 1, END, 0, 0)
    return b"".join(
        [head + _numbers([], 432), _numbers(table), entries.ljust(SECTOR, b"\0"), _numbers(chains),
         mini.ljust(sectors * SECTOR, b"\0")]
    )  # fmt: skip


def _numbers(listed: list[int], size: int = SECTOR) -> bytes:
    return b"".join(struct.pack("<I", each) for each in listed).ljust(size, b"\xff")


def _entry(name: str, kind: int, start: int, size: int) -> bytes:
    text = name.encode("utf-16-le")
    links = struct.pack("<BB3I", kind, 1, FREE, FREE, 1 if kind == 5 else FREE)
    return (
        text.ljust(64, b"\0") + struct.pack("<H", len(text) + 2) + links + bytes(36)
        + struct.pack("<IQ", start, size)
    )  # fmt: skip


def record(number: int, data: bytes) -> bytes:
    """A record of an ``.xls``."""
    return struct.pack("<HH", number, len(data)) + data


def xls(*cells: bytes) -> bytes:
    """A workbook with the sheet S of these records, without formats."""
    begin, end = struct.pack("<HHHHII", 0x0600, 5, 0, 0, 0, 6), record(0x000A, b"")
    name = b"\x01\0S"
    behind = len(record(0x0809, begin)) + 4 + 6 + len(name) + len(end)
    sheet = record(0x0085, struct.pack("<IH", behind, 0) + name)
    body = record(0x0809, b"\0\x06\x10" + begin[3:]) + b"".join(cells) + end
    return compound({"Workbook": record(0x0809, begin) + sheet + end + body})


def label(row: int, column: int, text: str) -> bytes:
    """A cell with a text (LABEL)."""
    data = struct.pack("<HHHHB", row, column, 0, len(text), 0) + text.encode("latin-1")
    return record(0x0204, data)


def number(row: int, column: int, value: float) -> bytes:
    """A cell with a number (NUMBER)."""
    return record(0x0203, struct.pack("<HHHd", row, column, 0, value))


def formula(row: int, column: int, result: bytes) -> bytes:
    """A formula (=1) with eight bytes of result (FORMULA)."""
    head = struct.pack("<HHH", row, column, 0) + result
    return record(0x0006, head + struct.pack("<HIH", 0, 0, 3) + b"\x1e\x01\0")
