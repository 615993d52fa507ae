"""Types of columns: which have a text as a cell, and which are dates."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from analysis.edc.sources.columnar.cells import (
    write_decimal,
    write_number,
    write_short_number,
    write_time,
)
from analysis.edc.sources.labelled_table import Kind

Write = Callable[[Any], str]


def find_plain_type(type_: Any) -> Any:
    """Return the type of the values behind a dictionary or an extension."""
    import pyarrow as pa  # here, because only such exports need it

    if pa.types.is_dictionary(type_):
        return find_plain_type(type_.value_type)
    if isinstance(type_, pa.BaseExtensionType):
        return find_plain_type(type_.storage_type)
    return type_


def decode_column(column: Any) -> Any:
    """Return a column with its values in place of places in a dictionary, or of an extension."""
    import pyarrow as pa

    while (type_ := column.type) != find_plain_type(type_):
        is_dictionary = pa.types.is_dictionary(type_)
        chunks = [c.dictionary_decode() if is_dictionary else c.storage for c in column.chunks]
        column = pa.chunked_array(chunks, type_.value_type if is_dictionary else type_.storage_type)
    return column


def find_writer(type_: Any) -> Write | None:
    """Return what makes a text of a value of a plain type; None if no cell can hold it.

    Dates and moments, which are written by columns, have ``str``.
    """
    from pyarrow import types

    writers: tuple[tuple[Callable[[Any], bool], Write], ...] = (
        (types.is_null, str),
        (types.is_boolean, lambda value: "TRUE" if value else "FALSE"),
        (types.is_integer, str),
        (types.is_float64, write_number),
        (types.is_float32, lambda value: write_short_number(np.float32(value))),
        (types.is_float16, lambda value: write_short_number(np.float16(value))),
        (types.is_decimal, write_decimal),
        (types.is_date, str),
        (types.is_time, write_time),
        (types.is_timestamp, str),
        (types.is_string, str),
        (types.is_large_string, str),
        (types.is_string_view, str),
    )
    return next((write for is_type, write in writers if is_type(type_)), None)


def find_kind(type_: Any) -> Kind | None:
    """Return what a plain type makes of a value: a day, a moment, a time; None otherwise."""
    from pyarrow import types

    kinds = (
        (types.is_date, Kind.DATE),
        (types.is_timestamp, Kind.DATETIME),
        (types.is_time, Kind.TIME),
    )
    return next((kind for is_type, kind in kinds if is_type(type_)), None)
