"""One cell to one value, as docs/edc_tables.md has it ("How values are read")."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import cache
from unicodedata import normalize

from analysis.qc.from_export.reading.dates import reform_date
from analysis.qc.from_export.reading.identifiers import respell
from analysis.qc.from_export.reading.mapping import PLAIN, Beside, Days, MappedTable
from analysis.qc.from_export.reading.measurements import DIGITS
from analysis.qc.from_export.reading.numbers import point, read_number
from analysis.qc.from_export.reading.yes_no import say_yes_no


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
_TIME = re.compile(
    r"(?P<year>\d{4})(-(?P<month>\d\d)(-(?P<day>\d\d)([T ](?P<hour>\d\d):(?P<minute>\d\d)"
    r"(:(?P<second>\d\d)(\.0+)?)?)?)?)?",
    re.ASCII,
)
_MOMENT_FORMS = ("hour", "day", "month", "year")


def read_text(text: str) -> Value | None:
    """Any text."""
    return text


@dataclass(frozen=True)
class Whole:
    """The kind of a whole number; one outside the limits of a scale is none."""

    lowest: int | None = None
    highest: int | None = None

    def __call__(self, text: str) -> Value | None:
        """Return the number."""
        if not _WHOLE.fullmatch(text):
            return None
        number = Decimal(text)
        is_low = self.lowest is not None and number < self.lowest
        is_high = self.highest is not None and number > self.highest
        return None if is_low or is_high else number


def one_of(*codes: str) -> Kind:
    """Return the kind of a code of a closed list."""
    return lambda text: text if text in codes else None


def read_yes_no(text: str) -> Value | None:
    """Yes or no."""
    return text if text in ("Y", "N") else None


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


def prepare(
    text: str, column: str, kind: Kind, table: MappedTable, beside: Beside = PLAIN, unit: str = ""
) -> str:
    """Return the text of a cell as the layout would have it, by the mapping of its table.

    ``beside``: what stands in the file beside the cell; ``unit``: in the column of units.
    """
    text = table.translate(column, text, beside.marked, beside.labels)
    if kind is read_yes_no and table.any_yes_no:
        text = say_yes_no(text, beside.texts)
    if text and column in table.spellings:
        return respell(text, table.spellings[column])
    if kind is read_text:
        return text
    text = normalize("NFKC", text).strip()
    if text and column in table.dates:
        reformed = reform_date(text, table.dates[column], partial=kind in PARTIAL)
        return reformed[: len("YYYY-MM-DD")] if kind in DAYS else reformed
    if kind is read_number or isinstance(kind, Whole):
        return _measure(text, column, table, unit)
    return text


def _measure(text: str, column: str, table: MappedTable, unit: str) -> str:
    measure = table.measures.get(column)
    if text and measure is not None:
        return measure.read(text, unit)
    return _multiply(point(text, table.decimal), table.factors.get(column))


def _multiply(text: str, factor: float | None) -> str:
    number = read_number(text) if factor else None
    if number is None:
        return text
    return str(DIGITS.multiply(number, Decimal(str(factor))))


DAYS: tuple[Kind, ...] = (read_day, read_partial_day)
PARTIAL: tuple[Kind, ...] = (read_partial_day, read_partial_moment)
DATES: tuple[Kind, ...] = (*DAYS, read_moment, read_partial_moment)


def is_within(value: Value | None, days: Days | None) -> bool:
    """Whether a date lies within some days, or may; everything else does."""
    if days is None or not isinstance(value, date | Span):
        return True
    if isinstance(value, Span):
        return value.latest.date() >= days[0] and value.earliest.date() <= days[1]
    day = value.date() if isinstance(value, datetime) else value
    return days[0] <= day <= days[1]


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
