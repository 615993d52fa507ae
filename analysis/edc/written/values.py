"""One text of an export to one typed value: strict about form, None when it is not of the type.

The grammar, which docs/edc_tables.md documents::

    int       [sign] digits [mark [zeros]]
    float     [sign] (digits [mark [digits]] | mark digits) [e [sign] digit [digit]]
    date      YYYY-MM-DD                     or a form that the mapping names
    datetime  YYYY-MM-DD(T| )HH:MM[:SS[.0]]  or a form that the mapping names

with the digits 0 to 9, the signs + and -, and one mark, the point or what the mapping names.
"""

import math
import re
from collections.abc import Callable
from datetime import date, datetime, timedelta

from analysis.edc.layout import Column
from analysis.edc.written.date_forms import is_written_as, read_date
from analysis.edc.written.offsets import parse_offset, shift, split_offset

LARGEST_NUMBER = 10**15
"""Numbers beyond this are no measurement, and floats stop holding them exactly."""
SMALLEST_NUMBER = 1e-15
"""Nor are numbers but zero that are closer to it."""

_INTEGER = re.compile(r"[+-]?[0-9]{1,16}(\.0*)?")
_FLOAT = re.compile(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]{1,2})?")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_DATETIME = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}(:[0-9]{2}(\.0+)?)?")
UTC = "+00:00"
"""How a form ends that counts in UTC."""
_PARTIAL = re.compile(r"[0-9]{4}(-[0-9]{2})?")

Value = str | int | float | datetime


def parse_value(column: Column, text: str) -> Value | None:
    """Return ``text`` as the column's type, or None when it is not of that type.

    Dates and datetimes become ``datetime``; those of a ``partial`` column stay ISO text, because
    ``2025-03`` is not a day. Code lists, limits and ranges are not looked at here.
    """
    if column.type in ("int", "float"):
        return _parse_number(column, text)
    if column.type not in ("date", "datetime"):
        return text
    iso = _find_iso(column, text) if column.forms else text
    if iso is None:
        return None
    return _parse_partial(column, iso) if column.partial else _DATES[column.type](iso)


def _parse_number(column: Column, text: str) -> int | float | None:
    if column.decimal != ".":
        if "." in text:
            return None
        text = text.replace(column.decimal, ".")
    number = _parse_int(text) if column.type == "int" else _parse_float(text)
    return None if number is None or abs(number) > LARGEST_NUMBER else number


def _parse_int(text: str) -> int | None:
    return int(text.partition(".")[0]) if _INTEGER.fullmatch(text) else None


def _parse_float(text: str) -> float | None:
    """Minus zero is zero; what is closer to zero than any measurement is none."""
    number = float(text) + 0.0 if _FLOAT.fullmatch(text) else math.inf
    return number if number == 0 or abs(number) >= SMALLEST_NUMBER else None


def _find_iso(column: Column, text: str) -> str | None:
    """The ISO text by the forms of the mapping; None if none reads it, or two do differently.

    Of a column with an offset, moments that carry another one are turned into local time.
    """
    text, carried = split_offset(text) if column.offset else (text, None)
    read = read_forms(column, text)
    if len(read) != 1:
        return None
    (iso,) = read.values()
    if iso.endswith(UTC):
        iso, carried = iso.removesuffix(UTC), timedelta(0)
    if carried is not None:
        if not column.offset or "T" not in iso:
            return None
        iso = shift(iso, carried, parse_offset(column.offset))
    return iso[: len("YYYY-MM-DD")] if column.type == "date" else iso


def read_forms(column: Column, text: str) -> dict[str, str]:
    """Return what the forms of a column read a text as: by form the ISO text, each date once.

    More than one entry: the forms differ on it, and none is right.
    """
    read: dict[str, str] = {}
    for form in column.forms:
        iso = read_date(text, form, first_year=column.first_year, partial=column.partial)
        if iso is not None and iso not in read.values():
            read[form] = iso
    return read


def names_no_day(column: Column, text: str) -> bool:
    """Return whether a text is written as a date of the column and is none of the calendar.

    >>> names_no_day(Column(type="date"), "2026-02-30"), names_no_day(Column(type="date"), "30.2.")
    (True, False)
    """
    if column.type not in _DATES or parse_value(column, text) is not None:
        return False
    if column.forms:
        is_written = any(is_written_as(text, f, partial=column.partial) for f in column.forms)
        return is_written and not read_forms(column, text)
    usual = [_DATETIME if column.type == "datetime" else _DATE]
    usual += [_DATE, _PARTIAL] if column.partial else []
    return any(form.fullmatch(text) for form in usual)


def _parse_date(text: str) -> datetime | None:
    return _parse_iso(text) if _DATE.fullmatch(text) else None


def _parse_datetime(text: str) -> datetime | None:
    return _parse_iso(text) if _DATETIME.fullmatch(text) else None


def _parse_iso(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text.partition(".")[0])
    except ValueError:  # the form of a date, but no day of the calendar
        return None


def _parse_partial(column: Column, text: str) -> str | None:
    if _PARTIAL.fullmatch(text):
        year, month = int(text[:4]), int(text[5:] or 1)
        return text if year >= 1 and 1 <= month <= 12 else None
    if column.type == "datetime" and _parse_datetime(text) is not None:
        return text.replace(" ", "T").partition(".")[0]
    return text if _parse_date(text) is not None else None


_DATES: dict[str, Callable[[str], datetime | None]] = {
    "date": _parse_date,
    "datetime": _parse_datetime,
}


def complete_date(text: str | None) -> date | None:
    """Return the day that an ISO text of a partial column names, or None when it names no day."""
    if not isinstance(text, str) or len(text) < len("YYYY-MM-DD"):
        return None
    return date.fromisoformat(text[:10])
