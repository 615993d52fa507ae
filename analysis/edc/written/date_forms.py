"""Forms of dates as exports write them, ``%d.%m.%Y``, and the ISO text that a cell means by one.

The directives are those of ``strptime``, the months those of :mod:`analysis.edc.written.months`
whatever the language of the machine; a directive that touches another one takes all its digits. A
form may also be a name of :mod:`analysis.edc.written.serials`.
"""

import re
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from analysis.edc.written.months import find_month
from analysis.edc.written.serials import ISO, NAMED, SERIALS, read_named

DIRECTIVES = {
    "Y": r"(?P<Y>[0-9]{4})",
    "y": r"(?P<y>[0-9]{2})",
    "m": r"(?P<m>[0-9]{1,2})",
    "d": r"(?P<d>[0-9]{1,2})",
    "b": r"(?P<b>[^\W\d_]{3,5}\.?)",
    "B": r"(?P<B>[^\W\d_]{3,12}\.?)",
    "H": r"(?P<H>[0-9]{1,2})",
    "I": r"(?P<I>[0-9]{1,2})",
    "p": r"(?P<p>[AaPp][Mm]|[AaPp]\.[Mm]\.|上午|下午|午前|午後)",
    "M": r"(?P<M>[0-9]{2})",
    "S": r"(?P<S>[0-9]{2})",
}
_LOOSE = {"M": "分", "S": "秒"}
"""Minutes and seconds that may have one digit, before the sign that says what they are."""
_UNKNOWN = r"UNK|UN|UK|NK|XXX|XX|\?\?|--|00"
"""What is written in the place of a day or month that nobody knows."""
_PARTS_OF_TIME = ("H", "I", "p")
_PIECE = re.compile(r"%(.)|([^%]+)", re.DOTALL)
FIRST_TWO_DIGIT_YEAR = 1969
"""Of the hundred years that two digits mean where nobody says it: as POSIX has it, 1969 to 2068."""


@dataclass(frozen=True)
class DateForm:
    """A form that was understood. ``parts``: the letters of its directives."""

    pattern: re.Pattern[str]
    parts: frozenset[str]

    @property
    def has_day(self) -> bool:
        """Whether it names a day of the calendar."""
        return "d" in self.parts

    @property
    def has_time(self) -> bool:
        """Whether it names hour and minute."""
        return "M" in self.parts


@cache
def parse_form(form: str, *, partial: bool = False) -> DateForm:
    """Return a form; raises ValueError, in words, if it is none.

    ``partial``: day and month may be unknown (``UN``, ``UNK``, ``XX``, ``??``, ``--``, ``00``).
    """
    if form in NAMED:
        has_time = form == ISO or SERIALS[form].has_time
        return DateForm(re.compile(""), frozenset("YmdHM" if has_time else "Ymd"))
    pieces = _PIECE.findall(form)
    letters = [letter for letter, _ in pieces if letter]
    _require_parts(form, letters)
    pattern = ""
    for position, (letter, text) in enumerate(pieces):
        beside = (i for i in (position - 1, position + 1) if 0 <= i < len(pieces))
        touches = any(pieces[i][0] not in ("", "p") for i in beside)
        behind = pieces[position + 1][1] if position + 1 < len(pieces) else ""
        one = DIRECTIVES.get(letter, re.escape(text))
        if letter in _LOOSE and behind.startswith(_LOOSE[letter]):
            one = one.replace("{2}", "{1,2}")
        one = one.replace("{1,2}", "{2}") if touches else one
        pattern += _allow_unknown(letter, one) if partial else one
    return DateForm(re.compile(pattern), frozenset(letters))


def _allow_unknown(letter: str, pattern: str) -> str:
    if letter == "d":
        return f"((?P<no_day>{_UNKNOWN})|{pattern})"
    return f"((?P<no_month>{_UNKNOWN})|{pattern})" if letter in ("m", "b", "B") else pattern


