"""The files of an export as the search reads them: all of them, whatever format the run reads."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from analysis.config import Mapping
from analysis.config.mapping import TableMapping
from analysis.edc.layout import Column, Layout
from analysis.edc.sources.folder import list_tables
from analysis.edc.sources.labelled_table import LabelledTable
from analysis.edc.sources.source import Source
from analysis.errors import DataError

if TYPE_CHECKING:
    from analysis.edc.sql.queried_table import QueriedTable

NOT_SEARCHED = (
    ". It cannot be searched for arms: say in the mapping how it is written (sources), mend it, or "
    "take it out of the folder"
)


@dataclass(frozen=True)
class SearchedFile:
    """One file: its name, the table that it is (lower case), its content, and what the layout says.

    ``in_layout`` has the columns of the layout by the name (upper case) that the file gives them;
    it is empty for a file that is no table of the layout. ``source``: the name of the source, and
    ``tables``: those that queries make of it, folded.
    """

    name: str
    table: str
    content: LabelledTable
    in_layout: dict[str, tuple[str, Column]]
    source: str = ""
    tables: frozenset[str] = frozenset()

    def find_column(self, name: str) -> Column | None:
        """Return the column of the layout that a column of the file is, or None."""
        return self.in_layout.get(name.upper(), (name, None))[1]

    def layout_texts(self) -> pd.DataFrame:
        """Return the columns of the layout that the file has, named as in the layout."""
        texts = self.content.texts
        known = {
            c: self.in_layout[str(c).upper()][0] for c in texts if str(c).upper() in self.in_layout
        }
        return texts[list(known)].rename(columns=known)


def describe_file(
    name: str, table: str, content: LabelledTable, mapping: Mapping, layout: Layout
) -> SearchedFile:
    """Return one file with what the layout and the mapping say of its columns."""
    if table not in layout.tables:
        return SearchedFile(name, table, content, {})
    sources = mapping.tables.get(table, TableMapping()).columns
    columns = layout.tables[table].columns
    in_layout = {sources.get(each, each).upper(): (each, columns[each]) for each in columns}
    return SearchedFile(name, table, content, in_layout)


def read_files(
    folder: Path, mapping: Mapping, layout: Layout
) -> tuple[list[SearchedFile], list[str]]:
    """Return every file that can be read, and a finding for each that cannot.

    A table of the layout that cannot be read is no finding here: ``read_export`` has the same.
    Raises DataError if the folder is absent.
    """
    found, findings = [], []
    files = list_tables(folder, mapping)
    queried = _open_queried(files, mapping, layout)
    known = _list_known(queried, layout)
    made = _list_made(queried)
    for table, sources in files.items():
        for source in sources:
            try:
                content = source.read()
            except DataError as error:
                if table not in layout.tables:
                    findings.append(f"{error}{NOT_SEARCHED}")
                continue
            searched = describe_file(source.label, table, content, mapping, layout)
            in_layout = {**known.get(table, {}), **searched.in_layout}
            name = source.name.casefold()
            tables = made.get(name, frozenset())
            found.append(replace(searched, in_layout=in_layout, source=name, tables=tables))
    found += [file for table in queried for file in _read_queried(table, layout)]
    return found, findings


def _open_queried(
    files: dict[str, list[Source]], mapping: Mapping, layout: Layout
) -> "list[QueriedTable]":
    """The tables that queries make: what a query writes is searched as what a file holds."""
    if not any(spec.is_query for spec in mapping.tables.values()):
        return []
    from analysis.edc.sql.queried_table import open_tables  # which loads the engine

    return open_tables(files, mapping, layout.tables)


def _list_known(
    queried: "list[QueriedTable]", layout: Layout
) -> dict[str, dict[str, tuple[str, Column]]]:
    """By source the columns of the layout that queries make of its columns, by these (capitals)."""
    known: dict[str, dict[str, tuple[str, Column]]] = {}
    for table in queried:
        for column, places in table.query.places.items():
            described = (column, layout.tables[table.name].columns[column])
            for source, header in places:
                known.setdefault(source, {}).setdefault(header.upper(), described)
    return known


def _list_made(queried: "list[QueriedTable]") -> dict[str, frozenset[str]]:
    """By source the tables that queries make of it."""
    made: dict[str, frozenset[str]] = {}
    for table in queried:
        for source in table.query.sources:
            made[source] = made.get(source, frozenset()) | {table.name.casefold()}
    return made


def _read_queried(table: "QueriedTable", layout: Layout) -> Iterator[SearchedFile]:
    columns = layout.tables[table.name].columns
    try:
        content = table.read()
    except DataError:  # read_export has the same finding
        return
    in_layout = {name.upper(): (name, column) for name, column in columns.items()}
    label = f"{table.label} (table {table.name})"
    yield SearchedFile(label, table.name, content, in_layout)
