"""How much an archive may hold, counted while it is unpacked, whatever its headers say."""

from gzip import GzipFile
from typing import IO

MOST_PACKED = 2**30
"""Bytes of an archive on the disk: it is read whole."""
MOST_BYTES = 2**30
"""Bytes of all that an archive holds: a hundred times the export of a trial of thousands, and what
the memory of a laptop still bears."""
MOST_MEMBERS = 10_000
"""Files in an archive: an export has a few for each table."""
MOST_RATIO = 200
"""Bytes unpacked for one packed. Text and tables shrink to a tenth, tables of blanks to a
hundredth; what is made to burst comes near the limit of Deflate, 1,032."""
RATIO_FROM = 2**24
"""Bytes from which on the ratio counts: a small table of blanks may shrink to any size."""
_CHUNK = 2**20


class TooMuchError(Exception):
    """More was unpacked than is allowed; never leaves this folder."""


def allow_bytes(packed: int) -> int:
    """Return how many bytes an archive of ``packed`` bytes may hold."""
    return min(MOST_BYTES, max(RATIO_FROM, MOST_RATIO * packed))


def read_within(stream: IO[bytes] | GzipFile, allowed: int) -> bytes:
    """Return all that a stream holds; raises TooMuchError once it is more than ``allowed``."""
    chunks, length = [], 0
    while chunk := stream.read(_CHUNK):
        length += len(chunk)
        if length > allowed:
            raise TooMuchError
        chunks.append(chunk)
    return b"".join(chunks)


def describe_too_much(packed: int) -> str:
    """Return that an archive of ``packed`` bytes holds too much, and what to do."""
    return (
        f"more than {allow_bytes(packed)} bytes come out of {packed}; nothing more was unpacked: "
        f"at most {MOST_BYTES} are read, and at most {MOST_RATIO} for each packed one. If it is an "
        "export all the same, put its files into the folder unpacked"
    )
