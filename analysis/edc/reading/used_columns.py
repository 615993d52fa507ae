"""Which columns of a source the tables made of it take or speak of."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from analysis.edc.cells.beside import list_beside

if TYPE_CHECKING:
    from analysis.edc.sql.queried_table import QueriedTable


def list_unused(
    tables: "Iterable[QueriedTable]", source: str, columns: Iterable[str]
) -> tuple[str, ...]:
    """Return those ``columns`` of ``source`` that no table takes, nor speaks of, in their order.

    Of a query in SQL that selects ``*`` nobody can tell: it is taken to use all of them.
    """
    using = [table for table in tables if source in table.query.sources]
    if any("*" in (table.spec.sql or "") for table in using):
        return ()
    used = {name for table in using for name in list_taken(table, source) | list_spoken(table)}
    return tuple(column for column in map(str, columns) if column.casefold() not in used)


def list_taken(table: "QueriedTable", source: str) -> set[str]:
    """Return the folded names of the columns that a table takes from a source."""
    of_layout = {c for places in table.query.places.values() for s, c in places if s == source}
    return {column.casefold() for column in (*of_layout, *list_beside(table.spec).values())}


def list_spoken(table: "QueriedTable") -> set[str]:
    """Return what conditions, joins and queries in SQL name, folded.

    No column of the layout is meant by its own name in short keys.
    """
    if table.spec.sql:
        return set(table.query.columns)
    own = {column.casefold() for column in table.table.columns}
    keys = {key.casefold() for key in table.spec.join.by} if table.spec.join else set()
    lookups = table.spec.lookup.values()
    there = {c.casefold() for one in lookups for c in (*one.match.values(), *one.where)}
    return (set(table.query.columns) - own) | keys | there
