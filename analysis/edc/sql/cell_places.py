"""Where the cells of a queried table stand that a long source (``rows_by``) brought together."""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.edc.sql.engine import FILE, ROW
from analysis.edc.sql.shelf import Shelf
from analysis.edc.sql.short_form.relation import Place, name_mark
from analysis.edc.sql.short_form.write import BLOCK, Query


def place_cells(given: pd.DataFrame, query: Query, shelf: Shelf) -> dict[str, pd.DataFrame]:
    """Return by column ``file`` and ``row`` of its cells, row 0 where the row of the table holds.

    ``given``: what the marked ``query`` gave. A cell that several columns of sources make stands
    where the first of them does. What is looked up has no place of its own.
    """
    found: dict[str, pd.DataFrame] = {}
    for number, columns in enumerate(query.cells):
        is_of_block = (given[BLOCK] == str(number)).to_numpy()
        for column, places in columns.items():
            for place in places:
                if not shelf.is_long(place[0]):
                    continue
                rows = np.where(is_of_block, _find_rows(given, place, shelf), 0)
                _fill(found, column, shelf.find(place[0]).label, rows)
    return found


def _fill(found: dict[str, pd.DataFrame], column: str, label: str, rows: NDArray[np.int32]) -> None:
    """Note the rows of cells of a column that have none yet."""
    nowhere = pd.DataFrame({"file": "", "row": np.zeros(len(rows), dtype=np.int32)})
    known = found.setdefault(column, nowhere)
    is_new = (known["row"] == 0) & (rows > 0)
    known.loc[is_new, "row"] = rows[is_new]
    known.loc[is_new, "file"] = label


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
