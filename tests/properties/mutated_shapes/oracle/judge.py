"""The verdict on one mutant: every difference is told, or is what the change itself wrote."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from analysis.config import Mapping
from analysis.config.mapping import TableMapping
from analysis.edc.layout import Layout
from tests.properties.mutated_shapes.mutant import Change, MappingChange, Mutant
from tests.properties.mutated_shapes.oracle.differences import Difference, list_differences
from tests.properties.mutated_shapes.oracle.meanings import fold, may_mean

ONE_QUERY = ("severity", "table", "key", "column", "value", "rule", "message")
OF_ROWS = frozenset({
    "identical_row", "duplicate_key", "missing_key", "unknown_subject", "missing_subject",
    "empty_table", "required",
})  # fmt: skip
"""Rules of queries that speak of a whole row, whatever column they name."""


@dataclass(frozen=True)
class Outcome:
    """What reading gave: typed tables and queries, or the message that stopped it.

    ``count_left``: by source, the rows that no table took.
    """

    tables: dict[str, pd.DataFrame]
    queries: pd.DataFrame
    message: str = ""
    count_left: Callable[[], dict[str, int | None]] = dict

    @cached_property
    def left(self) -> dict[str, int | None]:
        return self.count_left()


@dataclass(frozen=True)
class Case:
    """A mutant with what reading gave before and after."""

    mutant: Mutant
    mapping: Mapping
    layout: Layout
    before: Outcome
    after: Outcome

    @cached_property
    def told(self) -> list[dict[str, str]]:
        """The queries that were not there before."""
        was, now = (
            frame[list(ONE_QUERY)].astype(str).to_dict("records")
            for frame in (self.before.queries, self.after.queries)
        )
        left = Counter(tuple(query.values()) for query in was)
        new = []
        for query in now:
            left[tuple(query.values())] -= 1
            if left[tuple(query.values())] < 0:
                new.append(query)
        return new

    @cached_property
    def differences(self) -> list[Difference]:
        names = sorted({*self.before.tables, *self.after.tables})
        empty = pd.DataFrame()
        return [
            difference
            for name in names
            for difference in list_differences(
                name,
                self.layout.tables[name].key,
                self.before.tables.get(name, empty),
                self.after.tables.get(name, empty),
            )
        ]


def judge(case: Case) -> list[str]:
    """Return the faults: differences of which nothing tells, in words."""
    if case.after.message:
        return []
    return list(dict.fromkeys(fault for each in case.differences for fault in _judge(case, each)))


def _judge(case: Case, difference: Difference) -> Iterator[str]:
    if difference.before is None or difference.after is None:
        if not (_is_told_of_row(case, difference) or _may_come_or_go(case, difference)):
            what = "came" if difference.before is None else "went"
            yield f"{difference.table}: a row {what} unsaid: {_show(difference)}"
        return
    for column in difference.columns:
        if not (_is_told(case, difference, column) or _is_written(case, difference, column)):
            was, now = (repr(row[column]) for row in (difference.before, difference.after))
            what = f"{difference.table}.{column}: {was[:40]} -> {now[:60]}"
            yield f"{what} unsaid: {_show(difference)}"


def _show(difference: Difference) -> str:
    row = difference.before or difference.after or {}
    return str({name: str(cell)[:20] for name, cell in list(row.items())[:4]})


def _names(query: dict[str, str], difference: Difference) -> bool:
    """Whether a query speaks of the subject of a row, or of all rows."""
    key = query["key"]
    return not key or any(s in key or fold(s) in fold(key) for s in difference.subjects)


def _is_told(case: Case, difference: Difference, column: str) -> bool:
    moved = {t for c in _list_near(case, difference) if c.adds and c.removes for t in c.written}
    return any(
        query["table"] == difference.table
        and (
            ((query["column"] == column or query["rule"] in OF_ROWS) and _names(query, difference))
            or (query["rule"] in OF_ROWS and any(text in query["key"] for text in moved if text))
        )
        for query in case.told
    )


def _is_told_of_row(case: Case, difference: Difference) -> bool:
    """Whether a query speaks of a row, or of a value in it that is part of the key.

    A row that another table takes in its place is told of there.
    """
    key = case.layout.tables[difference.table].key
    for query in case.told:
        of_row, of_table = query["rule"] in OF_ROWS, query["table"] == difference.table
        if of_row and (of_table or _names(query, difference)):
            return True
        if of_table and query["column"] in key and _names(query, difference):
            return True
    return False


def _list_near(case: Case, difference: Difference) -> Iterator[Change]:
    """The changes that touch the row."""
    for change in case.mutant.changes:
        if isinstance(change, Change) and (
            change.near is None or _touches(change.near, difference.subjects)
        ):
            yield change


def _touches(near: frozenset[str], subjects: set[str]) -> bool:
    folded = {fold(text) for text in near}
    return any(text.endswith(fold(s)) for s in subjects for text in folded if fold(s))


def _is_written(case: Case, difference: Difference, column: str) -> bool:
    """Whether a value is what a change wrote there, or what a mapping says that is another."""
    value = difference.after[column] if difference.after else None
    spec = case.mapping.tables.get(difference.table, TableMapping())
    for change in _list_near(case, difference):
        if any(may_mean(t, value, column, spec, case.mapping) for t in change.written):
            return True
    if any(_is_meant(c, difference, column) for c in case.mutant.changes):
        return True
    return value is None and _is_empty_now(case, difference.table, column)


def _is_empty_now(case: Case, table: str, column: str) -> bool:
    """Whether a column lost all its values: the rule ``empty_column`` says it, or it stops."""
    return bool(case.after.tables[table][column].isna().all())


def _is_meant(change: Change | MappingChange, difference: Difference, column: str) -> bool:
    return (
        isinstance(change, MappingChange)
        and change.is_valid
        and (change.tables is None or difference.table in change.tables)
        and (change.columns is None or column in change.columns)
    )


def _may_come_or_go(case: Case, difference: Difference) -> bool:
    gone = difference.after is None
    if any(c.removes if gone else c.adds for c in _list_near(case, difference)):
        return True
    if any(_is_meant(c, difference, c2) for c in case.mutant.changes for c2 in difference.columns):
        return True
    return case.before.left != case.after.left
