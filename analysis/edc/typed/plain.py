"""Texts that are plainly values: read all at once, where one by one would take the time.

They are those of free columns of text, and dates and datetimes in the form of the layout, on days
of the calendar that are plausible. Whatever else there is, is judged text by text.
"""

import pandas as pd

from analysis.edc.layout import Column

_DTYPES = {
    "str": "str",
    "yn": "str",
    "int": "Int64",
    "float": "float64",
    "date": "datetime64[s]",
    "datetime": "datetime64[s]",
}
_DATE = "[0-9]{4}-[0-9]{2}-[0-9]{2}"
_DATETIME = _DATE + "T[0-9]{2}:[0-9]{2}(:[0-9]{2})?"
_PLAIN = {
    ("date", False): _DATE,
    ("date", True): _DATE,
    ("datetime", False): _DATETIME,
    ("datetime", True): f"({_DATE}|{_DATETIME})",
}
"""Forms that need no change, by type and whether a part of a date is allowed."""

_NO_YEAR = "0000"
"""The calendar begins with the year 1."""


def column_dtype(column: Column) -> str:
    """Return the pandas dtype of a column; dates of a ``partial`` column stay text."""
    return "str" if column.partial else _DTYPES[column.type]


def read_plain(column: Column, texts: pd.Series) -> pd.Series:
    """Return the values of texts that are plainly such, the others missing; same rows.

    >>> read_plain(Column(type="date"), pd.Series(["2026-02-28", "2026-02-30", "1.2.26"])).tolist()
    [Timestamp('2026-02-28 00:00:00'), NaT, NaT]
    """
    if column.type == "str" and not column.allowed:
        return texts.mask(texts == "")
    if column.type in ("date", "datetime") and not column.forms:
        return _read_dates(column, texts)
    return pd.Series(None, index=texts.index, dtype=column_dtype(column))


def _read_dates(column: Column, texts: pd.Series) -> pd.Series:
    is_plain = texts.str.fullmatch(_PLAIN[column.type, column.partial])
    plain = texts.where(is_plain & ~texts.str.startswith(_NO_YEAR))
    moments = pd.to_datetime(plain, format="ISO8601", errors="coerce").astype("datetime64[s]")
    if column.days:
        first, last = (pd.Timestamp(day) for day in column.days)
        moments = moments.where(moments.dt.normalize().between(first, last))
    return plain.where(moments.notna()) if column.partial else moments
