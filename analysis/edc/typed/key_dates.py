"""Dates of a key as queries write them: one spelling of one row, whatever the export writes."""

from datetime import datetime

import pandas as pd

from analysis.edc.layout import Column
from analysis.edc.written.values import parse_value


def spell_dates(column: Column, texts: pd.Series) -> pd.Series:
    """Return the cells of a date column in ISO form; those that are no date stay; same rows.

    >>> day = Column(type="date", forms=("%d.%m.%Y",))
    >>> spell_dates(day, pd.Series(["06.03.2026", "30.02.2026", ""])).tolist()
    ['2026-03-06', '30.02.2026', '']
    """
    codes, distinct = pd.factorize(texts)
    spelt = pd.Series([_spell(column, text) for text in distinct], dtype="str")
    return spelt.take(codes).set_axis(texts.index)


def _spell(column: Column, text: str) -> str:
    """The date to the minute, with seconds only where there are some."""
    value = parse_value(column, text)
    if isinstance(value, datetime):
        value = value.isoformat()[: len("YYYY-MM-DD") if column.type == "date" else None]
    if not isinstance(value, str):
        return text
    is_full = len(value) == len("YYYY-MM-DDTHH:MM:SS")
    return value.removesuffix(":00") if is_full else value
