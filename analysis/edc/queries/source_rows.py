"""Where each row of a typed table came from: file, part of the file, and row in it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from pandas.api.types import union_categoricals

from analysis.edc.queries.places import Category, Places, repeat_text

COLUMNS = ("table", "table_row", "file", "part", "row")
"""``table_row``: 1 = first row of the typed table; ``row``: 1 = first row of data in the source,
below its header and the rows that hold words on the columns, 0 = not known."""
TEXTS = ("table", "file", "part")


@dataclass(frozen=True)
class Place:
    """A source: ``file``, and ``part``, the sheet, data set or item group; empty for a whole file.

    In a blinded run either is masked if it names an arm.
    """

    file: str
    part: str = ""


def build_source_rows(places: Mapping[str, Places], sources: Mapping[str, Place]) -> pd.DataFrame:
    """Return where the rows of all typed tables came from, by table and row of the table.

    ``places``: by table, of each of its rows; ``sources``: by what messages call a source, its
    file and part. Texts are categories.
    """
    listed = [(name, places[name]) for name in sorted(places)] or [("", Places.of_file("", 0))]
    named = [_name_sources(name, of_table, sources) for name, of_table in listed]
    of_table = [of_table.rows for _, of_table in listed]
    columns: dict[str, Category | NDArray[np.int64]] = {
        "table_row": np.concatenate([np.arange(1, len(rows) + 1) for rows in of_table]),
        "row": np.concatenate(of_table, dtype=np.int64),
        **{name: union_categoricals([texts[name] for texts in named]) for name in TEXTS},
    }
    return pd.DataFrame({name: columns[name] for name in COLUMNS}, copy=False)


def split_files(queries: pd.DataFrame, sources: Mapping[str, Place]) -> pd.DataFrame:
    """Return queries with ``file`` and ``part`` as texts, in the place of what messages call them.

    A source that is not known is a file by its name.
    """
    places = [sources.get(label, Place(label)) for label in queries["file"].astype("str")]
    return queries.assign(
        file=pd.Series([place.file for place in places], index=queries.index, dtype="str"),
        part=pd.Series([place.part for place in places], index=queries.index, dtype="str"),
    )


def _name_sources(name: str, places: Places, sources: Mapping[str, Place]) -> dict[str, Category]:
    """Table, file and part of each row of a table."""
    known = [sources.get(label, Place(label)) for label in places.files.categories]
    codes = places.files.codes
    return {
        "table": repeat_text(name, len(places.rows)),
        "file": _rename([place.file for place in known], codes),
        "part": _rename([place.part for place in known], codes),
    }


def _rename(texts: Sequence[str], codes: np.ndarray) -> Category:
    """Categories by other texts, of which several may be the same."""
    categories = list(dict.fromkeys(texts))
    renamed = np.array([categories.index(text) for text in texts], dtype=np.int32)
    dtype: pd.CategoricalDtype[object] = pd.CategoricalDtype(pd.Index(categories, dtype="str"))
    return pd.Categorical.from_codes(renamed[codes], dtype=dtype)
