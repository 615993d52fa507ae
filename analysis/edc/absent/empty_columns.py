"""Columns that are there without one value: empty in the export, or emptied by the mapping."""

from collections.abc import Collection, Iterator, Mapping

import pandas as pd

from analysis.edc.layout import Column, Table
from analysis.edc.queries import Query, Rule, Severity
from analysis.edc.queries.words.message_codes import MessageCode

EMPTY_FROM = 20
"""From this many rows on, a column without one value was not collected, or got lost."""
EMPTIED_FROM = 5
"""So many filled cells of which the mapping leaves none are no slips."""


def find_empty(
    file: str,
    name: str,
    table: Table,
    texts: Mapping[str, "pd.Series[str]"],
    declared: Collection[str],
) -> list[str]:
    """Return a finding for every column without one filled cell in which an empty one is a no.

    Of other columns a query says it (:func:`query_empty`). In a table of fewer rows than
    :data:`EMPTY_FROM` that may be so.
    """
    return [
        f"{file}: column {column} has no value in any of {len(cells)} rows, and an empty cell "
        "counts as no event. Correct the export; if the trial did not collect it, take the column "
        f"out of the file or leave it empty, and declare that (tables.{name}.not_collected: "
        f"[{column}])"
        for column, cells in texts.items()
        if column not in declared
        if table.columns[column].empty_is_no
        if len(cells) >= EMPTY_FROM and not (cells != "").any()
    ]


def query_empty(
    name: str,
    table: Table,
    rows: int,
    given: Mapping[str, int],
    typed: Mapping[str, int],
    declared: Collection[str],
) -> Iterator[Query]:
    """Yield a query for every column of a number that has no value in any row.

    ``given``: by layout column that the export has, its filled cells there, which a missing code, a
    list of values or another key of the mapping may have emptied; ``typed``: those that became a
    value, of so many ``rows``. Columns that stop the run (:func:`find_empty`), have a query for
    each empty cell, or are ``declared`` not collected, are none of them.
    """
    for column, filled in given.items():
        if typed[column] or column in declared or _is_told(table.columns[column]):
            continue
        if filled >= EMPTIED_FROM:
            words = MessageCode.COLUMN_EMPTIED.write(filled=filled, rows=rows)
        elif not filled and rows >= EMPTY_FROM:
            words = MessageCode.COLUMN_EMPTY.write(rows=rows)
        else:
            continue
        yield Query(Severity.WARNING, name, "", column, "", Rule.EMPTY_COLUMN, words)


def _is_told(column: Column) -> bool:
    """Whether an empty column stops the run, or has a query for each cell, or carries no number."""
    return column.empty_is_no or column.required or column.use == "none"
