"""One cell to one value, as docs/edc_tables.md has it ("How values are read")."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Context, Decimal
from functools import cache

from analysis.qc.from_export.reading.identifiers import respell
from analysis.qc.from_export.reading.mapping import Days, MappedTable


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
    r"(:(?P<second>\d\d)(\.0+)?)?)?)?)?",
    re.ASCII,
)
DIGITS = Context(prec=10)
"""Of a number that the mapping multiplies."""
LARGEST, SMALLEST = Decimal(10) ** 15, Decimal(10) ** -15
"""Numbers beyond are no measurement."""
_MOMENT_FORMS = ("hour", "day", "month", "year")


def read_text(text: str) -> Value | None:
    """Any text."""
    return text


def read_number(text: str) -> Value | None:
    """A decimal number, exactly as it is written."""
    number = Decimal(text) if _NUMBER.fullmatch(text) else None
    is_measured = number is not None and (not number or SMALLEST <= abs(number) <= LARGEST)
    return number if is_measured else None


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


def reform_date(text: str, forms: tuple[str, ...]) -> str:
    """Return a date that is written as one of ``forms`` (of strptime) in the form of the layout.

    Where none reads it, or two do differently, nobody can: the text is marked.
    """
    read = {_reform(text, form) for form in forms} - {None}
    return str(read.pop()) if len(read) == 1 else f"? {text}"


def _reform(text: str, form: str) -> str | None:
    try:
        moment = datetime.strptime(text, form)
    except ValueError:
        return None
    return moment.isoformat() if "%M" in form else moment.date().isoformat()


def prepare(text: str, column: str, kind: Kind, table: MappedTable) -> str:
    """Return the text of a cell as the layout would have it, by the mapping of its table."""
    text = table.translate(column, text)
    if text and column in table.spellings:
        return respell(text, table.spellings[column])
    if text and column in table.dates:
        reformed = reform_date(text, table.dates[column])
        return reformed[: len("YYYY-MM-DD")] if kind in DAYS else reformed
    if kind is read_number or isinstance(kind, Whole):
        return _multiply(_point(text, table.decimal), table.factors.get(column))
    return text


def _point(text: str, decimal: str) -> str:
    """With a decimal comma a point is none, and the comma is."""
    return text if decimal == "." else text.translate(str.maketrans(f".{decimal}", f"{decimal}."))


def _multiply(text: str, factor: float | None) -> str:
    number = read_number(text) if factor else None
    if not isinstance(number, Decimal):
        return text
    return str(DIGITS.multiply(number, Decimal(str(factor))))


DAYS: tuple[Kind, ...] = (read_day, read_partial_day)
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
