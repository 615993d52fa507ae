"""The form in which dates are written that are not of the layout's form, by its name."""

import re
from collections import Counter
from collections.abc import Iterable

from analysis.edc.written.date_forms import parse_form, read_date
from analysis.edc.written.remedies import DAY_FORMS

_NAMES = {"Y": "YYYY", "y": "YY", "m": "MM", "d": "DD", "b": "MON", "B": "MON"}
_DIRECTIVE = re.compile(r"%(.)")
_NUMBER_OF_DAYS = re.compile(r"[0-9]{4,5}(\.[0-9]+)?")
_BEFORE_TIME = re.compile(r"[ T:](?=[0-9]{1,2}(:?[0-9]{2}|时))")
WITH_TIME = " with a time"
NUMBER_OF_DAYS = "are a number of days, as spreadsheets and SAS keep dates"
NO_FORM = "have no form of a date"

Names = tuple[str, ...]


def describe_forms(texts: Iterable[str]) -> str:
    """Return the form that most texts have; no text of a subject is shown.

    >>> describe_forms(["09/07/2026", "31/07/2026", "unknown"])
    '2 have the form DD/MM/YYYY'
    """
    groups: dict[tuple[Names, str], Counter[str]] = {}
    for text, cells in Counter(texts).items():
        day, key = _find_day(text)
        groups.setdefault(key, Counter())[day] += cells
    (names, behind), days = max(groups.items(), key=lambda group: group[1].total())
    told = f"have the form {_choose(names, days)}{behind}" if names else behind
    return f"{days.total():,} {told}"


def _find_day(text: str) -> tuple[str, tuple[Names, str]]:
    """The part of a text that is a day, the names of its forms, and what stands behind it.

    Without a day: what the text is, in words.
    """
    for end in (len(text), *(found.start() for found in _BEFORE_TIME.finditer(text))):
        day = text[:end]
        forms = (form for form in DAY_FORMS if parse_form(form).pattern.fullmatch(day))
        if names := tuple(dict.fromkeys(map(name_form, forms))):
            return day, (names, "" if end == len(text) else WITH_TIME)
    return text, ((), NUMBER_OF_DAYS if _NUMBER_OF_DAYS.fullmatch(text) else NO_FORM)


def _choose(names: Names, days: Iterable[str]) -> str:
    """The one form of some days; of several that differ in the order of their parts, which it is.

    Days of which only one form makes a day of the calendar tell.
    """
    forms = [(form, name_form(form)) for form in DAY_FORMS if name_form(form) in names]
    read = [{name for form, name in forms if read_date(day, form)} for day in days]
    sure = {name for fitting in read if len(fitting) == 1 for name in fitting}
    if len(sure) == 1 or len(names) < 2:
        return next(iter(sure or names), "")
    if sure:
        return f"{' and '.join(name for name in names if name in sure)}, both"
    return f"{' or '.join(names)} (no date tells which)"


def name_form(form: str) -> str:
    """Return the name of a form of days as people write it.

    >>> name_form("%d-%b-%Y"), name_form("%Y年%m月%d日")
    ('DD-MON-YYYY', 'YYYY年MM月DD日')
    """
    return _DIRECTIVE.sub(lambda found: _NAMES[found[1]], form)
