"""One table of the layout, made by the engine of the package and by that of the check."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from analysis.config import Mapping
from analysis.config.mapping import SourceMapping, TableMapping
from analysis.edc.layout import load_layout
from analysis.edc.sources.folder import list_tables
from analysis.edc.sql.queried_table import QueriedTable
from analysis.edc.sql.shelf import Shelf
from analysis.qc.from_export.reading.files import TextFile
from analysis.qc.from_export.reading.queries.registry import Registry
from analysis.qc.from_export.reading.queries.table import read_made
from analysis.qc.from_export.reading.sources.pieces import list_pieces

Rows = list[tuple[str, ...]]


def map_table(
    mapping: Mapping, name: str, spec: dict[str, Any], **sources: dict[str, Any]
) -> Mapping:
    """The mapping with one table, and with sources that are written in their own way."""
    tables = {name: TableMapping.model_validate_json(json.dumps(spec))}
    given = {
        key: SourceMapping.model_validate_json(json.dumps(value)) for key, value in sources.items()
    }
    return mapping.model_copy(update={"tables": tables, "sources": given})


def open_table(folder: Path, mapping: Mapping, name: str) -> QueriedTable:
    """The table as the package makes it."""
    table = load_layout().tables[name]
    return QueriedTable(name, mapping.tables[name], table, Shelf(list_tables(folder, mapping)))


def read_by_package(folder: Path, mapping: Mapping, name: str) -> tuple[list[str], Rows]:
    """Its columns, and its rows with their numbers. Raises DataError where there are none."""
    read = open_table(folder, mapping, name).read()
    rows = list(map(tuple, read.texts.to_numpy().tolist()))
    assert read.places is not None
    return list(read.texts.columns), [
        (str(row), *cells) for row, cells in zip(read.places["row"], rows, strict=True)
    ]


def read_by_check(folder: Path, mapping: Mapping, name: str) -> TextFile:
    """The table as the check makes it, with all columns of the layout."""
    columns = list(load_layout().tables[name].columns)
    return read_made(Registry(list_pieces(sorted(folder.iterdir())), mapping), name, columns)


def list_rows(file: TextFile, columns: list[str]) -> Rows:
    """The rows of the check with their numbers."""
    assert file.problem == ""
    cells = zip(*(file.columns[column.upper()] for column in columns), strict=True)
    return [(str(row), *texts) for row, texts in zip(file.rows, cells, strict=True)]


def require_same(folder: Path, mapping: Mapping, name: str) -> Rows:
    """Both make the same table, cell for cell and in the same order; its rows."""
    columns, rows = read_by_package(folder, mapping, name)
    file = read_by_check(folder, mapping, name)
    assert [*file.columns] == [column.upper() for column in columns]
    assert list_rows(file, columns) == rows
    return rows


def write_source(folder: Path, name: str, header: list[str], rows: list[list[str]]) -> None:
    """A text file of the export, every cell quoted."""
    lines = [",".join('"' + cell.replace('"', '""') + '"' for cell in row) for row in rows]
    quoted = ",".join('"' + cell.replace('"', '""') + '"' for cell in header)
    folder.mkdir(exist_ok=True, parents=True)
    (folder / f"{name}.csv").write_text("\n".join([quoted, *lines, ""]), encoding="utf-8")
