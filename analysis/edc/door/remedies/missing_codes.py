"""Texts that programs write for a missing value, and that the mapping does not declare."""

import pandas as pd

from analysis.config.blocks.door import Door
from analysis.edc.door.limits import REMEDY
from analysis.edc.layout import Column
from analysis.edc.written.values import parse_value

DECIMALS = ".0"
"""What a spreadsheet or SAS may add to a code that it took for a number."""


def find_missing_codes(table: str, name: str, column: Column, texts: pd.Series, door: Door) -> str:
    """Return which undeclared codes stand in a column, and the mapping that declares them; or "".

    A code that the column can hold (99 as a pressure) is a value. Text columns without a code list
    hold whatever they hold, but for negative numbers.
    """
    codes = [code + end for code in door.missing_codes for end in ("", DECIMALS)]
    counts = texts[texts.isin(codes)].value_counts()
    often = counts[counts > door.missing_codes_tolerated].sort_index()
    many = {str(text): int(n) for text, n in often.items() if _is_code(str(text), column, door)}
    if not many:
        return ""
    shown = ", ".join(f"`{text}` in {n:,}" for text, n in many.items())
    return (
        f"{shown} of {int(counts.sum()):,} filled cells: it looks like a code for a missing "
        f"value that is not declared.{REMEDY}Write in config/edc.yaml "
        f"`{_declare(table, name, many)}`"
    )


def _is_code(text: str, column: Column, door: Door) -> bool:
    code = text.removesuffix(DECIMALS)
    if code not in door.missing_codes:
        return False
    if column.type == "str" and not column.allowed:
        return code.startswith("-")
    return not could_be_value(text, column)


def could_be_value(text: str, column: Column) -> bool:
    """Whether a text is of the column's type, code list, scale and plausible range."""
    value = parse_value(column, text)
    if value is None or (column.allowed and text not in column.allowed):
        return False
    bounds = [each for each in (column.limits, column.range) if each]
    return all(isinstance(value, int | float) and low <= value <= high for low, high in bounds)


def _declare(table: str, name: str, codes: dict[str, int]) -> str:
    """Negative codes mean the same everywhere; 999 may be a value of another column."""
    if all(code.startswith("-") for code in codes):
        return "missing_values: [" + ", ".join(f'"{code}"' for code in codes) + "]"
    values = ", ".join(f'"{code}": ""' for code in codes)
    return f"tables: {{{table}: {{values: {{{name}: {{{values}}}}}}}}}"
