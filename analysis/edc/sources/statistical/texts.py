"""Raw values of a file of a statistical package as text, with labels and codes for missing."""

import math
from collections.abc import Callable
from typing import Any

from analysis.edc.sources.labelled_table import LabelledTable, frame_texts
from analysis.edc.sources.statistical.raw_table import RawTable

Write = Callable[[str, float], str]
"""The text of a number in the column of that name."""


def write_table(raw: RawTable, write: Write) -> LabelledTable:
    """Return raw values as text: labels, value labels, codes for missing and notes of the file."""
    written = {name: _write_column(raw, name, write) for name in raw.columns}
    meta = raw.meta
    return LabelledTable(
        frame_texts(list(written), [texts for texts, _ in written.values()]),
        {name.strip(): label for name, label in meta.column_names_to_labels.items() if label},
        {
            name.strip(): _write_labels(labels, is_text=raw.is_text(name))
            for name, labels in meta.variable_value_labels.items()
        },
        {name.strip(): frozenset(codes) for name, (_, codes) in written.items() if codes},
        notes=tuple(str(note) for note in (meta.file_label, *(meta.notes or ())) if note),
    )


def write_plain(value: Any) -> str:
    """Return a number or text as a CSV export would write it; None and no number are empty."""
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _write_column(raw: RawTable, name: str, write: Write) -> tuple[list[str], set[str]]:
    """The texts of a column and those that are codes; the same value is written once."""
    is_text, ranges = raw.is_text(name), raw.meta.missing_ranges.get(name, [])
    texts: dict[Any, str] = {None: ""}
    codes = set()
    for value in dict.fromkeys(raw.columns[name]):
        if value is None or (isinstance(value, float) and math.isnan(value)):
            texts[value] = ""
        elif is_text:
            texts[value] = value
        elif isinstance(value, str):
            texts[value] = f".{value}"
            codes.add(texts[value])
        else:
            texts[value] = write(name, value)
        if value not in (None, "") and _is_declared_missing(value, ranges):
            texts[value] = write_plain(value)
            codes.add(texts[value].strip())
    return [texts[value] for value in raw.columns[name]], codes


def _is_declared_missing(value: Any, ranges: list[dict[str, Any]]) -> bool:
    """Whether SPSS is told that the value means missing: alone, or in a range of numbers."""
    if isinstance(value, str):
        return any(value.strip() == str(one["lo"]).strip() for one in ranges)
    return any(one["lo"] <= value <= one["hi"] for one in ranges)


def _write_labels(labels: dict[Any, str], *, is_text: bool) -> dict[str, str]:
    """Labels by text; one for an empty cell says nothing of a value."""
    written = {
        f".{value}" if isinstance(value, str) and not is_text else write_plain(value).strip(): label
        for value, label in labels.items()
    }
    return {text: str(label) for text, label in written.items() if text}
