"""Values that stand in another source: how their rows are found, and what may be wrong with it."""

from collections.abc import Iterable
from dataclasses import dataclass

from analysis.config.mapping import TableMapping
from analysis.config.shapes import Lookup
from analysis.edc.sql.engine import quote, quote_text
from analysis.edc.sql.short_form.cells import name_lookup
from analysis.edc.sql.short_form.relation import Headers, Relation


@dataclass(frozen=True)
class SoughtKeys:
    """What a column is looked up by, where leading zeros count.

    ``column``: of the layout; ``here`` and ``there``: the first columns of ``match``. ``exact``: a
    query of one row, how many keys are found (``n``). ``alike``: one of the keys that are found
    only if leading zeros do not count, as they are written ``here`` and ``there``.
    """

    column: str
    here: str
    there: str
    exact: str
    alike: str


def write_lookup_join(column: str, lookup: Lookup, relation: Relation) -> str:
    """Return the join by which a query finds the rows that a column is looked up in."""
    alias = name_lookup(column)
    keys = [
        f"{write_key(quote(there), lookup)} AS key_{i}"
        for i, there in enumerate(lookup.match.values(), 1)
    ]
    same = " AND ".join(
        f"{alias}.key_{i} = {write_key(sql, lookup)}"
        for i, sql in enumerate(list_sought_columns(lookup, relation), 1)
    )
    return (
        f"LEFT JOIN (SELECT DISTINCT {', '.join(keys)}, {quote(lookup.take)} AS taken "
        f"FROM {quote(lookup.source)} WHERE {_write_filled(lookup)}) AS {alias}\n  ON {same}"
    )


def write_key(sql: str, lookup: Lookup) -> str:
    """Return a key as it is compared: without the leading zeros of its numbers, if so declared."""
    return _drop_zeros(sql) if lookup.leading_zeros == "ignore" else sql


def write_where(lookup: Lookup) -> str:
    """Return the condition for the rows that are looked at; empty if it is all of them."""
    return " AND ".join(f"{quote(c)} = {quote_text(text)}" for c, text in lookup.where.items())


def list_sought(spec: TableMapping, relation: Relation) -> tuple[SoughtKeys, ...]:
    """Return the keys of each lookup in which leading zeros count."""
    return tuple(
        _describe(column, lookup, relation)
        for column, lookup in spec.lookup.items()
        if lookup.leading_zeros == "count"
    )


def check_lookups(spec: TableMapping, headers: Headers) -> list[str]:
    """Return a finding for each column that a source which is looked up in lacks."""
    return [
        f"lookup.{column}: {lookup.source} has no column {there}"
        for column, lookup in spec.lookup.items()
        for there in (*lookup.match.values(), *lookup.where, lookup.take)
        if there.casefold() not in {c.casefold() for c in headers[lookup.source]}
    ]


def list_keys(expressions: Iterable[str]) -> str:
    """Return keys as a query selects them: ``key_1``, ``key_2`` and so on."""
    return ", ".join(f"{sql} AS key_{i}" for i, sql in enumerate(expressions, 1))


def list_sought_columns(lookup: Lookup, relation: Relation) -> list[str]:
    """Return the columns of the table's own sources by which a column is looked up, as SQL."""
    return [(relation.find(here) or (quote(here),))[0] for here in lookup.match]


def _describe(column: str, lookup: Lookup, relation: Relation) -> SoughtKeys:
    sought = list_keys(list_sought_columns(lookup, relation))
    held = list_keys(map(quote, lookup.match.values()))
    tables = (
        f"(SELECT DISTINCT {sought} FROM {relation.sql}) AS sought\n"
        f"JOIN (SELECT DISTINCT {held} FROM {quote(lookup.source)} "
        f"WHERE {_write_filled(lookup)}) AS held\n  ON "
    )
    keys = [(f"sought.key_{i}", f"held.key_{i}") for i in range(1, len(lookup.match) + 1)]
    exact = " AND ".join(f"{here} = {there}" for here, there in keys)
    alike = " AND ".join(f"{_drop_zeros(here)} = {_drop_zeros(there)}" for here, there in keys)
    return SoughtKeys(
        column, *next(iter(lookup.match.items())),
        f"SELECT count(*) AS n FROM {tables}{exact}",
        f"SELECT sought.key_1 AS here, held.key_1 AS there, count(*) OVER () AS n "
        f"FROM {tables}{alike}\nORDER BY here, there LIMIT 1",
    )  # fmt: skip


def _write_filled(lookup: Lookup) -> str:
    filled = [f"{quote(column)} <> ''" for column in (*lookup.match.values(), lookup.take)]
    return " AND ".join([*filled, *filter(None, [write_where(lookup)])])


def _drop_zeros(sql: str) -> str:
    """Every number in a text without zeros before its first other digit; the last one stays."""
    return rf"regexp_replace({sql}, '(^|[^0-9])0+([0-9])', '\1\2', 'g')"
