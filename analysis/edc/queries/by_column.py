"""Queries by column: what a table of a million rows raises is one frame, not a million objects."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias, overload

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.edc.queries.places import Category, Places, repeat_text
from analysis.edc.queries.query import Query, Rule, Severity

Positions: TypeAlias = "NDArray[np.int64]"
Cells: TypeAlias = "pd.Series[str] | pd.Categorical[Any] | str"
"""One text a query, or one that all have."""
KINDS = ("severity", "table", "column", "rule", "file")
"""Columns of few distinct texts, kept as categories."""
FIELDS = ("severity", "table", "key", "column", "value", "rule", "message", "file", "row")


class Queries(Sequence[Query]):
    """Queries in their order: single ones, and frames of many.

    A frame has the columns :data:`FIELDS`, those of :data:`KINDS` as categories, ``row`` as Int64.
    To go through them makes one :class:`Query` at a time. Two are equal if their queries are.
    """

    def __init__(self, parts: Iterable[Query | pd.DataFrame] = ()) -> None:
        self.parts = tuple(p for p in parts if isinstance(p, Query) or len(p))

    def __len__(self) -> int:
        return sum(1 if isinstance(part, Query) else len(part) for part in self.parts)

    def __iter__(self) -> Iterator[Query]:
        for part in self.parts:
            yield from (part,) if isinstance(part, Query) else _list_queries(part)

    @overload
    def __getitem__(self, index: int) -> Query: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Query]: ...
    def __getitem__(self, index: int | slice) -> Query | Sequence[Query]:
        return tuple(self)[index]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and tuple(self) == tuple(other)

    __hash__ = None  # type: ignore[assignment]

    def without(self, rule: Rule, columns: Iterable[str]) -> Queries:
        """Return the queries but those of one rule on some columns."""
        left_out = list(columns)
        return Queries(
            part[~((part["rule"] == rule.value) & part["column"].isin(left_out))]
            if isinstance(part, pd.DataFrame)
            else part
            for part in self.parts
            if isinstance(part, pd.DataFrame)
            or part.rule is not rule
            or part.column not in left_out
        )


def join_queries(*several: Iterable[Query]) -> Queries:
    """Return all queries, those that are kept by column as they are."""
    parts = (each.parts if isinstance(each, Queries) else tuple(each) for each in several)
    return Queries(part for each in parts for part in each)


@dataclass(frozen=True)
class QueryRows:
    """The rows of one table, to raise queries on some of them.

    ``table``: its name. ``key``: the columns that name a row; ``texts``: one row each, with these
    columns as texts. ``places``: where the rows stand in the export. ``spelt``: of some of the key
    how queries write it in the place of ``texts``.
    """

    table: str
    key: tuple[str, ...]
    texts: pd.DataFrame
    places: Places | None = None
    spelt: Mapping[str, pd.Series[str]] = field(default_factory=dict)

    def describe(self, positions: Positions) -> pd.Series[str]:
        """Return the key of some rows in words: ``SUBJID=S01; VISIT=D90``; numbered from 0."""
        named = {column: self.spelt.get(column, self.texts[column]) for column in self.key}
        chosen = pd.DataFrame(named).take(positions).reset_index(drop=True)
        described = pd.Series("", index=chosen.index, dtype="str")
        for number, column in enumerate(self.key):
            described = described + f"{'; ' * (number > 0)}{column}=" + chosen[column]
        return described

    def raise_at(
        self,
        positions: Positions,
        severity: Severity | Category,
        rule: Rule | Category,
        column: str,
        values: Cells,
        messages: Cells,
    ) -> pd.DataFrame:
        """Return a frame of :data:`FIELDS`, a query for each position (rows from 0) in that order.

        What is no single text has one entry a position. A query names the place of its cell.
        """
        count = len(positions)
        places = self.places.take(positions).of_column(column) if self.places else None
        frame = {
            "severity": _repeat(severity, count),
            "table": _repeat(self.table, count),
            "key": self.describe(positions),
            "column": _repeat(column, count),
            "value": _write(values, count),
            "rule": _repeat(rule, count),
            "message": _write(messages, count),
            "file": places.files if places else _repeat("", count),
            "row": _number(places, count),
        }
        return pd.DataFrame(frame)


def _number(places: Places | None, count: int) -> pd.Series:
    """The rows of queries, missing where they are not known."""
    if places is None:
        return pd.Series([None] * count, dtype="Int64")
    return pd.Series(places.rows, dtype="Int64").where(places.rows > 0)


def _repeat(cell: str | Category, count: int) -> Category:
    if isinstance(cell, pd.Categorical):
        return cell
    return repeat_text(str(cell), count)


def _write(cells: Cells, count: int) -> pd.Series[str]:
    if isinstance(cells, str):
        return pd.Series(cells, index=range(count), dtype="str")
    return pd.Series(cells, dtype="str").reset_index(drop=True)


def _list_queries(frame: pd.DataFrame) -> Iterator[Query]:
    for severity, table, key, column, value, rule, message, file, row in zip(
        *(frame[name] for name in FIELDS), strict=True
    ):
        where = None if pd.isna(row) else int(row)
        yield Query(Severity(severity), table, key, column, value, Rule(rule), message, file, where)
