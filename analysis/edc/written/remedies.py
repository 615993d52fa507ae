"""What the mapping must say so that cells which do not fit can be read: a remedy that works."""

import re
from collections import Counter
from collections.abc import Iterable
from functools import cache
from itertools import product

from analysis.edc.layout import Column
from analysis.edc.written.date_forms import parse_form, read_date

DAY_FORMS = (
    "%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y%m%d", "%d.%m.%Y", "%d/%m/%Y", "%m/%d/%Y", "%d-%m-%Y",
    "%m-%d-%Y", "%d-%b-%Y", "%d %b %Y", "%d%b%Y", "%d/%b/%Y", "%d %B %Y", "%b %d, %Y", "%B %d, %Y",
    "%d-%b-%y", "%d%b%y", "%d.%m.%y", "%d/%m/%y", "%m/%d/%y", "%Y年%m月%d日",
)  # fmt: skip
"""How a day of the calendar is written; that two of them fit a text is no fault."""
_TIMES = (
    " %H:%M", " %H:%M:%S", "T%H:%M", "T%H:%M:%S", ":%H:%M", ":%H:%M:%S", " %I:%M %p",
    " %I:%M:%S %p", "%H%M", " %H%M", " %H时%M分", " %H时%M分%S秒",
)  # fmt: skip
_MONTHS = ("%Y", "%Y-%m", "%Y/%m", "%m/%Y", "%m.%Y", "%b %Y", "%b-%Y", "%b%Y", "%Y年%m月")
COMMON_FORMS = (*DAY_FORMS, *("".join(both) for both in product(DAY_FORMS, _TIMES)))
_DIGIT = re.compile(r"[0-9]")
_DECIMAL_COMMA = re.compile(r"[+-]?[0-9]+,[0-9]+")
FIRST_YEAR = 1970
"""Of the hundred years that a message gives as an example for a year of two digits."""
SHOWN = 3
"""Most forms of a date that a message names: more help nobody."""


def list_forms(column: Column, text: str) -> tuple[str, ...]:
    """Return the common forms by which a text is a date of the column; none if it fits already."""
    needs_time = column.type == "datetime" and not column.partial
    forms = _list_alike(_DIGIT.sub("0", text), column.partial, needs_time)
    return tuple(form for form in forms if read_date(text, form) is not None)


@cache
def _list_alike(text: str, is_partial: bool, needs_time: bool) -> tuple[str, ...]:
    """The forms that a text has, its digits aside: they alone decide on the day."""
    forms = dict.fromkeys((*COMMON_FORMS, *(_MONTHS if is_partial else ())))
    return tuple(
        form
        for form in forms
        if ("%M" in form or not needs_time) and parse_form(form).pattern.fullmatch(text)
    )


def find_remedy(
    table: str, name: str, column: Column, texts: Iterable[str], read: Iterable[str] = ()
) -> str:
    """Return what to write in the mapping when most of a column does not fit.

    ``read``: the texts of the column that do; forms of dates must go on to read them.
    """
    cells = list(texts)
    key = f"tables.{table}.dates.{name}"
    if column.type in ("date", "datetime"):
        if forms := _find_common(column, cells):
            choice = "; choose the one that is meant" if len(forms) > 1 else ""
            kept = _find_common(column, list(read))
            years = f"tables.{table}.two_digit_years.{name}: {FIRST_YEAR}"
            century = f", and {years} if %y means {FIRST_YEAR} to {FIRST_YEAR + 99}"
            shown = any("%y" in form for form in forms[:SHOWN])
            return (
                f"Set {key}: {_quote(forms, kept)} in config/edc.yaml{choice}"
                f"{century if shown else ''}"
            )
        return f'Say in config/edc.yaml how its dates are written, such as {key}: "%d/%m/%Y"'
    if column.type in ("int", "float") and has_decimal_comma(cells):
        return 'Its numbers have a decimal comma: set decimal: "," in config/edc.yaml'
    if column.allowed:
        return f"Say what its values mean in config/edc.yaml (tables.{table}.values.{name})"
    return f"If another column is meant, name it in config/edc.yaml (tables.{table}.columns.{name})"


def has_decimal_comma(texts: Iterable[str]) -> bool:
    """Return whether any text is a number with a decimal comma."""
    return any(map(_DECIMAL_COMMA.fullmatch, texts))


def _find_common(column: Column, cells: list[str]) -> list[str]:
    """The forms that read most cells, if they read half of them: one cell proves no form."""
    read = Counter(form for cell in cells for form in list_forms(column, cell))
    most = max(read.values(), default=0)
    return [form for form, count in read.items() if count == most and 2 * count >= len(cells)]


def _quote(forms: list[str], kept: list[str]) -> str:
    """The forms as a mapping has them, one of ``kept`` beside those that are none of them.

    A form that reads the texts of ``kept`` too is enough, and another would be tried before it.
    """
    return " or ".join(
        f'["{kept[0]}", "{form}"]' if kept and form not in kept else f'"{form}"'
        for form in forms[:SHOWN]
    )
