"""A Dataset-JSON 1.1 file as a table of text."""

from typing import Any

from analysis.edc.sources.cdisc.dataset_json.cells import has_numeric_dates, write_column
from analysis.edc.sources.cdisc.dataset_json.columns import Column, read_columns, read_text
from analysis.edc.sources.cdisc.dataset_json.contents import read_contents, require_all_rows
from analysis.edc.sources.files.source_file import SourceFile
from analysis.edc.sources.labelled_table import LabelledTable, frame_texts
from analysis.edc.sources.statistical.date_formats import SAS_ORIGIN
from analysis.errors import DataError


def read_dataset_json(file: SourceFile) -> LabelledTable:
    """Return the table of a ``.json`` or ``.ndjson`` file: names, labels and cells as text.

    Dates and times stay as they are written; numbers that a SAS display format makes dates or times
    become ISO text, and their origin and kinds are given. Notes: name and label of the data set.

    Raises DataError if the file is no Dataset-JSON 1.1, was cut off, or a row or a cell is not what
    its columns declare.
    """
    contents = read_contents(file)
    columns = read_columns(file, contents.metadata)
    require_all_rows(file, contents)
    _require_whole_rows(file, columns, contents.rows)
    values = [list(cells) for cells in zip(*contents.rows, strict=True)] or [[] for _ in columns]
    texts = [write_column(file, each, cells) for each, cells in zip(columns, values, strict=True)]
    kinds = {
        column.name: column.kind
        for column, cells in zip(columns, values, strict=True)
        if column.kind and has_numeric_dates(column, cells)
    }
    words = (read_text(file, contents.metadata, key) for key in ("name", "label"))
    return LabelledTable(
        frame_texts([column.name for column in columns], texts),
        labels={column.name: column.label for column in columns if column.label},
        origin=SAS_ORIGIN if kinds else None,
        kinds=kinds,
        notes=tuple(each for each in words if each),
    )


def _require_whole_rows(file: SourceFile, columns: list[Column], rows: list[Any]) -> None:
    uneven = [
        row
        for row, cells in enumerate(rows, start=1)
        if not isinstance(cells, list) or len(cells) != len(columns)
    ]
    if uneven:
        raise DataError(
            f"{file.name}: {len(uneven)} row(s) are no list of {len(columns)} cells, one a column, "
            f"first row {uneven[0]}. Export it again"
        )
