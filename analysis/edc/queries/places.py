"""Where the rows of a table stand in the export: the source, and the number of the row in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
import pandas as pd
from numpy.typing import NDArray

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
    Both have one entry a row of the table.
    """

    files: Category
    rows: NDArray[np.int32]

    @classmethod
    def of_file(cls, file: str, length: int) -> Places:
        """Return the places of a table that is one source, row by row.

        >>> Places.of_file("dm.csv", 3).rows.tolist()
        [1, 2, 3]
        """
        return cls(repeat_text(file, length), np.arange(1, length + 1, dtype=np.int32))

    @classmethod
    def of_rows(cls, files: pd.Series, rows: pd.Series) -> Places:
        """Return the places of a table by the source and the row of each of its rows."""
        return cls(pd.Categorical(files), rows.to_numpy(dtype=np.int32))

    def take(self, positions: NDArray[np.int64]) -> Places:
        """Return the places of some rows, by their positions in the table (from 0)."""
        return Places(self.files.take(positions), self.rows[positions])
