"""A source that holds one value a row, as a table with one column an item."""

from dataclasses import replace

import numpy as np
import pandas as pd

from analysis.config.shapes import RowsBy
from analysis.edc.sources.labelled_table import LabelledTable
from analysis.errors import DataError

SHOWN = 5


def widen(table: LabelledTable, spec: RowsBy, label: str) -> LabelledTable:
    """Return a table with one row for each combination of the key, and one column an item.

    The items stand in the order in which they come first, the rows in that of the first row of
    each, whose number is their index. An item that a row lacks is the empty text. ``label``: the
    source as messages name it. Raises DataError if a column is absent, an item has no name or the
    name of a key, or one has two different values in one row.
    """
    columns = {str(name).upper(): name for name in table.texts.columns}
    absent = [name for name in (*spec.key, spec.item, spec.value) if name.upper() not in columns]
    if absent:
        there = ", ".join(map(str, table.texts.columns))
        raise DataError(
            f"{label}: no column {', '.join(absent)}, which rows_by names. Name columns that are "
            f"there: {there}"
        )
    keys = [columns[name.upper()] for name in spec.key]
    item, value = columns[spec.item.upper()], columns[spec.value.upper()]
    filled = table.texts[table.texts[value] != ""]
    _require_names(filled, item, keys, label)
    once = _require_one_value(filled, [*keys, item], value, label)
    rows = table.texts.groupby(keys, sort=False).ngroup().to_numpy()
    first = np.unique(rows, return_index=True)[1]
    items = [name for name in table.texts[item].unique() if name]
    wide = pd.DataFrame("", index=table.texts.index[first], columns=items, dtype=str)
    cells = wide.to_numpy(dtype=object, copy=True)
    at = rows[table.texts.index.get_indexer(once.index)]
    cells[at, wide.columns.get_indexer(pd.Index(once[item]))] = once[value].to_numpy()
    filled = pd.DataFrame(cells, index=wide.index, columns=items, dtype=str)
    texts = pd.concat([table.texts.loc[wide.index, keys], filled], axis=1)
    return replace(LabelledTable(texts), origin=table.origin, ticks=table.ticks, notes=table.notes)


def _require_names(filled: pd.DataFrame, item: str, keys: list[str], label: str) -> None:
    nameless = int((filled[item] == "").sum())
    if nameless:
        raise DataError(f"{label}: {nameless:,} values have no item (column {item})")
    taken = {str(key).upper() for key in keys} & {name.upper() for name in filled[item].unique()}
    if taken:
        raise DataError(f"{label}: an item has the name of a key of rows_by: {', '.join(taken)}")


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
