"""Cells as the mapping changes them: texts, identifiers, and numbers of another unit."""

import re

import pandas as pd

from analysis.config import Mapping
from analysis.config.cells import Spelling
from analysis.config.mapping import DecimalMark, TableMapping
from analysis.edc.layout import Column
from analysis.edc.written.values import parse_value

_NUMBER = re.compile(r"[0-9]+")


def map_cells(
    texts: pd.Series,
    column: str,
    spec: TableMapping,
    mapping: Mapping,
    decimal: DecimalMark = ".",
) -> pd.Series:
    """Return the texts of a layout column as the mapping has them.

    First ``values`` and ``missing_values``, then ``identifiers``, then ``factors``. ``decimal``:
    the decimal mark of the texts.
    """
    changes = {**dict.fromkeys(mapping.missing_values, ""), **spec.values.get(column, {})}
    mapped = texts.replace(changes) if changes else texts
    spelling, factor = spec.identifiers.get(column), spec.factors.get(column)
    if spelling:
        mapped = _map_distinct(mapped, {text: respell(text, spelling) for text in mapped.unique()})
    if factor:
        mapped = _map_distinct(
            mapped, {text: multiply(text, factor, decimal) for text in mapped.unique()}
        )
    return mapped


def _map_distinct(texts: pd.Series, changes: dict[str, str]) -> pd.Series:
    return pd.Series([changes[text] for text in texts], index=texts.index, dtype=str)


def respell(text: str, spelling: Spelling) -> str:
    """Return an identifier as the mapping spells it; an empty one stays empty."""
    if not text:
        return text
    for old, new in spelling.replace.items():
        text = text.replace(old, new)
    text = {"upper": text.upper(), "lower": text.lower()}.get(spelling.case, text)
    text = text.removeprefix(spelling.remove_prefix).removesuffix(spelling.remove_suffix)
    text = _insert(fill_numbers(text, spelling.zero_fill), spelling)
    return _put_around(text, spelling)


def fill_numbers(text: str, widths: tuple[int, ...]) -> str:
    """Return the text with each of its numbers at its width; unchanged if it has not so many."""
    if len(_NUMBER.findall(text)) != len(widths):
        return text
    left = iter(widths)
    return _NUMBER.sub(lambda found: found[0].lstrip("0").rjust(next(left), "0"), text)


def _insert(text: str, spelling: Spelling) -> str:
    insert = spelling.insert
    if insert is None or text[insert.after : insert.after + len(insert.text)] == insert.text:
        return text
    return text[: insert.after] + insert.text + text[insert.after :]


def _put_around(text: str, spelling: Spelling) -> str:
    front = "" if text.startswith(spelling.add_prefix) else spelling.add_prefix
    end = "" if text.endswith(spelling.add_suffix) else spelling.add_suffix
    return f"{front}{text}{end}"


def multiply(text: str, factor: float, decimal: DecimalMark = ".") -> str:
    """Return a number times the factor, to ten digits; a text that is no number stays as it is.

    ``decimal``: the mark of the text, and of the result.
    """
    number = parse_value(Column(type="float", decimal=decimal), text)
    if not isinstance(number, float):
        return text
    return f"{number * factor:.10g}".replace(".", decimal)


def count_mapped(before: pd.Series, after: pd.Series) -> int:
    """Return the number of cells that the mapping changed."""
    return int((before.to_numpy() != after.to_numpy()).sum())
