"""Dates and moments as systems write them."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from analysis.edc.written.date_forms import read_date
from analysis.simulate.exports.cells.codec import Codec
from analysis.simulate.exports.design.forms import Field

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_PRECISIONS = {
    "minute": (re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d"), "%Y-%m-%dT%H:%M"),
    "day": (re.compile(r"\d{4}-\d\d-\d\d"), "%Y-%m-%d"),
    "month": (re.compile(r"\d{4}-\d\d"), "%Y-%m"),
    "year": (re.compile(r"\d{4}"), "%Y"),
}


@dataclass(frozen=True)
class DateForms:
    """How a system writes a moment, a day, and what is known of a day to the month or year.

    ``padded``: month, day and hour have two digits. ``capitals``: months are named in capitals.
    ``also``: another form in which days stand. ``marks_unknown``: what is not known of a day stands
    in its place, ``UK-04-2026``, so that the form of the whole moment reads it.
    """

    minute: str
    day: str
    month: str
    year: str = "%Y"
    padded: bool = True
    capitals: bool = False
    also: str = ""
    marks_unknown: bool = False

    def list_forms(self, field: Field) -> tuple[str, ...]:
        """Return the forms in which the system writes a field, the usual one first.

        >>> ISO = DateForms("%Y-%m-%d %H:%M", "%Y-%m-%d", "%Y-%m")
        >>> ISO.list_forms(Field("X", "x", "", "", "date", partial=True))
        ('%Y-%m-%d', '%Y-%m', '%Y')
        """
        precisions = _list_precisions(field)
        forms = tuple(
            getattr(self, each) for each in (precisions[:1] if self.marks_unknown else precisions)
        )
        return (*forms, self.also) if self.also and field.type == "date" else forms

    def write(self, moment: datetime, precision: str) -> str:
        """Return a moment, months in English whatever the language of the machine.

        >>> chinese = DateForms("%Y年%m月%d日 %H时%M分", "%Y年%m月%d日", "%Y年%m月", padded=False)
        >>> chinese.write(datetime(2026, 4, 1, 3, 5), "minute")
        '2026年4月1日 3时05分'
        """
        form: str = getattr(self, precision)
        if not self.padded:
            for letter, number in (("m", moment.month), ("d", moment.day), ("H", moment.hour)):
                form = form.replace(f"%{letter}", str(number))
        month = MONTHS[moment.month - 1]
        return moment.strftime(form.replace("%b", month.upper() if self.capitals else month))


def write_dates(forms: DateForms, field: Field) -> Codec:
    """Return the codec of a field; a text that is no date of the layout is written as it is.

    >>> german = DateForms("%d.%m.%Y %H:%M", "%d.%m.%Y", "%m.%Y")
    >>> codec = write_dates(german, Field("X", "x", "", "", "datetime"))
    >>> codec.write("2026-04-11T03:52"), codec.write("2026/04/11"), codec.write("")
    ('11.04.2026 03:52', '2026/04/11', '')
    """
    precisions, listed = _list_precisions(field), forms.list_forms(field)

    def write(text: str) -> str:
        for precision in precisions:
            pattern, iso = _PRECISIONS[precision]
            if pattern.fullmatch(text) and (moment := _parse(text, iso)):
                return forms.write(moment, precision)
        return text

    def read(text: str) -> str:
        return read_iso(text, listed, field.partial) or text

    return Codec(write, read)


def read_iso(text: str, forms: Iterable[str], partial: bool) -> str:
    """Return the ISO text of a date by the first form that reads it; empty if none does."""
    found = (read_date(text, form, partial=partial) for form in forms)
    return next((iso for iso in found if iso is not None), "")


def split_moment(text: str) -> tuple[str, str]:
    """Return day and time of a text that a blank parts; a time that is none stays with the day.

    >>> split_moment("11-04-2026 03:52"), split_moment("not known yet")
    (('11-04-2026', '03:52'), ('not known yet', ''))
    """
    day, _, time = text.rpartition(" ")
    return (day, time) if re.fullmatch(r"\d{1,2}:\d\d", time) else (text, "")


def _list_precisions(field: Field) -> tuple[str, ...]:
    usual = ("minute",) if field.type == "datetime" else ("day",)
    if not field.partial:
        return usual
    return tuple(_PRECISIONS) if field.type == "datetime" else ("day", "month", "year")


def _parse(text: str, form: str) -> datetime | None:
    try:
        return datetime.strptime(text, form)
    except ValueError:  # the form of a date, but no day of the calendar
        return None
