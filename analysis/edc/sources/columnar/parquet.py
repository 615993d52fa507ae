"""A Parquet file as text: each column by its type, as a CSV would hold it."""

from __future__ import annotations

import os
from typing import Any

import numpy as np

from analysis.edc.sources.columnar.cells import write_date
from analysis.edc.sources.columnar.column_types import (
    decode_column,
    find_kind,
    find_plain_type,
    find_writer,
)
from analysis.edc.sources.columnar.moments import note_moments, write_moments
from analysis.edc.sources.files.options import ReadOptions
from analysis.edc.sources.files.source_file import SourceFile
from analysis.edc.sources.labelled_table import LabelledTable, frame_texts
from analysis.edc.sources.statistical.raw_table import MOST_COLUMNS, require_content
from analysis.errors import DataError

ORIGIN = np.datetime64("1970-01-01")
ENCRYPTED = b"PARE"
"""The end of a file whose list of columns is encrypted."""
MILLISECONDS = 86_400_000
"""Of a day."""


def read_parquet(file: SourceFile, options: ReadOptions) -> LabelledTable:
    """Return one file as text; ``options`` say nothing of it.

    A moment with a time zone is the local time with its offset, and a note says so. Raises
    DataError if the file cannot be read, or a column holds lists, records or bytes.
    """
    table = _read_table(file)
    names = [str(name) for name in table.column_names]
    columns = [decode_column(column) for column in table.columns]
    named = list(zip(names, columns, strict=True))
    return LabelledTable(
        frame_texts(names, [_write_column(file, name, column) for name, column in named]),
        origin=ORIGIN,
        kinds={name.strip(): kind for name, c in named if (kind := find_kind(c.type))},
        notes=tuple(note for name, c in named for note in note_moments(name.strip(), c)),
    )


def _read_table(file: SourceFile) -> Any:
    import pyarrow as pa  # here, because only such exports need it
    import pyarrow.parquet as pq

    _require_readable(file)
    try:
        opened = pq.ParquetFile(file.source, page_checksum_verification=True)
        _require_cells(file, opened.schema_arrow)
        table = opened.read(use_threads=False)
        table.validate(full=True)
    except (pa.ArrowException, ValueError, OSError, MemoryError) as error:
        said = " ".join(str(error).split()) or "it asks for more memory than there is"
        raise DataError(f"{file.name}: cannot be read: {said}. Export it again") from None
    return table


def _require_readable(file: SourceFile) -> None:
    require_content(file)
    with file.open() as stream:
        stream.seek(-min(len(ENCRYPTED), stream.seek(0, os.SEEK_END)), os.SEEK_END)
        end = stream.read()
    if end == ENCRYPTED:
        raise DataError(f"{file.name}: cannot be read: it is encrypted. Export it without a key")


def _require_cells(file: SourceFile, schema: Any) -> None:
    """Raise DataError if there are too many columns, or some whose values no cell can hold."""
    if len(schema) > MOST_COLUMNS:
        raise DataError(
            f"{file.name}: {len(schema)} columns, and {MOST_COLUMNS} are read at most. Export the "
            "columns of the table alone"
        )
    nested = [
        f"column {field.name.strip()} is of type {str(field.type)[:80]}"
        for field in schema
        if find_writer(find_plain_type(field.type)) is None
    ]
    if nested:
        raise DataError(
            f"{file.name}: {'; '.join(nested)}: no cell of a table holds that. Export numbers, "
            "texts or dates in its place, or the table without it"
        )


def _write_column(file: SourceFile, name: str, column: Any) -> list[str]:
    import pyarrow as pa

    write, type_ = find_writer(column.type), column.type
    if pa.types.is_timestamp(type_):
        return write_moments(file, name, column)
    if pa.types.is_date32(type_):
        column, write = column.cast(pa.int32()), write_date
    elif pa.types.is_date64(type_):
        column, write = column.cast(pa.int64()), lambda value: write_date(value // MILLISECONDS)
    elif pa.types.is_time(type_):
        column = column.cast(pa.time64("ns")).cast(pa.int64())
    return ["" if v is None or write is None else write(v) for v in column.to_pylist()]
