"""The tables while faults are planted: cells changed, rows dropped and added."""

from collections import defaultdict
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from analysis.simulate.arrays import Columns


@dataclass
class _Table:
    """One table; a row added stands behind the row ``anchor``, or last (-1)."""

    columns: Columns
    dropped: set[int] = field(default_factory=set)
    added: list[tuple[int, dict[str, str]]] = field(default_factory=list)
    rows_of: dict[str, list[int]] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(next(iter(self.columns.values())))


class Draft:
    """All tables of the export, to be changed cell by cell."""

    def __init__(self, tables: dict[str, Columns]) -> None:
        self._tables = {name: _Table(dict(columns)) for name, columns in tables.items()}
        for table in self._tables.values():
            table.columns = {name: cells.copy() for name, cells in table.columns.items()}
            table.rows_of = _index_subjects(table.columns)

    def rows(self, table: str, subjid: str, **where: str) -> list[int]:
        """Return the rows of a subject whose cells are as given."""
        drafted = self._tables[table]
        return [
            row
            for row in drafted.rows_of.get(subjid, [])
            if row not in drafted.dropped
            and all(drafted.columns[column][row] == text for column, text in where.items())
        ]

    def holders(self, table: str, **where: str) -> set[str]:
        """Return the subjects who have a row whose cells are as given."""
        columns = self._tables[table].columns
        flags = np.ones(len(self._tables[table]), dtype=bool)
        for column, text in where.items():
            flags &= columns[column] == text
        return set(columns["SUBJID"][flags].tolist())

    def cells(self, table: str, row: int) -> dict[str, str]:
        """Return one row."""
        return {column: str(texts[row]) for column, texts in self._tables[table].columns.items()}

    def put(self, table: str, row: int, column: str, text: str) -> None:
        """Write one cell."""
        self._tables[table].columns[column][row] = text

    def drop(self, table: str, row: int) -> None:
        """Leave one row out."""
        self._tables[table].dropped.add(row)

    def add(self, table: str, cells: dict[str, str], anchor: int = -1) -> None:
        """Add a row; columns not named are empty."""
        self._tables[table].added.append((anchor, cells))

    def add_column(self, table: str, column: str, text: str) -> None:
        """Add a column with the same text in every row."""
        drafted = self._tables[table]
        drafted.columns[column] = np.full(len(drafted), text, dtype=object)

    def finish(self) -> dict[str, pd.DataFrame]:
        """Return the tables as frames of text."""
        return {name: _build_frame(table) for name, table in self._tables.items()}


def _index_subjects(columns: Columns) -> dict[str, list[int]]:
    rows: defaultdict[str, list[int]] = defaultdict(list)
    for row, subjid in enumerate(columns["SUBJID"].tolist()):
        rows[subjid].append(row)
    return rows


def _build_frame(table: _Table) -> pd.DataFrame:
    """The rows kept and added, in place."""
    kept = np.setdiff1d(np.arange(len(table)), np.fromiter(table.dropped, dtype=np.int64))
    anchors = [len(table) if anchor < 0 else anchor for anchor, _ in table.added]
    order = np.argsort(np.r_[kept, np.array(anchors, dtype=np.int64) + 0.5], kind="stable")
    columns = {}
    for name, texts in table.columns.items():
        more = np.array([cells.get(name, "") for _, cells in table.added], dtype=object)
        columns[name] = np.concatenate([texts[kept], more])[order]
    return pd.DataFrame(columns, dtype="str")
