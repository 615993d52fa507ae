"""The files of an export as the search reads them: all of them, whatever format the run reads."""

from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from analysis.config import Mapping
from analysis.config.mapping import TableMapping
from analysis.edc.layout import Column, Layout
from analysis.edc.sources.folder import list_tables
from analysis.edc.sources.labelled_table import LabelledTable
from analysis.errors import DataError


@dataclass(frozen=True)
class SearchedFile:
    """One file: its name, the table that it is (lower case), its content, and what the layout says.

    ``in_layout`` has the columns of the layout by the name (upper case) that the file gives them;
    it is empty for a file that is no table of the layout.
    """

    name: str
    table: str
    content: LabelledTable
    in_layout: dict[str, tuple[str, Column]]

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
    for table, sources in list_tables(folder, mapping).items():
        for source in sources:
            try:
                content = source.read()
            except DataError as error:
                if table not in layout.tables:
                    findings.append(f"{error}. It cannot be searched: take it out of the folder")
                continue
            found.append(describe_file(source.label, table, content, mapping, layout))
    return found, findings