def _require_parts(form: str, letters: list[str]) -> None:
    unknown = [letter for letter in letters if letter not in DIRECTIVES]
    if unknown or form.count("%") != len(letters):
        known = ", ".join(f"%{letter}" for letter in DIRECTIVES)
        raise ValueError(f"'{form}' is no form of a date: the parts are {known}")
    steps = [("Y", "y"), ("m", "b", "B"), ("d",), ("H", "I"), ("M",), ("S",)]
    there = [sum(letters.count(letter) for letter in step) for step in steps]
    if max(there) > 1 or letters.count("p") != letters.count("I"):
        raise ValueError(f"'{form}': a part stands twice, or one of %I and %p alone")
    if there != sorted(there, reverse=True) or not there[0]:
        raise ValueError(f"'{form}': a part lacks the larger one, such as %d without %m and %Y")
    if there[3] and not there[4]:
        raise ValueError(f"'{form}': hours stand without minutes (%M)")


def read_date(
    text: str, form: str, *, first_year: int = FIRST_TWO_DIGIT_YEAR, partial: bool = False
) -> str | None:
    """Return the ISO text, as precise as the form, of a cell; None if it is not of the form.

    ``2026``, ``2026-04``, ``2026-04-11``, ``2026-04-11T03:52`` or with seconds. ``first_year``: of
    the hundred years that two digits mean. ``partial``: the date may lack day, month or time.
    """
    if form in NAMED:
        return read_named(text, form)
    found = parse_form(form, partial=partial).pattern.fullmatch(text)
    if found is not None:
        return _write_iso(found.groupdict(), first_year)
    day = _cut_time(form) if partial else ""
    return read_date(text, day, first_year=first_year, partial=True) if day else None


def is_written_as(text: str, form: str, *, partial: bool = False) -> bool:
    """Return whether a cell has the form of a date, be it a day of the calendar or not.

    >>> is_written_as("30.02.2026", "%d.%m.%Y"), is_written_as("30 Foo 2026", "%d %b %Y")
    (True, False)
    """
    found = None if form in NAMED else parse_form(form, partial=partial).pattern.fullmatch(text)
    if found is None:
        return False
    parts = found.groupdict()
    name = parts.get("b") or parts.get("B")
    return not name or find_month(name, short_only="b" in parts) is not None


def _write_iso(parts: dict[str, str], first_year: int) -> str | None:
    if parts.get("no_day") or parts.get("no_month"):
        parts = {key: parts[key] for key in parts if key in ("Y", "y")} | (
            {} if parts.get("no_month") else {k: parts[k] for k in ("m", "b", "B") if k in parts}
        )
    try:
        moment = datetime(
            _year(parts, first_year), _month(parts), int(parts.get("d") or 1), _hour(parts),
            int(parts.get("M") or 0), int(parts.get("S") or 0),
        )  # fmt: skip
    except ValueError:  # the form of a date, but no day of the calendar
        return None
    if "M" in parts:
        return moment.isoformat(timespec="seconds" if "S" in parts else "minutes")
    has_month = not parts.keys().isdisjoint(("m", "b", "B"))
    precise = "YYYY-MM-DD" if "d" in parts else "YYYY-MM" if has_month else "YYYY"
    return moment.date().isoformat()[: len(precise)]


@cache
def _cut_time(form: str) -> str:
    """The form without the time behind its day; empty if there is none."""
    starts = [form.find(f"%{letter}") for letter in _PARTS_OF_TIME if f"%{letter}" in form]
    day = form[: min(starts)].rstrip(" T:,") if starts else ""
    return day if "%d" in day and ("%Y" in day or "%y" in day) else ""


def _year(parts: dict[str, str], first: int) -> int:
    if "Y" in parts:
        return int(parts["Y"])
    return first + (int(parts["y"]) - first) % 100


def _month(parts: dict[str, str]) -> int:
    name = parts.get("b") or parts.get("B")
    if name:
        return find_month(name, short_only="b" in parts) or 0
    return int(parts.get("m") or 1)


def _hour(parts: dict[str, str]) -> int:
    if "I" not in parts:
        return int(parts.get("H") or 0)
    hour = int(parts["I"])
    if not 1 <= hour <= 12:
        raise ValueError(hour)
    is_afternoon = parts["p"][0].lower() == "p" or parts["p"] in ("下午", "午後")
    return hour % 12 + (12 if is_afternoon else 0)
