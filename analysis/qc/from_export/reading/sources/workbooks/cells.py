"""Cells of a workbook as the text that a CSV would hold (docs/edc_tables.md, Sources).

A workbook stores doubles, of which 15 digits are shown; days are counted from 1899-12-30, in which
1900-02-29 is a day, or from 1904 on. A midnight and its day are the same number.
"""

from datetime import datetime, time, timedelta
from decimal import Decimal

EXACT = 2**53
FIRST, FIRST_OF_1904 = datetime(1899, 12, 30), datetime(1904, 1, 1)
NO_DAY = 60
DAY = 86_400


def write_number(text: str, decimal: str) -> str:
    """Return a number of a cell; ``decimal``: the mark that numbers of the export have.

    >>> [write_number(text, ".") for text in ("0.30000000000000004", "1E-3", "12.0")]
    ['0.3', '0.001', '12']
    """
    number = float(text)
    if number.is_integer() and abs(number) <= EXACT:
        return str(int(number))
    plain = f"{Decimal(f'{number:.15g}'):f}"
    return (plain.rstrip("0").rstrip(".") if "." in plain else plain).replace(".", decimal)


def write_moment(text: str, *, is_from_1904: bool) -> str:
    """Return a date, moment or time of day of a cell, to the nearest second.

    Raises OverflowError for a number that is no day of the calendar.

    >>> write_moment("46000.5", is_from_1904=False)
    '2025-12-09T12:00'
    """
    number = float(text)
    seconds = timedelta(seconds=int(number * DAY + 0.5))
    if number < 1 and not is_from_1904:
        return write_clock((FIRST + seconds).time())
    start = FIRST_OF_1904 if is_from_1904 else FIRST
    if number < NO_DAY and not is_from_1904:
        start += timedelta(days=1)
    return write_datetime(start + seconds)


def write_datetime(moment: datetime) -> str:
    """Return a moment; a midnight is its day."""
    day = moment.date().isoformat()
    return day if moment.time() == time() else f"{day}T{write_clock(moment.time())}"


def write_clock(clock: time) -> str:
    """Return a time of day, its seconds only where there are some."""
    return clock.isoformat("seconds" if clock.second else "minutes")
