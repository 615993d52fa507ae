"""The stream of a workbook inside an OLE compound file.

Source: [MS-CFB] Compound File Binary File Format.
"""

import struct

SIGNATURE = bytes.fromhex("D0CF11E0A1B11AE1")
LAST = 0xFFFFFFFA
"""Numbers of sectors from here on are none: ends of chains and free ones."""
NAMES = ("workbook", "book")
ENTRY = 128
_INTEGERS = struct.Struct("<8I")


def read_book(raw: bytes) -> bytes:
    """Return the stream of the workbook; raises ValueError or LookupError if there is none."""
    if not raw.startswith(SIGNATURE):
        raise ValueError("no compound file")
    size, mini_size = (1 << shift for shift in struct.unpack_from("<HH", raw, 30))
    _, entries, _, least, mini_start, _, more, _ = _INTEGERS.unpack_from(raw, 44)
    sectors = [raw[at : at + size] for at in range(size, len(raw), size)]
    table = [number for at in _list_tables(raw, more, sectors) for number in _unpack(sectors[at])]
    folder = _follow(entries, table, sectors)
    root_start, root_length = struct.unpack_from("<IQ", folder, 116)
    for at in range(0, len(folder), ENTRY):
        entry = folder[at : at + ENTRY]
        name = entry[: max(int.from_bytes(entry[64:66], "little") - 2, 0)].decode("utf-16-le")
        start, length = struct.unpack_from("<IQ", entry, 116)
        if name.lower() in NAMES and length < least:
            minis = _follow(root_start, table, sectors)[:root_length]
            pieces = [minis[i : i + mini_size] for i in range(0, len(minis), mini_size)]
            chain = _unpack(_follow(mini_start, table, sectors))
            return _follow(start, chain, pieces)[:length]
        if name.lower() in NAMES:
            return _follow(start, table, sectors)[:length]
    raise ValueError("a compound file without a workbook")


def _list_tables(raw: bytes, more: int, sectors: list[bytes]) -> list[int]:
    """The sectors that hold the table of chains: 109 in the header, others in a chain of lists."""
    found = list(struct.unpack_from("<109I", raw, 76))
    for _ in range(len(sectors)):
        if more >= LAST:
            break
        *listed, more = _unpack(sectors[more])
        found += listed
    return [number for number in found if number < LAST]


def _follow(start: int, table: list[int], sectors: list[bytes]) -> bytes:
    """The content of a chain; raises ValueError if it runs in a circle."""
    found = []
    while start < LAST:
        found.append(sectors[start])
        start = table[start]
        if len(found) > len(sectors):
            raise ValueError("a chain of sectors without an end")
    return b"".join(found)


def _unpack(sector: bytes) -> list[int]:
    return list(struct.unpack(f"<{len(sector) // 4}I", sector))
