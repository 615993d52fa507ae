"""Parquet files as text: each value by its type."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

import numpy as np

from analysis.qc.from_export.reading.sources.files.content import Content
from analysis.qc.from_export.reading.sources.labelled import Epoch, LabelledColumns

SHORT = {"float": np.float32, "halffloat": np.float16}
"""Numbers of 4 and 2 bytes, which are the shortest decimals that are stored so."""
MIDNIGHTS = Epoch(datetime(1970, 1, 1))
"""Dates are dates here; only a midnight may be the day that a column of dates wants."""


def read_parquet(content: Content) -> LabelledColumns:
    """Return what a file holds; raises ValueError or OSError if it cannot be read."""
    import pyarrow.parquet as pq  # here, because only such exports need it

    table = pq.read_table(content.source, use_threads=False)
    columns = {
        str(name): [_write(value, SHORT.get(str(column.type))) for value in column.to_pylist()]
        for name, column in zip(table.column_names, table.columns, strict=True)
    }
    return LabelledColumns(columns, epoch=MIDNIGHTS)


def _write(value: Any, short: Callable[[Any], object] | None) -> str:
    if value is None or value != value:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float | np.floating):
        return _write_double(float(str(short(value)) if short else value))
    if isinstance(value, Decimal):
        plain = f"{value:f}"
        return (plain.rstrip("0").rstrip(".") if "." in plain else plain) or "0"
    if isinstance(value, datetime):
        return _write_moment(value)
    if isinstance(value, time):
        return f"{value:%H:%M:%S}"
    if isinstance(value, str | int | date):
        return str(value)
    raise ValueError("a cell holds a list, a record or bytes")


def _write_double(value: float) -> str:
    return str(int(value)) if value.is_integer() else repr(value)


def _write_moment(value: datetime) -> str:
    """A moment with a zone is the local time with its offset; fractions are cut off."""
    text = value.replace(tzinfo=None).isoformat(timespec="seconds").removesuffix(":00")
    shift = value.utcoffset()
    if shift is None:
        return text
    minutes = round(shift.total_seconds() / 60)
    sign = "-" if minutes < 0 else "+"
    return f"{text}{sign}{abs(minutes) // 60:02d}:{abs(minutes) % 60:02d}"
