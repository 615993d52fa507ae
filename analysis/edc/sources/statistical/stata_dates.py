"""Display formats of Stata that say what a number counts from 1960: milliseconds, days, months.

A number that is none of the calendar keeps a text that is of no type, as in files of SAS.
"""

import re
from bisect import bisect_right

import numpy as np

from analysis.edc.sources.labelled_table import Kind
from analysis.edc.sources.statistical.date_formats import SAS_ORIGIN, write_date
from analysis.edc.sources.statistical.texts import write_plain

FIRST_YEAR = 1960
TICKS = 1000
"""Milliseconds, by which Stata counts moments."""
LEAP_SECONDS = (
    "1972-07", "1973-01", "1974-01", "1975-01", "1976-01", "1977-01", "1978-01", "1979-01",
    "1980-01", "1981-07", "1982-07", "1983-07", "1985-07", "1988-01", "1990-01", "1991-01",
    "1992-07", "1993-07", "1994-07", "1996-01", "1997-07", "1999-01", "2006-01", "2009-01",
    "2012-07", "2015-07", "2017-01",
)  # fmt: skip
"""Months that began after a leap second (IERS, Bulletin C), which ``%tC`` counts."""
_AT = [
    float((np.datetime64(month, "s") - SAS_ORIGIN) / np.timedelta64(1, "s")) + i
    for i, month in enumerate(LEAP_SECONDS)
]
_FORMAT = re.compile(r"%-?(?:t([Ccdbwmqhy])|(d))(.*)")
_TIME_OF_DAY = re.compile(r"[Hh]{2}|MM|mm|SS|ss|\.s+|[Aa]\.?[Mm]\.?")
_PER_YEAR = {"w": (52, "w{}"), "m": (12, "-{:02d}"), "q": (4, "q{}"), "h": (2, "h{}")}


def find_unit(display: str) -> str:
    """Return what a format counts: one of ``C c d b w m q h y``; "" if it is none of dates."""
    found = _FORMAT.fullmatch(display.strip())
    return (found[1] or found[2]) if found else ""


def find_stata_kind(display: str) -> Kind | None:
    """Return what a format makes of a number, if it is a day or a moment; None otherwise."""
    found, unit = _FORMAT.fullmatch(display.strip()), find_unit(display)
    if not found or unit not in ("C", "c", "d"):
        return None
    if unit == "d":
        return Kind.DATE
    shown = re.sub(r"!.|[_,:\s/-]", "", found[3])
    day = _TIME_OF_DAY.sub("", shown).strip("+.")
    if shown and not day:
        return Kind.TIME
    return Kind.SHOWN_AS_DATE if day and day == shown else Kind.DATETIME


def write_stata_date(value: float, display: str) -> str:
    """Return the text of a number with a format of dates: ISO, or ``2026w15``, ``2026q2``.

    Weeks, quarters and half-years are Stata's own, which ISO does not have; months ``2026-04``.
    """
    unit, kind = find_unit(display), find_stata_kind(display)
    if kind is Kind.DATE:
        return write_date(value, kind, SAS_ORIGIN)
    if kind is not None:
        seconds = value / TICKS
        if unit == "C":
            seconds -= bisect_right(_AT, seconds)
        return write_date(seconds, kind, SAS_ORIGIN)
    if unit not in _PER_YEAR or not float(value).is_integer():
        return write_plain(value)
    parts, form = _PER_YEAR[unit]
    year, part = divmod(int(value), parts)
    if not 1000 <= year + FIRST_YEAR <= 9999:
        return write_plain(value)
    return f"{year + FIRST_YEAR}{form.format(part + 1)}"
