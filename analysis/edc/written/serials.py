"""Dates by the name of their form: ISO text of any precision, and numbers that programs count.

Sources: ECMA-376-1 (2016), 18.17.4 (date systems of spreadsheets: 1 is 1900-01-01 where a day
1900-02-29 is counted that was none, or 0 is 1904-01-01); SAS 9.4 Formats and Informats (days, or
seconds, since 1960-01-01); IEEE Std 1003.1 (seconds since 1970-01-01, UTC).
"""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import ROUND_HALF_EVEN, Decimal

ISO = "iso"
_ISO = re.compile(
    r"(?P<day>[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?)"
    r"([T ](?P<time>[0-9]{2}:[0-9]{2}(:[0-9]{2})?)([.,][0-9]{1,9})?)?"
)
_NUMBER = re.compile(r"-?[0-9]{1,12}([.,][0-9]{1,15})?([eE]\+?[0-9]{1,2})?")
_FULL_DAY = len("YYYY-MM-DD")
_SECONDS_A_DAY = 86_400


@dataclass(frozen=True)
class Serial:
    """How a program counts: seconds of one step, from a day on; below ``first`` it counts none.

    ``has_time``: whether its numbers name a moment. ``of_steps``: a whole number is a day alone.
    """

    origin: datetime
    seconds: int
    first: int | None = None
    has_time: bool = True
    whole_is_day: bool = False
    is_utc: bool = False


SERIALS = {
    "excel": Serial(datetime(1899, 12, 30), _SECONDS_A_DAY, first=61, whole_is_day=True),
    "excel1904": Serial(datetime(1904, 1, 1), _SECONDS_A_DAY, first=0, whole_is_day=True),
    "sas_date": Serial(datetime(1960, 1, 1), _SECONDS_A_DAY, has_time=False),
    "sas_datetime": Serial(datetime(1960, 1, 1), 1),
    "unix": Serial(datetime(1970, 1, 1), 1, is_utc=True),
}
NAMED = (ISO, *SERIALS)
"""The forms that have a name of their own."""


def read_named(text: str, name: str) -> str | None:
    """Return the ISO text of a date that is written in a form of :data:`NAMED`; None if it is not.

    A moment that is counted in UTC ends with ``+00:00``. Fractions of a second are cut off ISO
    text, and rounded in numbers, which hold them inexactly.

    >>> read_named("46086.5", "excel"), read_named("24170", "sas_date")
    ('2026-03-05T12:00', '2026-03-05')
    """
    if name == ISO:
        return _read_iso(text)
    return _read_number(Decimal(text.replace(",", ".")), SERIALS[name]) if (
        _NUMBER.fullmatch(text)
    ) else None  # fmt: skip


def _read_iso(text: str) -> str | None:
    found = _ISO.fullmatch(text)
    if found is None or (found["time"] and len(found["day"]) < _FULL_DAY):
        return None
    day, time = found["day"], found["time"]
    try:
        datetime.fromisoformat(day + "0001-01-01"[len(day) :] + (f"T{time}" if time else ""))
    except ValueError:  # the form of a date, but no day of the calendar
        return None
    return f"{day}T{time}" if time else day


def _read_number(number: Decimal, serial: Serial) -> str | None:
    if serial.first is not None and number < serial.first:
        return None
    is_whole = number == number.to_integral_value()
    if not serial.has_time and not is_whole:
        return None
    seconds = (number * serial.seconds).quantize(Decimal(1), ROUND_HALF_EVEN)
    try:
        moment = serial.origin + timedelta(seconds=int(seconds))
    except OverflowError:  # beyond the calendar
        return None
    if not serial.has_time or (serial.whole_is_day and is_whole):
        return moment.date().isoformat()
    written = moment.isoformat(timespec="seconds" if moment.second else "minutes")
    return f"{written}+00:00" if serial.is_utc else written
