"""Streams of a compound file, the container of ``.xls`` and of locked workbooks ([MS-CFB])."""

from __future__ import annotations

import struct

SIGNATURE = bytes.fromhex("D0CF11E0A1B11AE1")
_END = 0xFFFFFFFA
"""From here on numbers of sectors mean something else: free, end of a chain, table."""
_ENTRY = 128
_FILE, _ROOT = 2, 5
_MINI = 64


class CompoundFile:
    """The streams of a compound file by name. Raises ValueError where it is cut off or damaged."""

    def __init__(self, content: bytes) -> None:
        try:
            self._read(content)
        except (struct.error, IndexError, UnicodeDecodeError) as error:
            raise ValueError(str(error)) from None

    @property
    def names(self) -> frozenset[str]:
        """The names of the streams."""
        return frozenset(self._streams)

    def read(self, name: str) -> bytes:
        """Return the content of a stream."""
        start, size = self._streams[name]
        if size >= self._cutoff:
            content = self._follow(start)
        else:
            content = b"".join(
                self._mini[_MINI * sector : _MINI * (sector + 1)]
                for sector in _list_chain(self._mini_table, start)
            )
        if len(content) < size:
            raise ValueError(f"stream {name} is cut off")
        return content[:size]

    def _read(self, content: bytes) -> None:
        self._content = content
        self._size = 1 << struct.unpack_from("<H", content, 30)[0]
        if self._size not in {512, 4096}:
            raise ValueError("the size of its sectors")
        first_entry, _, self._cutoff, first_mini, _, first_table, tables = struct.unpack_from(
            "<7I", content, 48
        )
        numbers = [n for n in struct.unpack_from("<109I", content, 76) if n < _END]
        for _ in range(tables):
            *more, first_table = self._unpack(self._sector(first_table))
            numbers += [n for n in more if n < _END]
        self._table = [n for number in numbers for n in self._unpack(self._sector(number))]
        self._mini_table = self._unpack(self._follow(first_mini))
        self._list_streams(self._follow(first_entry))

    def _list_streams(self, entries: bytes) -> None:
        self._streams: dict[str, tuple[int, int]] = {}
        self._mini = b""
        for place in range(0, len(entries), _ENTRY):
            length, kind = struct.unpack_from("<HB", entries, place + 64)
            start, size = struct.unpack_from("<II", entries, place + 116)
            if kind == _ROOT:
                self._mini = self._follow(start)
            elif kind == _FILE:
                name = entries[place : place + max(min(length, 64) - 2, 0)].decode("utf-16-le")
                self._streams.setdefault(name, (start, size))

    def _sector(self, number: int) -> bytes:
        place = (number + 1) * self._size
        sector = self._content[place : place + self._size]
        if not sector:
            raise ValueError(f"sector {number} is absent")
        return sector

    def _follow(self, start: int) -> bytes:
        return b"".join(self._sector(number) for number in _list_chain(self._table, start))

    def _unpack(self, sectors: bytes) -> tuple[int, ...]:
        return struct.unpack(f"<{len(sectors) // 4}I", sectors[: len(sectors) // 4 * 4])


def _list_chain(table: list[int] | tuple[int, ...], start: int) -> list[int]:
    """The sectors of a chain in order; one that comes back to a sector is damaged."""
    chain: list[int] = []
    while start < _END:
        chain.append(start)
        if len(chain) > len(table):
            raise ValueError("its sectors go round in a circle")
        start = table[start]
    return chain
