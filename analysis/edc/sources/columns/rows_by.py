"""A source that holds one value a row, as a table with one column an item."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.config.shapes import RowsBy
from analysis.edc.sources.columns.titles import BETWEEN
from analysis.edc.sources.labelled_table import LabelledTable
from analysis.errors import DataError

SHOWN = 5


def widen(table: LabelledTable, spec: RowsBy, label: str) -> LabelledTable:
    """Return a table with one row for each combination of the key, and one column an item.

    The items stand in the order in which they come first, the rows in that of the first row of
    each, whose number is their index. What each item has beside its value follows, called by the
    item and the column with a point between them. An item that a row lacks is the empty text.
    Where each cell stands is in ``cell_places``; an item without a text stands where it is named.
    Rows that say the same again are taken once, and named in ``repeated``.
    ``label``: the source as messages name it. Raises DataError if a column is absent, an item has
    no name or that of another column, or one has two different values in one row.
    """
    columns = {str(name).upper(): name for name in table.texts.columns}
    _require_columns(columns, spec, label)
    keys = [columns[name.upper()] for name in spec.key]
    item, *held = (columns[name.upper()] for name in (spec.item, spec.value, *spec.beside))
    _require_names(table.texts[(table.texts[held] != "").any(axis=1)], item, keys, label)
    items = [name for name in table.texts[item].unique() if name]
    rows = table.texts.groupby(keys, sort=False).ngroup().to_numpy()
    first = np.unique(rows, return_index=True)[1]
    at = pd.Index(items).get_indexer(pd.Index(table.texts[item]))
    grid = _Grid(rows.astype(np.int64), at, (len(first), len(items)))
    named = _find_named(grid, table.texts)
    wide, cell_places = [table.texts.iloc[first][keys]], dict[str, pd.DataFrame]()
    for column, behind in zip(held, ["", *(f"{BETWEEN}{name}" for name in held[1:])], strict=True):
        filled = table.texts[table.texts[column] != ""]
        once = _require_one_value(filled, [*keys, item], column, label)
        found = table.texts.index.get_indexer(once.index)
        cells = grid.lay(found, once[column].to_numpy(), np.full(grid.shape, "", dtype=object))
        names = [f"{name}{behind}" for name in items]
        wide.append(pd.DataFrame(cells, index=wide[0].index, columns=names, dtype=str))
        numbers = grid.lay(found, once.index.to_numpy() + 1, named)
        cell_places |= _name_places(names, numbers, label)
    texts = pd.concat(wide, axis=1)
    _require_once(texts, label)
    bare = replace(LabelledTable(texts), origin=table.origin, ticks=table.ticks, notes=table.notes)
    repeated = _find_repeated(table.texts, [*keys, item, *held], held[0])
    return replace(bare, cell_places=cell_places, repeated=repeated)


def _find_repeated(texts: pd.DataFrame, columns: list[str], value: str) -> tuple[int, ...]:
    """The rows, from 1, with a value that a row before gives the same item of the same key."""
    filled = texts[texts[value] != ""]
    again = filled.index[filled.duplicated(columns)]
    return tuple(int(number) + 1 for number in again)


@dataclass(frozen=True)
class _Grid:
    """The row and the column (-1: none) of the wide table to which each row of the long goes."""

    rows: NDArray[np.int64]
    columns: NDArray[np.int64]
    shape: tuple[int, int]

    def lay(self, found: NDArray[np.int64], values: Any, ground: NDArray[Any]) -> NDArray[Any]:
        """Return ``ground`` with the values of some rows of the long table in their cells."""
        laid = ground.copy()
        laid[self.rows[found], self.columns[found]] = values
        return laid


def _find_named(grid: _Grid, texts: pd.DataFrame) -> NDArray[np.int32]:
    """By cell the first row of the source that names it, counted from 1; else 0."""
    named = np.flatnonzero(grid.columns >= 0)[::-1]  # of several the first is laid last
    numbers = texts.index.to_numpy()[named] + 1
    return grid.lay(named, numbers, np.zeros(grid.shape, dtype=np.int32))


def _name_places(
    names: list[str], numbers: NDArray[np.int32], label: str
) -> dict[str, pd.DataFrame]:
    one: pd.CategoricalDtype[Any] = pd.CategoricalDtype([label])
    files = pd.Categorical.from_codes(np.zeros(len(numbers), dtype=np.int8), dtype=one)
    return {
        name: pd.DataFrame({"file": files, "row": numbers[:, at]}) for at, name in enumerate(names)
    }


def _require_columns(columns: Mapping[str, str], spec: RowsBy, label: str) -> None:
    named = (*spec.key, spec.item, spec.value, *spec.beside)
    absent = [name for name in named if name.upper() not in columns]
    if absent:
        there = ", ".join(map(str, columns.values()))
        raise DataError(
            f"{label}: no column {', '.join(absent)}, which rows_by names. Name columns that are "
            f"there: {there}"
        )


def _require_names(filled: pd.DataFrame, item: str, keys: list[str], label: str) -> None:
    nameless = int((filled[item] == "").sum())
    if nameless:
        raise DataError(f"{label}: {nameless:,} values have no item (column {item})")
    taken = {str(key).upper() for key in keys} & {name.upper() for name in filled[item].unique()}
    if taken:
        raise DataError(f"{label}: an item has the name of a key of rows_by: {', '.join(taken)}")


def _require_once(texts: pd.DataFrame, label: str) -> None:
    """Items that differ in case alone, or one called as another with a column beside it."""
    folded = pd.Series(texts.columns.str.upper())
    twice = sorted(set(folded[folded.duplicated()]))
    if twice:
        shown = ", ".join(twice[:SHOWN]) + (", ..." if len(twice) > SHOWN else "")
        raise DataError(
            f"{label}: rows_by makes several columns called {shown}: items that differ in case "
            "alone, or one that is called like another with a column of rows_by.beside. Write the "
            "table as a query (sql) over the source as it stands"
        )


def _require_one_value(
    filled: pd.DataFrame, keys: list[str], value: str, label: str
) -> pd.DataFrame:
    """The values, each once. Two different ones in one cell are a finding."""
    distinct = filled.drop_duplicates([*keys, value])
    twice = distinct[distinct.duplicated(keys, keep=False)]
    if len(twice):
        cells = twice.drop_duplicates(keys)[keys].head(SHOWN).to_numpy().tolist()
        shown = "; ".join(" ".join(cell) for cell in cells)
        raise DataError(
            f"{label}: {len(twice.drop_duplicates(keys)):,} times two different values of one "
            f"item in one row ({shown}{'; ...' if len(cells) == SHOWN else ''}). Name the column "
            "that tells them apart in rows_by.key, or correct the export"
        )
    return distinct
