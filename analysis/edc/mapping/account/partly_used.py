"""Columns of a source that are read in some of its rows, and filled in rows of other tables too."""

from collections.abc import Collection, Mapping, Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.edc.reading.used_columns import list_taken
from analysis.edc.sql.queried_table import QueriedTable
from analysis.edc.sql.short_form.blocks import list_parts
from analysis.edc.sql.short_form.conditions import find_names

Mask = NDArray[np.bool_]
MOST_FORMS = 30
"""Different texts of a column that tells forms, visits or items apart."""
SHOWN = 3


def list_partly(
    texts: pd.DataFrame,
    source: str,
    using: Sequence[QueriedTable],
    rows_of: Mapping[str, Collection[int]],
) -> tuple[str, ...]:
    """Return in words each column with filled cells in rows that only other tables take.

    Rows that no table takes are counted by themselves. ``using``: the tables that read the source;
    ``rows_of``: by table the rows of it that it took, from 1 as its index counts them from 0;
    a table that is not there takes nobody knows which.
    """
    if any(table.name not in rows_of for table in using):
        return ()
    took = {t.name: np.isin(texts.index.to_numpy() + 1, list(rows_of[t.name])) for t in using}
    some = _join(list(took.values()), len(texts))
    asked = {name for table in using for name in _list_asked(table)}
    said = []
    for column in map(str, texts.columns):
        takers = [t.name for t in using if _takes(t, source, column.casefold())]
        looks_up = not all(rows_of[name] for name in takers)
        if not takers or looks_up or column.casefold() in asked:
            continue
        left = some & ~_join([took[name] for name in takers], len(texts))
        filled = (texts[column] != "").to_numpy(dtype=bool) if left.any() else left
        if number := int((left & filled).sum()):
            where = _say_where(texts[left & filled], asked)
            said.append(f"{column} ({number:,} of {int(filled.sum()):,} cells{where})")
    return tuple(said)


def _takes(table: QueriedTable, source: str, column: str) -> bool:
    """Whether a table takes a column (folded); a query in SQL all that it names, or all."""
    sql = table.spec.sql or ""
    return (
        column in list_taken(table, source)
        or "*" in sql
        or (bool(sql) and column in table.query.columns)
    )


def _list_asked(table: QueriedTable) -> set[str]:
    """The folded names of the columns by which conditions tell rows apart."""
    return {
        name for part in list_parts(table.spec) for rows in part.rows for name in find_names(rows)
    }


def _join(masks: list[Mask], length: int) -> Mask:
    return np.logical_or.reduce(masks) if masks else np.zeros(length, dtype=bool)


def _say_where(rows: pd.DataFrame, asked: Collection[str]) -> str:
    """The forms or visits of some rows, by the column that conditions tell them apart by."""
    for column in map(str, rows.columns):
        found = [*rows[column].value_counts().keys()] if column.casefold() in asked else []
        if 0 < len(found) <= MOST_FORMS:
            listed = ", ".join(str(text) or "empty" for text in found[:SHOWN])
            more = ", ..." if len(found) > SHOWN else ""
            return f", where {column} is {listed}{more}"
    return ""
