"""Forms of dates as exports write them, ``%d.%m.%Y``, and the ISO text that a cell means by one.

The directives are those of ``strptime``. Months are named in English whatever the language of the
machine; a directive that touches another one takes all its digits.
"""

import re
from dataclasses import dataclass
from datetime import datetime
from functools import cache

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
DIRECTIVES = {
    "Y": r"(?P<Y>[0-9]{4})",
    "y": r"(?P<y>[0-9]{2})",
    "m": r"(?P<m>[0-9]{1,2})",
    "d": r"(?P<d>[0-9]{1,2})",
    "b": r"(?P<b>[A-Za-z]{3})",
    "B": r"(?P<B>[A-Za-z]{3,9})",
    "H": r"(?P<H>[0-9]{1,2})",
    "I": r"(?P<I>[0-9]{1,2})",
    "p": r"(?P<p>[AaPp][Mm])",
    "M": r"(?P<M>[0-9]{2})",
    "S": r"(?P<S>[0-9]{2})",
}
_PIECE = re.compile(r"%(.)|([^%]+)", re.DOTALL)
FIRST_TWO_DIGIT_YEAR = 69
"""69 to 99 are 1969 to 1999, 00 to 68 are 2000 to 2068, as POSIX has it."""


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
def parse_form(form: str) -> DateForm:
    """Return a form; raises ValueError, in words, if it is none."""
    pieces = _PIECE.findall(form)
    letters = [letter for letter, _ in pieces if letter]
    _require_parts(form, letters)
    pattern = ""
    for position, (letter, text) in enumerate(pieces):
        touches = any(pieces[i][0] for i in (position - 1, position + 1) if 0 <= i < len(pieces))
        one = DIRECTIVES.get(letter, re.escape(text))
        pattern += one.replace("{1,2}", "{2}") if touches else one
    return DateForm(re.compile(pattern), frozenset(letters))


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


def read_date(text: str, form: str) -> str | None:
    """Return the ISO text, as precise as the form, of a cell; None if it is not of the form.

    ``2026``, ``2026-04``, ``2026-04-11``, ``2026-04-11T03:52`` or with seconds.
    """
    found = parse_form(form).pattern.fullmatch(text)
    if found is None:
        return None
    parts = found.groupdict()
    try:
        moment = datetime(
            _year(parts), _month(parts), int(parts.get("d") or 1), _hour(parts),
            int(parts.get("M") or 0), int(parts.get("S") or 0),
        )  # fmt: skip
    except ValueError:  # the form of a date, but no day of the calendar
        return None
    if "M" in parts:
        return moment.isoformat(timespec="seconds" if "S" in parts else "minutes")
    has_month = not parts.keys().isdisjoint(("m", "b", "B"))
    precise = "YYYY-MM-DD" if "d" in parts else "YYYY-MM" if has_month else "YYYY"
    return moment.date().isoformat()[: len(precise)]


def _year(parts: dict[str, str]) -> int:
    if "Y" in parts:
        return int(parts["Y"])
    year = int(parts["y"])
    return year + (1900 if year >= FIRST_TWO_DIGIT_YEAR else 2000)


def _month(parts: dict[str, str]) -> int:
    name = (parts.get("b") or parts.get("B") or "").capitalize()
    for number, month in enumerate(MONTHS, start=1):
        if name and name in (month[:3], month):
            return number
    return 0 if name else int(parts.get("m") or 1)


def _hour(parts: dict[str, str]) -> int:
    if "I" not in parts:
        return int(parts.get("H") or 0)
    hour = int(parts["I"])
    if not 1 <= hour <= 12:
        raise ValueError(hour)
    return hour % 12 + (12 if parts["p"].lower() == "pm" else 0)
