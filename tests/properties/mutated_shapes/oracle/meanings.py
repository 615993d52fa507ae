"""Whether a value may be what a text says, by the mapping; written without the code that reads."""

from __future__ import annotations

import re
import unicodedata
from datetime import datetime
from typing import Any

import pandas as pd

from analysis.config import Mapping
from analysis.config.mapping import TableMapping

NUMBER = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
WHOLE = re.compile(r"[0-9]+")
ISO = ("%Y-%m-%d", "%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m", "%Y")
TICKS = frozenset({"", "0", "1", "Checked", "Unchecked", "Yes", "No"})
FACTORS = (1.0, 0.45359237, 1 / 18.0156, 1 / 18.0, 1 / 18.02, 88.4, 88.42, 100.0)
EMPTY = "\u00a0\ufeff\u200b\x00"
"""Signs that are no text; a transport file ends its cells at NUL."""
NEAR = 1e-3
"""Of a conversion: what the factors above are rounded to."""


def fold(text: str) -> str:
    """Letters and digits alone, small and narrow."""
    return re.sub(r"[^0-9a-z]", "", unicodedata.normalize("NFKC", text).casefold())


def may_mean(text: str, value: Any, column: str, spec: TableMapping, mapping: Mapping) -> bool:
    """Whether ``value`` of a layout column may stand where the export says ``text``."""
    plain = text.strip().strip(EMPTY)
    given = spec.values.get(column, {})
    meant = {plain, *(given[each] for each in (text, plain) if each in given)}
    if value is None or value is pd.NaT or value != value:
        return "" in meant or not plain or plain in _list_missing(column, spec, mapping)
    if column in spec.checkboxes:
        return plain in TICKS
    if isinstance(value, int | float):
        return any(_is_number(each, float(value)) for each in meant)
    if isinstance(value, datetime):
        return _is_date(plain, value.isoformat(), spec.forms_of(column))
    return any(_is_text(each, str(value)) for each in meant) or _is_date(
        plain, str(value), spec.forms_of(column)
    )


def _list_missing(column: str, spec: TableMapping, mapping: Mapping) -> set[str]:
    sources = [source.missing_values for source in mapping.sources.values()]
    return {
        text
        for given in (mapping.missing_values, spec.missing_values.get(column, ()), *sources)
        for text in given
    }


def _is_number(text: str, value: float) -> bool:
    if not NUMBER.fullmatch(text):
        return False
    number = float(text)
    return any(abs(number * f - value) <= NEAR * max(1e-9, abs(value)) for f in FACTORS)


def _is_text(text: str, value: str) -> bool:
    """The text itself, or an identifier or a clean form of it."""
    printed = " ".join(text.split())
    folded = fold(value)
    return text == value or printed == " ".join(value.split()) or (
        bool(folded) and fold(text).endswith(folded)
    )  # fmt: skip


def _is_date(text: str, value: str, forms: tuple[str, ...]) -> bool:
    """A date by a form that the mapping names, or the day or the time of day of one."""
    for form in (*forms, *ISO):
        try:
            read = datetime.strptime(text, form)
        except ValueError:
            continue
        if value[:16] in read.isoformat()[:16] or read.isoformat()[: len(value)] == value:
            return True
    told, shown = WHOLE.findall(text), [int(n) for n in WHOLE.findall(value)]
    return bool(told) and all(int(n) in shown for n in told)
