"""The rows of sources that are looked up in or joined, and belong to no row of the table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from analysis.config.mapping import TableMapping
from analysis.config.shapes import Join, Lookup
from analysis.edc.sql.engine import ROW, quote
from analysis.edc.sql.short_form.lookups import (
    list_keys,
    list_sought_columns,
    write_key,
    write_where,
)
from analysis.edc.sql.short_form.relation import Place, Relation

ROWS, LEFT_OUT, ABSENT, FIRST = "rows", "left_out", "absent", "first"
SHOWN = 5


@dataclass(frozen=True)
class Rows:
    """The rows of a table as queries select them: what stands behind the columns, for each part.

    ``kept``: those that become rows of the table; ``looked_at``: with those in which all columns
    of a block are empty. ``is_conditional``: whether a condition chooses among them.
    """

    relation: Relation
    kept: Sequence[str]
    looked_at: Sequence[str]
    is_conditional: bool


@dataclass(frozen=True)
class CountedSource:
    """A source beside the table's own, of which rows may belong to none of the table.

    ``columns``: of the layout that a lookup takes from it, of the source that a join does.
    ``base``: what it is joined to, empty of a lookup. ``sql``: a query of one row: how many rows of
    the source hold a value (``rows``), how many of them no row of the table takes (``left_out``),
    because of how many the base has no row of their key (``absent``), and the numbers of the first
    five of them (``first``).
    """

    source: str
    columns: tuple[str, ...]
    sql: str
    base: tuple[str, ...] = ()


def count_looked_up(spec: TableMapping, rows: Rows) -> tuple[CountedSource, ...]:
    """Return each source that is looked up in. A row is taken if one of its lookups finds it."""
    by_source: dict[str, dict[str, Lookup]] = {}
    for column, lookup in spec.lookup.items():
        by_source.setdefault(lookup.source, {})[column] = lookup
    return tuple(
        CountedSource(
            source,
            tuple(lookups),
            _write_count(_write_looked_up(lookup, rows) for lookup in lookups.values()),
        )
        for source, lookups in by_source.items()
    )


def count_joined(
    join: Join, rows: Rows, base: Relation, places: Mapping[str, tuple[Place, ...]]
) -> tuple[CountedSource, ...]:
    """Return each source that is joined, where a condition may leave out rows of it.

    ``base``: what it is joined to; ``places``: by layout column, where its cells come from.
    """
    if not rows.is_conditional:
        return ()
    keys = {key.casefold() for key in join.by}
    counted = []
    for source in join.sources:
        taken = dict.fromkeys(
            name
            for of_column in places.values()
            for place, name in of_column
            if place == source and name.casefold() not in keys
        )
        if taken:
            sql = _write_count([_write_joined(source, tuple(taken), join, rows, base)])
            counted.append(CountedSource(source, tuple(taken), sql, base.sources))
    return tuple(counted)


def _write_looked_up(lookup: Lookup, rows: Rows) -> str:
    """Each row with a value that a lookup looks at, and whether a row of the table seeks it."""
    held = list_keys(write_key(quote(there), lookup) for there in lookup.match.values())
    looked_at = [f"{quote(lookup.take)} <> ''", *filter(None, [write_where(lookup)])]
    columns = [write_key(sql, lookup) for sql in list_sought_columns(lookup, rows.relation)]
    same = [
        f"sought.key_{i} = held.key_{i} AND held.key_{i} <> ''"
        for i in range(1, len(lookup.match) + 1)
    ]
    return (
        f"SELECT held.{ROW}, sought.key_1 IS NOT NULL AS is_taken, FALSE AS is_absent\n"
        f"FROM (SELECT {ROW}, {held} FROM {quote(lookup.source)} WHERE {' AND '.join(looked_at)}) "
        f"AS held\nLEFT JOIN (\n{_write_keys(columns, rows.kept)}\n) AS sought\n"
        f"  ON {' AND '.join(same)}"
    )


def _write_joined(source: str, taken: Sequence[str], join: Join, rows: Rows, base: Relation) -> str:
    """Each row with a value that a join takes, and whether its key is kept, and is in the base."""
    of_table, of_base = (
        [(relation.find(key) or (quote(key),))[0] for key in join.by]
        for relation in (rows.relation, base)
    )
    kept, own = (
        " AND ".join(f"{alias}.key_{i} = held.key_{i}" for i in range(1, len(join.by) + 1))
        for alias in ("kept", "own")
    )
    texts = ", ".join(map(quote, taken))
    return (
        f"SELECT held.{ROW}, kept.key_1 IS NOT NULL AS is_taken, own.key_1 IS NULL AS is_absent\n"
        f"FROM (SELECT {ROW}, {list_keys(map(quote, join.by))} FROM {quote(source)} "
        f"WHERE concat({texts}) <> '') AS held\n"
        f"LEFT JOIN (\n{_write_keys(of_table, rows.looked_at)}\n) AS kept\n  ON {kept}\n"
        f"LEFT JOIN (\n{_write_keys(of_base, [f'FROM {base.sql}'])}\n) AS own\n  ON {own}"
    )


def _write_keys(columns: Sequence[str], parts: Sequence[str]) -> str:
    """The keys of all rows of all parts, each once."""
    return "\nUNION\n".join(f"SELECT DISTINCT {list_keys(columns)}\n{part}" for part in parts)


def _write_count(parts: Iterable[str]) -> str:
    """How many rows there are, and the rows that are taken in none of the parts."""
    each = "\nUNION ALL\n".join(parts)
    left = "FILTER (WHERE NOT is_taken)"
    return (
        f"SELECT count(*) AS {quote(ROWS)}, count(*) {left} AS {LEFT_OUT}, "
        f"count(*) FILTER (WHERE NOT is_taken AND is_absent) AS {ABSENT}, "
        f"array_to_string(min({ROW}, {SHOWN}) {left}, ', ') AS {quote(FIRST)}\n"
        f"FROM (SELECT {ROW}, bool_or(is_taken) AS is_taken, bool_and(is_absent) AS is_absent\n"
        f"FROM (\n{each}\n) AS each_row GROUP BY {ROW}) AS counted"
    )
