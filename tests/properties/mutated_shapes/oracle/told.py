"""Whether a new query speaks of a difference."""

from __future__ import annotations

from tests.properties.mutated_shapes.oracle.case import Case, list_near
from tests.properties.mutated_shapes.oracle.differences import Difference
from tests.properties.mutated_shapes.oracle.meanings import fold

OF_ROWS = frozenset({
    "identical_row", "duplicate_key", "missing_key", "unknown_subject", "missing_subject",
    "empty_table", "required",
})  # fmt: skip
"""Rules of queries that speak of a whole row, whatever column they name."""
NOT_TAKEN = "not_taken"
"""The rule of rows of a source of which no row of the table takes a value."""


def is_told(case: Case, difference: Difference, column: str) -> bool:
    return _is_told_here(case, difference, column) or _is_told_where_it_went(
        case, difference, column
    )


def _is_told_where_it_went(case: Case, difference: Difference, column: str) -> bool:
    """Whether a value is gone whose row stands in another table, with a query of what is new.

    Of a source with one value a row, what is new is an item, so a column that nobody takes.
    """
    if difference.after is None or difference.after[column] is not None:
        return False
    written = {t for c in list_near(case, difference) for t in c.written if t}
    return any(
        query["key"] and query["value"] in written and _names(query, difference)
        for query in case.told
        if query["table"] != difference.table
    ) or any(
        query["rule"] == "extra_column" and any(t.endswith(query["column"]) for t in written)
        for query in case.told
        if query["column"]
    )


def _is_told_here(case: Case, difference: Difference, column: str) -> bool:
    is_lost = difference.after is not None and difference.after[column] is None
    moved = {t for c in list_near(case, difference) if c.adds and c.removes for t in c.written}
    return any(
        query["table"] == difference.table
        and (
            ((query["column"] == column or query["rule"] in OF_ROWS) and _names(query, difference))
            or (query["rule"] in OF_ROWS and any(text in query["key"] for text in moved if text))
            or (query["rule"] == NOT_TAKEN and is_lost)
        )
        for query in case.told
    )


def is_told_of_row(case: Case, difference: Difference) -> bool:
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


def _names(query: dict[str, str], difference: Difference) -> bool:
    """Whether a query speaks of the subject of a row, or of all rows."""
    key = query["key"]
    return not key or any(s in key or fold(s) in fold(key) for s in difference.subjects)
