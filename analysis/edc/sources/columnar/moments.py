"""Moments of a typed column as ISO text, with the offset of their time zone if they have one."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np

from analysis.edc.sources.files.source_file import SourceFile
from analysis.errors import DataError

PER_SECOND = {"s": 1, "ms": 10**3, "us": 10**6, "ns": 10**9}
_OFFSET = re.compile(r"([+-])([0-9]{2}):?([0-9]{2})")
_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
_FIRST, _LAST = -62_135_510_400, 253_402_214_400
"""Seconds of the years 1 to 9999, a day off at both ends, which have an offset."""


def write_moments(file: SourceFile, name: str, column: Any) -> list[str]:
    """Return the texts of a column of timestamps; fractions of a second are cut off.

    With a zone: the local time with its offset. Raises DataError if the zone is not known.
    """
    import pyarrow as pa

    zone = _find_zone(file, name, column.type.tz) if column.type.tz else None
    ticks = PER_SECOND[column.type.unit]
    seconds = [
        None if value is None else value // ticks for value in column.cast(pa.int64()).to_pylist()
    ]
    return ["" if value is None else _write(value, zone) for value in seconds]


def note_moments(name: str, column: Any) -> list[str]:
    """Return what a reader of the texts of a column must know: its zone, fractions cut off."""
    import pyarrow as pa

    if not pa.types.is_timestamp(column.type):
        return []
    notes = []
    if column.type.tz:
        notes.append(
            f"column {name} has the time zone {column.type.tz}: its texts are local times with "
            "their offset from UTC"
        )
    ticks = PER_SECOND[column.type.unit]
    if any(value % ticks for value in column.cast(pa.int64()).to_pylist() if value is not None):
        notes.append(f"column {name}: fractions of a second are cut off")
    return notes


def _find_zone(file: SourceFile, name: str, zone: str) -> dt.tzinfo:
    found = _OFFSET.fullmatch(zone)
    if found:
        minutes = int(found[2]) * 60 + int(found[3])
        return dt.timezone(dt.timedelta(minutes=-minutes if found[1] == "-" else minutes))
    if zone.upper() in ("UTC", "Z"):
        return dt.UTC
    try:
        return ZoneInfo(zone)
    except (ValueError, OSError, KeyError):
        raise DataError(
            f"{file.name}: column {name.strip()}: the time zone {zone} is not known here. Export "
            "the column in UTC or without a zone"
        ) from None


def _write(seconds: int, zone: dt.tzinfo | None) -> str:
    offset = ""
    if zone is not None:
        if not _FIRST <= seconds <= _LAST:
            return f"{np.datetime64(seconds, 's')}Z"
        local = (_EPOCH + dt.timedelta(seconds=seconds)).astimezone(zone)
        shift = local.utcoffset() or dt.timedelta()
        seconds += int(shift.total_seconds())
        offset = _write_offset(shift)
    return str(np.datetime64(seconds, "s")).removesuffix(":00") + offset


def _write_offset(shift: dt.timedelta) -> str:
    minutes = round(shift.total_seconds() / 60)
    sign = "-" if minutes < 0 else "+"
    return f"{sign}{abs(minutes) // 60:02d}:{abs(minutes) % 60:02d}"
