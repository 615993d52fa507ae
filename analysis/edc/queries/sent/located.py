"""Each query with the file, the part of it and the row in which a person finds the cell."""

from collections.abc import Iterable, Mapping

import pandas as pd

from analysis.edc.queries.query import Rule
from analysis.edc.queries.sent.keys import find_rows

BETWEEN = "; "
"""Between the rows of a query that is on several."""
PLACE = ("file", "part", "row")


def locate_queries(
    queries: pd.DataFrame, tables: Mapping[str, pd.DataFrame], source_rows: pd.DataFrame
) -> pd.DataFrame:
    """Return the queries, in their order, with ``file``, ``part`` and ``row`` as text.

    ``queries``: frame of texts; what it says of ``row`` itself stays, as rows that are left out
    are in no table. ``tables``: typed; ``source_rows``: of :mod:`analysis.edc.queries.source_rows`.
    A query on a whole column or table has a file and no row, one on no table neither.
    """
    told = queries.assign(**{name: queries.get(name, "") for name in PLACE})
    located = [
        _locate(
            own,
            tables.get(str(name)),
            source_rows[source_rows["table"] == name].reset_index(drop=True),
        )
        for name, own in told.groupby("table", sort=False)
    ]
    return pd.concat(located).loc[queries.index] if located else told


def _locate(
    queries: pd.DataFrame, table: pd.DataFrame | None, origins: pd.DataFrame
) -> pd.DataFrame:
    """The queries on one table; ``origins``: of its rows, in their order."""
    extra = queries["rule"] == Rule.EXTRA_FILE.value
    texts = {name: queries[name].where(~extra, "") for name in PLACE}
    texts["file"] = texts["file"].where(~extra, queries["column"])
    silent = queries[(queries["row"] == "") & (queries["key"] != "")]
    found = find_rows(silent, table) if table is not None and len(silent) else {}
    for query, places in found.items():
        rows = origins.iloc[places]
        texts["row"].at[query] = _join(rows["row"][rows["row"] > 0])
        for name in ("file", "part"):
            texts[name].at[query] = _join(rows[name])
    for name in ("file", "part"):
        is_open = (texts[name] == "") & ~extra & ~queries.index.isin(list(found))
        texts[name] = texts[name].where(~is_open, _join(origins[name]))
    return queries.assign(**texts)


def _join(cells: Iterable[object]) -> str:
    return BETWEEN.join(dict.fromkeys(str(cell) for cell in cells if str(cell)))
