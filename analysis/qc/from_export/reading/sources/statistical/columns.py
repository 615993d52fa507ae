"""Columns of raw values as text, with those that mean missing, and labels of codes."""

import math
from collections.abc import Callable
from typing import Any

from analysis.qc.from_export.reading.sources.statistical.numbers import write_code

Write = Callable[[float], str]


def write_column(
    values: list[Any], write: Write, ranges: list[dict[str, Any]], *, is_text: bool
) -> tuple[list[str], frozenset[str]]:
    """Return the texts of a column, and those that mean missing.

    A text in a column of numbers is the letter of a missing value (SAS, Stata); ``ranges``: the
    values that SPSS is told to take for missing.
    """
    texts, marked = [], set()
    for value in values:
        is_letter = isinstance(value, str) and not is_text
        is_marked = is_letter or _is_in(value, ranges)
        text = f".{value}" if is_letter else _write(value, write_code if is_marked else write)
        texts.append(text)
        if is_marked and text:
            marked.add(text.strip())
    return texts, frozenset(marked)


def _is_in(value: Any, ranges: list[dict[str, Any]]) -> bool:
    if value is None or value == "" or value != value:
        return False
    if isinstance(value, str):
        return value.strip() in [str(one["lo"]).strip() for one in ranges]
    return any(one["lo"] <= value <= one["hi"] for one in ranges)


def _write(value: Any, write: Write) -> str:
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return ""
    if isinstance(value, str):
        return value
    try:
        return write(float(value))
    except (OverflowError, ValueError):  # no day of the calendar: a cell that nobody can read
        return repr(value)


def write_labels(labels: dict[Any, str]) -> dict[str, str]:
    """Return labels by the text of their codes, those of letters with a point before them too."""
    written = {
        value.strip() if isinstance(value, str) else write_code(float(value)): str(label)
        for value, label in labels.items()
    }
    letters = {f".{text}": label for text, label in written.items() if text.isalpha()}
    return {**letters, **written}
