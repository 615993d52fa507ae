"""Queries as the rows of ``queries.csv``, in one order whatever order they were raised in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import pandas as pd
from pandas.api.types import union_categoricals

from analysis.edc.queries.by_column import FIELDS, KINDS, Queries, join_queries
from analysis.edc.queries.query import Query, Severity
from analysis.io.frames import read_csv
from analysis.io.printable import clean_printed, clean_surrogates

COLUMNS = ["severity", "table", "key", "column", "value", "rule", "message"]
_ORDER = ["severity", "table", "rule", "key", "column", "value", "message"]


def build_queries(queries: Iterable[Query]) -> pd.DataFrame:
    """Return the queries as a frame of text, ordered by severity, table, rule, key, column.

    A query that was raised twice (a row that stands there twice) is listed once. Every text can be
    printed, names of files among them.
    """
    return order_queries(queries)[COLUMNS].astype("str")


def order_queries(queries: Iterable[Query]) -> pd.DataFrame:
    """Return the frame of :func:`build_queries`, with file and row of the query raised first.

    ``file`` is empty and ``row`` (Int64) missing where a query is of no row.
    """
    return _order(_join_parts(join_queries(queries)).drop_duplicates([*COLUMNS, "twin"]))


def _order(frame: pd.DataFrame) -> pd.DataFrame:
    """The rows in their order, as they may be printed."""
    rank = pd.CategoricalDtype([severity.value for severity in Severity], ordered=True)
    ordered = frame.astype({"severity": rank}).sort_values(
        [*_ORDER, "file", "row"], ignore_index=True
    )
    cleaned = {name: _clean(ordered[name]) for name in FIELDS if name != "row"}
    return ordered.assign(**cleaned)[list(FIELDS)]


def list_queries(queries: Iterable[Query]) -> pd.DataFrame:
    """Return the frame of :func:`order_queries` with a row for every place of a query.

    A query on several rows of the export stands there as often.
    """
    return _order(_join_parts(join_queries(queries)).drop_duplicates([*FIELDS, "twin"]))


def read_queries(path: Path) -> list[Query]:
    """Return the queries of a file that holds a frame of :func:`build_queries`."""
    return list(load_queries(path))


def load_queries(path: Path) -> Queries:
    """Return the queries of a file that holds a frame of :func:`build_queries`, by column."""
    frame = read_csv(path)[COLUMNS].astype("str")
    frame = frame.assign(file="", row=pd.Series(pd.NA, index=frame.index, dtype="Int64"))
    return Queries([frame.astype(dict.fromkeys(KINDS, "category"))[list(FIELDS)]])


def _join_parts(queries: Queries) -> pd.DataFrame:
    """One frame of all parts, single queries first; ``twin`` tells those that only look the same.

    Texts of single queries may hold lone surrogates (names of files), which no frame can.
    """
    single = list(dict.fromkeys(part for part in queries.parts if isinstance(part, Query)))
    first = _frame_single(single)
    frames = [first, *(part for part in queries.parts if not isinstance(part, Query))]
    kinds = {
        name: union_categoricals([frame[name] for frame in frames], sort_categories=True)
        for name in KINDS
    }
    others = [name for name in FIELDS if name not in KINDS]
    joined = pd.concat([frame[others] for frame in frames], ignore_index=True).assign(**kinds)
    twin = first.groupby(COLUMNS, observed=True).cumcount().reindex(joined.index, fill_value=0)
    return joined.assign(twin=twin)


def _frame_single(queries: Sequence[Query]) -> pd.DataFrame:
    texts = {
        name: pd.Series([clean_surrogates(getattr(q, name)) for q in queries], dtype="str")
        for name in FIELDS
        if name != "row"
    }
    rows = pd.array([query.row for query in queries], dtype="Int64")
    return pd.DataFrame(texts).assign(row=rows).astype(dict.fromkeys(KINDS, "category"))


def _clean(cells: pd.Series) -> pd.Series:
    """The texts as they may be printed; most are."""
    texts = cells.astype("str")
    changed = {text: clean for text in texts.unique() if (clean := clean_printed(text)) != text}
    return texts.replace(changed) if changed else texts
