"""The form in which dates are written that are not of the layout's form."""

import re
from collections import Counter
from collections.abc import Iterable

_TIME = r"([ T]\d{1,2}:\d{2}(:\d{2})?)?"
_FORMS = (
    ("YYYY-MM-DD with a time", re.compile(r"\d{4}-\d{2}-\d{2}[ T].+")),
    ("YYYY-MM-DD", re.compile(r"\d{4}-\d{2}-\d{2}")),
    ("YYYY/MM/DD", re.compile(rf"\d{{4}}/\d{{1,2}}/\d{{1,2}}{_TIME}")),
    ("YYYY.MM.DD", re.compile(rf"\d{{4}}\.\d{{1,2}}\.\d{{1,2}}{_TIME}")),
    ("YYYYMMDD", re.compile(r"(19|20)\d{6}")),
    ("DD-MON-YYYY", re.compile(rf"\d{{1,2}}[- ]?[A-Za-z]{{3,9}}[- ]?\d{{2,4}}{_TIME}")),
    ("year, month and day in Chinese", re.compile(r"\d{4}\s*年.+")),
    ("a number of days, as spreadsheets and SAS keep dates", re.compile(r"\d{4,5}(\.\d+)?")),
)
_PARTS = re.compile(rf"(\d{{1,2}})([/.-])(\d{{1,2}})[/.-](\d{{2}}|\d{{4}}){_TIME}")
LAST_MONTH = 12


def describe_forms(texts: Iterable[str]) -> str:
    """Return the form that most texts have; no text of a subject is shown."""
    kept = list(texts)
    counts = Counter(name_form(text) for text in kept)
    day_month = counts.pop("", 0)
    numeric = _name_order(kept)
    if numeric and day_month:
        counts[numeric] += day_month
    elif day_month:
        counts["no form of a date"] += day_month
    (form, n), *_ = counts.most_common(1)
    return f"{n:,} have the form {form}"


def name_form(text: str) -> str:
    """Return the form of one text; empty if only others can tell whether day or month is first."""
    return next((name for name, form in _FORMS if form.fullmatch(text)), "")


def _name_order(texts: Iterable[str]) -> str:
    """Whether day or month stands first in dates as 09/07/2026, from those that tell."""
    found = [match for text in texts if (match := _PARTS.fullmatch(text))]
    if not found:
        return ""
    mark = Counter(match[2] for match in found).most_common(1)[0][0]
    day_first = sum(int(match[1]) > LAST_MONTH for match in found)
    month_first = sum(int(match[3]) > LAST_MONTH for match in found)
    if day_first and month_first:
        return f"DD{mark}MM{mark}YYYY and MM{mark}DD{mark}YYYY, both"
    if day_first == month_first:
        return f"DD{mark}MM{mark}YYYY or MM{mark}DD{mark}YYYY (no date tells which)"
    return f"DD{mark}MM{mark}YYYY" if day_first else f"MM{mark}DD{mark}YYYY"
