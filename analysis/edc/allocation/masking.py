"""Masking of texts that name an arm: nothing that a blinded run writes tells one."""

from collections.abc import Mapping as MappingABC

import numpy as np
import pandas as pd

from analysis.edc.allocation.mentions import Mentions
from analysis.edc.layout import Column, Table

MASK = "[masked]"
"""What stands in a blinded run for a cell that names an arm."""


def mask_tables(
    texts: MappingABC[str, pd.DataFrame], tables: MappingABC[str, Table], mentions: Mentions
) -> dict[str, pd.DataFrame]:
    """Return the tables of the layout with every cell masked as a whole that names an arm.

    What would be left of the cell might tell the arms apart as well. A text of the layout's own
    code list names no arm.
    """
    return {
        name: frame.apply(
            lambda cells, of=tables[name]: _mask(cells, of.columns.get(cells.name), mentions)
        )
        for name, frame in texts.items()
    }


def _mask(cells: pd.Series, column: Column | None, mentions: Mentions) -> pd.Series:
    allowed = column.allowed if column else ()
    distinct = pd.Series(cells.unique(), dtype="str")
    distinct = distinct[~distinct.isin(allowed)]
    named = frozenset(distinct[np.asarray(mentions.find_all(distinct).any(axis=1), bool)])
    return cells.where(~cells.isin(named), MASK) if named else cells
