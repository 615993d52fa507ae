"""Where the rows of a table stand in the export: the source, and the number of the row in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from pandas.api.types import union_categoricals

Category: TypeAlias = "pd.Categorical[Any]"
"""A column of few distinct texts."""


def repeat_text(text: str, count: int) -> Category:
    """Return a column of one text, a byte a row.

    >>> repeat_text("dm", 2).tolist()
    ['dm', 'dm']
    """
    codes = np.zeros(count, dtype=np.int8)
    return pd.Categorical.from_codes(codes, dtype=pd.CategoricalDtype([text]))


@dataclass(frozen=True)
class Places:
    """For each row of a table its source and its row there.

    ``files``: the sources as messages name them; ``rows``: int32, 1 for the first row of data,
    0 where a query that made the table does not say.
    Both have one entry a row of the table. ``cells``: by column, of cells that do not stand in
    that row, their own places; row 0 for a cell that does.
    """

    files: Category
    rows: NDArray[np.int32]
    cells: Mapping[str, Places] = field(default_factory=dict)

    @classmethod
    def of_file(cls, file: str, length: int) -> Places:
        """Return the places of a table that is one source, row by row.

        >>> Places.of_file("dm.csv", 3).rows.tolist()
        [1, 2, 3]
        """
        return cls(repeat_text(file, length), np.arange(1, length + 1, dtype=np.int32))

    @classmethod
    def of_rows(cls, places: pd.DataFrame) -> Places:
        """Return the places of a table by the source (``file``) and ``row`` of each of its rows."""
        return cls(pd.Categorical(places["file"]), places["row"].to_numpy(dtype=np.int32))

    def take(self, positions: NDArray[np.int64]) -> Places:
        """Return the places of some rows, by their positions in the table (from 0)."""
        cells = {column: places.take(positions) for column, places in self.cells.items()}
        return Places(self.files.take(positions), self.rows[positions], cells)

    def of_column(self, column: str) -> Places:
        """Return where the cells of a column stand: in the rows of the table, or elsewhere.

        >>> own = Places.of_file("labs.csv", 2)
        >>> cells = {"GLUC": Places(repeat_text("more.csv", 2), np.array([7, 0], dtype=np.int32))}
        >>> there = Places(own.files, own.rows, cells).of_column("GLUC")
        >>> list(there.files), there.rows.tolist()
        (['more.csv', 'labs.csv'], [7, 2])
        """
        cells = self.cells.get(column)
        if cells is None:
            return Places(self.files, self.rows)
        is_own, count = cells.rows == 0, len(self.rows)
        either = union_categoricals([self.files, cells.files])
        chosen = np.arange(count) + np.where(is_own, 0, count)
        return Places(either.take(chosen), np.where(is_own, self.rows, cells.rows))
