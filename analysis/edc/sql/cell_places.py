"""Where the cells of a queried table stand that a long source (``rows_by``) brought together."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.edc.sql.engine import FILE, ROW
from analysis.edc.sql.shelf import Shelf
from analysis.edc.sql.short_form.marks import BLOCK, name_mark
from analysis.edc.sql.short_form.relation import Place
from analysis.edc.sql.short_form.write import Query


def place_cells(given: pd.DataFrame, query: Query, shelf: Shelf) -> dict[str, pd.DataFrame]:
    """Return by column ``file`` and ``row`` of its cells, row 0 where the row of the table holds.

    ``given``: what the marked ``query`` gave. A cell that several columns of sources make stands
    where the first of them does. What is looked up has no place of its own.
    """
    labels = list(dict.fromkeys(shelf.find(name).label for name in query.sources))
    found: dict[str, _Found] = {}
    for number, columns in enumerate(query.cells):
        is_of_block = (given[BLOCK] == str(number)).to_numpy()
        for column, places in columns.items():
            for place in (place for place in places if shelf.is_long(place[0])):
                rows = np.where(is_of_block, _find_rows(given, place, shelf), 0)
                known = found.setdefault(column, _Found.nowhere(len(given)))
                known.fill(labels.index(shelf.find(place[0]).label), rows)
    return {column: known.name(labels) for column, known in found.items()}


@dataclass(frozen=True)
class _Found:
    """By cell of a column the source, as a number, and the row there; 0 for none so far."""

    sources: NDArray[np.int16]
    rows: NDArray[np.int32]

    @classmethod
    def nowhere(cls, count: int) -> "_Found":
        return cls(np.zeros(count, dtype=np.int16), np.zeros(count, dtype=np.int32))

    def fill(self, source: int, rows: NDArray[np.int32]) -> None:
        """Note the rows of cells that have none yet."""
        is_new = (self.rows == 0) & (rows > 0)
        self.sources[is_new], self.rows[is_new] = source, rows[is_new]

    def name(self, labels: list[str]) -> pd.DataFrame:
        dtype: pd.CategoricalDtype[Any] = pd.CategoricalDtype(labels)
        files = pd.Categorical.from_codes(self.sources, dtype=dtype)
        return pd.DataFrame({"file": files, "row": self.rows})


def _find_rows(given: pd.DataFrame, place: Place, shelf: Shelf) -> NDArray[np.int32]:
    """The row of its source in which each cell of a column stands, else 0."""
    name, header = place
    source = shelf.read(name)
    if header not in source.cell_places:
        return np.zeros(len(given), dtype=np.int32)
    if name_mark(name) in given:
        marks = given[name_mark(name)]
    else:
        marks = given[name_mark("own") if name_mark("own") in given else ROW]
        marks = marks.where(given[FILE] == shelf.find(name).label, "")
    numbers = pd.to_numeric(marks, errors="coerce").fillna(0).astype("int64")
    groups = source.texts.index.get_indexer(pd.Index(numbers - 1))
    rows = source.cell_places[header]["row"].to_numpy()
    return np.where(groups >= 0, rows[groups], 0).astype(np.int32)
