"""One text of an export to one typed value: strict about form, None when it is not of the type."""

import math
import re
from collections.abc import Callable
from datetime import date, datetime

from analysis.edc.layout import Column

LARGEST_INTEGER = 10**15
"""Integers beyond this are no measurement, and floats stop holding them exactly."""

_INTEGER = re.compile(r"[+-]?[0-9]{1,16}(\.0*)?")
_FLOAT = re.compile(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]{1,2})?")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_DATETIME = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:[0-9]{2})?")
_PARTIAL = re.compile(r"[0-9]{4}(-[0-9]{2})?")

Value = str | int | float | datetime


def parse_value(column: Column, text: str) -> Value | None:
    """Return ``text`` as the column's type, or None when it is not of that type.

    Dates and datetimes become ``datetime``; those of a ``partial`` column stay ISO text, because
    ``2025-03`` is not a day. Code lists, limits and ranges are not looked at here.
    """
    if column.partial:
        return _parse_partial(column, text)
    return _PARSERS[column.type](text)


def _parse_text(text: str) -> str:
    return text


def _parse_int(text: str) -> int | None:
    if not _INTEGER.fullmatch(text):
        return None
    number = int(text.partition(".")[0])
    return number if abs(number) <= LARGEST_INTEGER else None


def _parse_float(text: str) -> float | None:
    number = float(text) if _FLOAT.fullmatch(text) else math.inf
    return number if math.isfinite(number) else None


def _parse_date(text: str) -> datetime | None:
    return _parse_iso(text) if _DATE.fullmatch(text) else None


def _parse_datetime(text: str) -> datetime | None:
    return _parse_iso(text) if _DATETIME.fullmatch(text) else None


def _parse_iso(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text)
    except ValueError:  # the form of a date, but no day of the calendar
        return None


def _parse_partial(column: Column, text: str) -> str | None:
    if _PARTIAL.fullmatch(text):
        year, month = int(text[:4]), int(text[5:] or 1)
        return text if year >= 1 and 1 <= month <= 12 else None
    is_datetime = column.type == "datetime" and _parse_datetime(text) is not None
    return text if is_datetime or _parse_date(text) is not None else None


_PARSERS: dict[str, Callable[[str], Value | None]] = {
    "str": _parse_text,
    "yn": _parse_text,
    "int": _parse_int,
    "float": _parse_float,
    "date": _parse_date,
    "datetime": _parse_datetime,
}


def complete_date(text: str | None) -> date | None:
    """Return the day that an ISO text of a partial column names, or None when it names no day."""
    if not isinstance(text, str) or len(text) < len("YYYY-MM-DD"):
        return None
    return date.fromisoformat(text[:10])
