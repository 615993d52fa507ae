"""The value of a cell as the text that a CSV would hold.

Numbers: a workbook stores doubles and Excel shows at most 15 significant digits of them. So does
this: 0.1 + 0.2 is ``0.3``. Whole numbers up to 2**53, which a double holds exactly, keep every
digit. No number has an exponent. Numbers are not rounded as their format shows them (2.84 shown as
2.8 is ``2.84``, 50% is ``0.5``).

Dates: a moment to the nearest second; midnight is a date without a time, as the two are one number.
Day 60, Excel's 29 February 1900, was none and is the 28th.
"""

from __future__ import annotations

import datetime
import math
from decimal import Decimal

Value = (
    int | float | str | bool | datetime.time | datetime.date | datetime.datetime
    | datetime.timedelta
)  # fmt: skip
EXACT = 2**53
DIGITS = 15


def write_cell(value: Value, decimal: str) -> str | None:
    """Return the text of a value, numbers with the mark ``decimal``.

    None for what is not understood: a duration, and a number that is none (NaN, infinity).
    """
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        return _write_number(value, decimal)
    if isinstance(value, datetime.datetime):
        return _write_moment(value)
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, datetime.time):
        moment = datetime.datetime.combine(datetime.date(1900, 1, 1), value)
        return _write_time(_round_to_second(moment).time())
    return None


def _write_number(value: int | float, decimal: str) -> str | None:
    if not math.isfinite(value):
        return None
    if value == int(value) and abs(value) <= EXACT:
        return str(int(value))
    shown = f"{Decimal(f'{value:.{DIGITS}g}'):f}"
    if "." in shown:
        shown = shown.rstrip("0").rstrip(".")
    return shown.replace(".", decimal)


def _write_moment(value: datetime.datetime) -> str:
    moment = _round_to_second(value)
    if moment.time() == datetime.time():
        return moment.date().isoformat()
    return f"{moment.date().isoformat()}T{_write_time(moment.time())}"


def _write_time(time: datetime.time) -> str:
    return time.isoformat("seconds" if time.second else "minutes")


def _round_to_second(value: datetime.datetime) -> datetime.datetime:
    """The last second of all is not rounded: there is no day behind it."""
    half = datetime.timedelta(microseconds=500_000)
    if value.microsecond >= half.microseconds and value <= datetime.datetime.max - half:
        value += half
    return value.replace(microsecond=0)
