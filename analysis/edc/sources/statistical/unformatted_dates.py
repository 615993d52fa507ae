"""Dates of SAS, SPSS and Stata as the layout knows them: numbers without a format, midnights.

A number in a column of dates is one only between 1990 and 2050, where it cannot be taken for a day
counted by a spreadsheet (1990 is 32,874 there, 2050 here), a month or a day in digits. What counts
from another day lies years off, and the plausible dates of the plan refuse it.
"""

import re

import numpy as np
import pandas as pd

from analysis.edc.layout import Column
from analysis.edc.sources.labelled_table import Kind, LabelledTable
from analysis.edc.sources.statistical.date_formats import DAY, SAS_ORIGIN, write_date

FIRST, BEHIND = np.datetime64("1990-01-01T00:00:00"), np.datetime64("2050-01-01T00:00:00")
_NUMBER = re.compile(r"[0-9]+(\.[0-9]+)?(e\+[0-9]+)?")
_MIDNIGHT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T00:00")


def fit_dates(source: LabelledTable, name: str, column: Column) -> pd.Series:
    """Return the texts of one column of a file as the layout's column is to read them.

    Other columns than those of dates, other files and columns whose form the mapping names stay as
    they are.
    """
    texts = source.texts[name]
    if source.origin is None or column.type not in ("date", "datetime") or column.forms:
        return texts
    return texts.map({text: _fit(text, source, name, column) for text in texts.unique()})


def is_unformatted(source: LabelledTable, name: str, column: Column) -> bool:
    """Whether the column holds dates as numbers without a format, which a query is to say."""
    return name in source.numbers and not fit_dates(source, name, column).equals(source.texts[name])


def _fit(text: str, source: LabelledTable, name: str, column: Column) -> str:
    if name in source.numbers and source.origin is not None and _NUMBER.fullmatch(text):
        text = _read_number(float(text), source.origin, source.ticks) or text
    shown_as_date = source.kinds.get(name) is Kind.SHOWN_AS_DATE and "T" in text
    if column.type == "date" and (shown_as_date or _MIDNIGHT.fullmatch(text)):
        return text.partition("T")[0]
    return text


def _read_number(value: float, origin: np.datetime64, ticks: int) -> str | None:
    """The ISO text of days (SPSS counts none) or moments; None if the number is neither."""
    kinds = [(Kind.DATE, float(DAY), value)] if origin == SAS_ORIGIN else []
    for kind, unit, counted in (*kinds, (Kind.SHOWN_AS_DATE, 1 / ticks, value / ticks)):
        low, behind = ((day - origin) / np.timedelta64(1, "s") / unit for day in (FIRST, BEHIND))
        if low <= value < behind:
            return write_date(counted, kind, origin)
    return None
