"""The sources that tables name: by keys of their own, in a query, or by the name of the table."""

from collections.abc import Collection, Iterator, Mapping
from fnmatch import fnmatchcase

from analysis.config.mapping import TableMapping


def list_named(spec: TableMapping) -> Iterator[str]:
    """Yield the sources that a table names by keys of its own; those of a query in SQL not."""
    yield from (spec.source,) if spec.source else ()
    yield from spec.sources
    yield from spec.join.sources if spec.join else ()
    yield from (lookup.source for lookup in spec.lookup.values())


def find_tables_of(
    sources: Collection[str], specs: Mapping[str, TableMapping]
) -> dict[str, list[str]]:
    """Return, by each of ``sources`` (folded), the tables that read it, in the order of ``specs``.

    ``specs``: by table what the mapping says of it.
    """
    found: dict[str, list[str]] = {source: [] for source in sources}
    for table, spec in specs.items():
        patterns = {pattern.casefold() for pattern in _list_read(table, spec)}
        for source in sources:
            if any(fnmatchcase(source, pattern) for pattern in patterns):
                found[source].append(table)
    return found


def _list_read(table: str, spec: TableMapping) -> Iterator[str]:
    yield from list_named(spec)
    if spec.sql:
        yield from _list_in_sql(spec.sql)
    elif not (spec.source or spec.sources or spec.file):
        yield table


def _list_in_sql(text: str) -> frozenset[str]:
    """The names that a query selects from; none of one that cannot be parsed, which says so."""
    from analysis.edc.sql.statement import QueryError, parse_statement  # loads the engine

    try:
        return parse_statement(text).tables
    except QueryError:
        return frozenset()
