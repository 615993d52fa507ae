"""Records of a binary workbook, and the texts in them.

Source: [MS-XLS] Excel Binary File Format, BIFF8: 2.1.4 (records), 2.5.293 and 2.5.294 (texts).
"""

import struct
from collections.abc import Iterator

CONTINUE = 0x003C


def list_records(stream: bytes, start: int = 0) -> Iterator[tuple[int, bytes]]:
    """Yield number and content of each record from a place on."""
    while start + 4 <= len(stream):
        number, length = struct.unpack_from("<HH", stream, start)
        yield number, stream[start + 4 : start + 4 + length]
        start += 4 + length


def read_text(data: bytes, at: int, *, length_bytes: int) -> str:
    """Return a text that begins with its length and lies in one record."""
    length = int.from_bytes(data[at : at + length_bytes], "little")
    return Texts([data[at + length_bytes :]]).take(length)


class Texts:
    """Texts that may go on in the next record, where the width of their letters is said anew."""

    def __init__(self, pieces: list[bytes]) -> None:
        self._pieces, self._at = pieces, 0

    def skip(self, count: int) -> bytes:
        """Return some bytes, which may lie in several records."""
        found = b""
        while len(found) < count:
            rest = self._pieces[0][self._at : self._at + count - len(found)]
            found, self._at = found + rest, self._at + len(rest)
            if len(found) < count:
                self._pieces, self._at = self._pieces[1:], 0
        return found

    def take_shared(self) -> str:
        """Return a text of the table that all sheets share, its length before it."""
        return self.take(int.from_bytes(self.skip(2), "little"))

    def take(self, length: int) -> str:
        """Return a text behind its length; what is said of its letters' looks is passed by."""
        flags = self.skip(1)[0]
        runs = int.from_bytes(self.skip(2), "little") if flags & 8 else 0
        spoken = int.from_bytes(self.skip(4), "little") if flags & 4 else 0
        letters = ""
        while len(letters.encode("utf-16-le")) // 2 < length:
            width = 2 if flags & 1 else 1
            left = length - len(letters.encode("utf-16-le")) // 2
            here = min(left, (len(self._pieces[0]) - self._at) // width)
            raw = self.skip(here * width)
            letters += raw.decode("utf-16-le", "surrogatepass") if width == 2 else (
                raw.decode("latin-1")
            )  # fmt: skip
            if here < left:
                self._pieces, self._at = self._pieces[1:], 0
                flags = flags & ~1 | self.skip(1)[0] & 1
        self.skip(4 * runs + spoken)
        return letters
