"""What the sources of a queried table say of its columns: labels, codes for missing, kinds."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from analysis.edc.sources.labelled_table import Kind, LabelledTable
from analysis.edc.sql.shelf import Shelf
from analysis.edc.sql.short_form.relation import Place


def label_columns(
    texts: pd.DataFrame, places: Mapping[str, tuple[Place, ...]], shelf: Shelf
) -> LabelledTable:
    """Return the table with what the files of statistical packages say of its columns' sources.

    ``places``: by column of ``texts`` the sources and columns that its cells come from.
    """
    read = {name: shelf.read(name) for of in places.values() for name, _ in of}
    counted = {(str(table.origin), table.ticks) for table in read.values()}
    origin = next(iter(read.values())).origin if len(counted) == 1 else None
    kinds: dict[str, Kind] = {}
    labels: dict[str, dict[str, str]] = {}
    codes: dict[str, frozenset[str]] = {}
    for column, of_column in places.items():
        for name, header in of_column:
            table = read[name]
            if header in table.kinds:
                kinds[column] = table.kinds[header]
            labels.setdefault(column, {}).update(table.value_labels.get(header, {}))
            marked = table.missing_codes.get(header, frozenset())
            codes[column] = codes.get(column, frozenset()) | marked
    return LabelledTable(
        texts,
        value_labels={column: pairs for column, pairs in labels.items() if pairs},
        missing_codes={column: found for column, found in codes.items() if found},
        origin=origin if isinstance(origin, np.datetime64) else None,
        ticks=next(iter(counted))[1] if len(counted) == 1 else 1,
        kinds=kinds,
        numbers=frozenset(
            column
            for column, of in places.items()
            if of and all(header in read[name].numbers for name, header in of)
        ),
    )
