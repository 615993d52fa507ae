"""One cell to one value, as docs/edc_tables.md has it ("How values are read")."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import cache

from analysis.qc.from_export.reading.mapping import MappedTable


@dataclass(frozen=True)
class Span:
    """What a date that may be partial can mean: from its earliest to its latest moment."""

    earliest: datetime
    latest: datetime

    @property
    def is_a_day(self) -> bool:
        """Whether it names one day."""
        return self.earliest.date() == self.latest.date()


Value = str | Decimal | date | Span
Kind = Callable[[str], Value | None]
"""Returns the value of a text that is not empty, or None where it is not of the kind."""

_WHOLE = re.compile(r"[-+]?[0-9]{1,15}(\.0*)?")
_NUMBER = re.compile(r"[-+]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][-+]?[0-9]{1,2})?")
_TIME = re.compile(
    r"(?P<year>\d{4})(-(?P<month>\d\d)(-(?P<day>\d\d)([T ](?P<hour>\d\d):(?P<minute>\d\d)"
    r"(:(?P<second>\d\d))?)?)?)?",
    re.ASCII,
)
_MOMENT_FORMS = ("hour", "day", "month", "year")


def read_text(text: str) -> Value | None:
    """Any text."""
    return text


def read_number(text: str) -> Value | None:
    """A decimal number, exactly as it is written."""
    return Decimal(text) if _NUMBER.fullmatch(text) else None


def whole(lowest: int | None = None, highest: int | None = None) -> Kind:
    """Return the kind of a whole number; one outside the limits of a scale is none."""

    def read_whole(text: str) -> Value | None:
        if not _WHOLE.fullmatch(text):
            return None
        number = Decimal(text)
        is_low = lowest is not None and number < lowest
        return None if is_low or (highest is not None and number > highest) else number

    return read_whole


def one_of(*codes: str) -> Kind:
    """Return the kind of a code of a closed list."""
    return lambda text: text if text in codes else None


def read_day(text: str) -> Value | None:
    """A date without a time."""
    span = _read_span(text)
    return span.earliest.date() if span and _find_form(text) == "day" else None


def read_moment(text: str) -> Value | None:
    """A date with a time."""
    span = _read_span(text)
    return span.earliest if span and _find_form(text) == "hour" else None


def read_partial_day(text: str) -> Value | None:
    """A date, or its year or month alone."""
    return _read_span(text) if _find_form(text) in ("day", "month", "year") else None


def read_partial_moment(text: str) -> Value | None:
    """A date with a time, the date alone, or its year or month."""
    return _read_span(text)


def reform_date(text: str, form: str) -> str:
    """Return a date that is written as ``form`` (of strptime) in the form of the layout."""
    try:
        moment = datetime.strptime(text, form)
    except ValueError:
        return text
    return moment.isoformat(timespec="seconds") if "%H" in form else moment.date().isoformat()


def prepare(text: str, column: str, kind: Kind, table: MappedTable) -> str:
    """Return the text of a cell as the layout would have it, by the mapping of its table."""
    mapped = table.translate(column, text)
    if column in table.dates:
        return reform_date(mapped, table.dates[column])
    return mapped.replace(table.decimal, ".") if kind is read_number else mapped


def _find_form(text: str) -> str:
    """The smallest part that is given."""
    match = _TIME.fullmatch(text)
    return next((part for part in _MOMENT_FORMS if match and match[part]), "")


@cache
def _read_span(text: str) -> Span | None:
    match = _TIME.fullmatch(text)
    if match is None:
        return None
    given = {part: int(number) for part, number in match.groupdict().items() if number}
    try:
        day = date(given["year"], given.get("month", 1), given.get("day", 1))
        clock = time(given.get("hour", 0), given.get("minute", 0), given.get("second", 0))
    except ValueError:  # no day of the calendar, no time of the day
        return None
    earliest = datetime.combine(day, clock)
    return Span(earliest, _find_end(earliest, given))


def _find_end(earliest: datetime, given: dict[str, int]) -> datetime:
    if "hour" in given:
        return earliest
    if "day" in given:
        return earliest + timedelta(hours=23, minutes=59)
    last_month = given.get("month", 12)
    day = next(d for d in (31, 30, 29, 28) if _is_day(earliest.year, last_month, d))
    return datetime(earliest.year, last_month, day, 23, 59)


def _is_day(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True
