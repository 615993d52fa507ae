"""The files of an export as the search reads them: all of them, whatever format the run reads."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from analysis.config import Mapping
from analysis.config.mapping import TableMapping
from analysis.edc.allocation.pattern.cells import Cells
from analysis.edc.layout import Column, Layout
from analysis.edc.sources.folder import list_tables
from analysis.edc.sources.labelled_table import LabelledTable
from analysis.edc.sources.source import Source
from analysis.errors import DataError
from analysis.io.large.memory import give_back

if TYPE_CHECKING:
    from analysis.edc.sql.queried_table import QueriedTable

MOST_KEPT = 2**27
"""Bytes of files that are kept in memory when they are read a second time."""


NOT_SEARCHED = (
    "It cannot be searched. Say in the mapping how it is written (sources), so that it can be "
    "read, or, if no table comes from it, take it out of the folder"
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
    _coded: dict[str, Cells] = field(default_factory=dict, repr=False, compare=False)

    def code_cells(self, name: str) -> Cells:
        """Return the cells of a column; they are gone through several times."""
        if name not in self._coded:
            self._coded[name] = Cells.of(self.content.texts[name])
        return self._coded[name]

    def without_rows(self) -> "SearchedFile":
        """Return the file with its columns and what it says of them, without a row."""
        header = pd.DataFrame(columns=self.content.texts.columns, dtype="str")  # no slice of it all
        content = replace(self.content, texts=header, places=None)
        return replace(self, content=content, _coded={})

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


class SearchedExport:
    """The files of an export, read one after the other whenever they are gone through.

    Those that are small are kept, so that they are read once: of a large export more than one table
    at a time may be more than the memory. ``unreadable``: a finding for each file that could not be
    read when they were last gone through. A table of the layout that cannot be read is no finding
    here: ``read_export`` has the same. ``unread``: what the mapping may call one of either, folded.
    Raises DataError if the folder is absent.
    """

    def __init__(self, folder: Path, mapping: Mapping, layout: Layout) -> None:
        self.unreadable: list[str] = []
        self.unread: set[str] = set()
        self._layout, self._mapping = layout, mapping
        self._files = list_tables(folder, mapping)
        self._queried = _open_queried(self._files, mapping, layout)
        self._known = _list_known(self._queried, layout)
        self._made = _list_made(self._queried)
        self._kept: dict[tuple[str, str], SearchedFile] = {}
        self._bytes = 0

    def __iter__(self) -> Iterator[SearchedFile]:
        """Yield every file that can be read, then the tables that queries make."""
        self.unreadable = []
        for table, sources in self._files.items():
            for source in sources:
                yield from self._find(table, source)
        for one in self._queried:
            yield from _read_queried(one, self._layout)

    def _find(self, table: str, source: Source) -> Iterator[SearchedFile]:
        """Yield one file, if it can be read."""
        key = (table, source.label)
        file = self._kept.get(key) or self._read(table, source)
        if file is None:
            return
        size = int(file.content.texts.memory_usage(index=False, deep=True).sum())
        if key not in self._kept and self._bytes + size <= MOST_KEPT:
            self._bytes += size
            self._kept[key] = file
        yield file

    def _read(self, table: str, source: Source) -> SearchedFile | None:
        give_back()
        try:
            content = source.read()
        except DataError as error:
            made = self._made.get(source.name.casefold(), frozenset())
            stem = Path(source.label.partition(", ")[0]).stem
            self.unread |= {table.casefold(), source.name.casefold(), stem.casefold()} | made
            if table not in self._layout.tables:
                self.unreadable.append(f"{error}. {NOT_SEARCHED}")
            return None
        file = describe_file(source.label, table, content, self._mapping, self._layout)
        in_layout = {**self._known.get(table, {}), **file.in_layout}
        name = source.name.casefold()
        tables = self._made.get(name, frozenset())
        return replace(file, in_layout=in_layout, source=name, tables=tables)


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
