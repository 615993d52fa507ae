"""SAS transport files with numbers of any length, written as SAS does: what is too long is cut."""

from __future__ import annotations

import math
import struct
from pathlib import Path

RECORD = 80
STAMP = b"01JAN26:00:00:00"


def ibm_float(value: float, length: int) -> bytes:
    """Return a number as an IBM float of some bytes, cut off."""
    if value == 0:
        return bytes(length)
    mantissa, exponent = math.frexp(abs(value))
    power = math.ceil(exponent / 4)
    digits = int(mantissa * 2.0 ** (exponent - 4 * power) * (1 << 56))
    sign = 0x80 if value < 0 else 0
    return bytes([sign | (64 + power)]) + digits.to_bytes(7, "big")[: length - 1]


def write_numbers(path: Path, names: dict[str, int], rows: list[list[float]]) -> None:
    """Write one table of numbers; ``names``: the bytes of each column."""
    out = _header("LIBRARY", "0" * 30) + _pad(b"SAS     SAS     SASLIB  9.4     X64_10PR")[:64]
    out += STAMP + _pad(STAMP) + _header("MEMBER ", "000000000000000001600000000140")
    out += _header("DSCRPTR", "0" * 30)
    out += _pad(b"SAS     BL      SASDATA 9.4     X64_10PR")[:64] + STAMP + _pad(STAMP)
    out += _header("NAMESTR", f"000000{len(names):04d}" + "0" * 20)
    described, start = b"", 0
    for number, (name, length) in enumerate(names.items(), start=1):
        described += struct.pack(">hhhh", 1, 0, length, number) + name.encode().ljust(8)
        described += b" " * 48 + bytes(8) + b" " * 8 + struct.pack(">hhl", 0, 0, start) + bytes(52)
        start += length
    out += _pad(described) + _header("OBS    ", "0" * 30)
    cells = [ibm_float(v, n) for row in rows for v, n in zip(row, names.values(), strict=True)]
    path.write_bytes(out + _pad(b"".join(cells)))


def _header(kind: str, numbers: str) -> bytes:
    return f"HEADER RECORD*******{kind} HEADER RECORD!!!!!!!{numbers}  ".encode()


def _pad(content: bytes) -> bytes:
    return content + b" " * (-len(content) % RECORD)
