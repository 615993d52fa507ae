"""What a table is selected from: one source, several that are stacked, or others beside them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatchcase

from analysis.config.mapping import TableMapping
from analysis.config.shapes import Join
from analysis.edc.absent.columns import find_nearest
from analysis.edc.absent.sources import describe_absent_source
from analysis.edc.sql.engine import FILE, ROW, quote
from analysis.edc.sql.short_form.marks import name_mark

Headers = Mapping[str, tuple[str, ...]]
"""By source the names of its columns."""
Place = tuple[str, str]
"""A source and a column of it."""


@dataclass(frozen=True)
class Relation:
    """What stands behind FROM, and its columns.

    ``columns``: by folded name, and by ``source.name`` where several hold it, the column's name in
    ``sql`` and the places where its cells come from. ``ambiguous``: by folded name the names that
    tell apart the columns of several sources.
    """

    sql: str
    sources: tuple[str, ...]
    columns: Mapping[str, tuple[str, tuple[Place, ...]]]
    ambiguous: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def find(self, column: str) -> tuple[str, tuple[Place, ...]] | None:
        """Return a column as SQL and its places; None if there is none of the name.

        The name of the file and the number of the row are columns without a place.
        """
        if column.casefold() in (FILE, ROW):
            return f"CAST({column.casefold()} AS VARCHAR)", ()
        found = self.columns.get(column.casefold())
        return (quote(found[0]), found[1]) if found else None

    def describe_absent(self, column: str) -> str:
        """Return why a column is not found, and what may be meant."""
        if several := self.ambiguous.get(column.casefold()):
            return f"several sources hold a column {column}: write {' or '.join(several)}"
        near = find_nearest(column, [name for name, _ in self.columns.values()])
        listed = f". The nearest: {', '.join(near)}" if near else ""
        return f"{', '.join(self.sources)}: no column {column}{listed}"


def find_sources(name: str, spec: TableMapping, headers: Headers) -> tuple[list[str], list[str]]:
    """Return the sources that a table stacks, in their order, and a finding for each not there."""
    asked = spec.sources or (spec.source or name,)
    found: list[str] = []
    findings = []
    for pattern in asked:
        matching = [s for s in headers if fnmatchcase(s, pattern.casefold())]
        if not matching:
            findings.append(describe_absent_source(name, pattern, list(headers)))
        found += [source for source in matching if source not in found]
    return found, findings


def stack_sources(sources: Sequence[str], headers: Headers) -> Relation:
    """Return sources one below the other, columns by name."""
    columns: dict[str, tuple[str, tuple[Place, ...]]] = {}
    for source in sources:
        for column in headers[source]:
            name, places = columns.get(column.casefold(), (column, ()))
            columns[column.casefold()] = (name, (*places, (source, column)))
    parts = [f"SELECT * FROM {quote(source)}" for source in sources]
    below = "\n  UNION ALL BY NAME\n  ".join(parts)
    sql = quote(sources[0]) if len(sources) == 1 else f"(\n  {below}\n) AS stacked"
    return Relation(sql, tuple(sources), columns)


def list_lacking(relation: Relation, column: str) -> list[str]:
    """Return the sources of a stack that lack a column which others of it hold."""
    found = relation.columns.get(column.casefold())
    there = {source for source, _ in found[1]} if found else set()
    return [source for source in relation.sources if source not in there]


def join_sources(
    first: Relation, join: Join, headers: Headers, used: frozenset[str], *, marked: bool = False
) -> tuple[Relation, list[str]]:
    """Return the columns of other sources beside those of ``first``, row by row of the keys.

    A row that stands in one of them alone is kept. ``used``: folded names of the columns that are
    selected, so that the query says no more than it needs. ``marked``: with the row of each source
    (:func:`name_mark`) beside them.
    """
    findings = [
        f"{source}: no column {key}, by which the sources of join are matched"
        for source in join.sources
        for key in join.by
        if source in headers and key.casefold() not in {c.casefold() for c in headers[source]}
    ]
    findings += [first.describe_absent(key) for key in join.by if first.find(key) is None]
    findings += [f"join: no source {s} in the export" for s in join.sources if s not in headers]
    if findings:
        return first, findings
    parts = {"own": first, **{s: stack_sources([s], headers) for s in join.sources}}
    keys = {key.casefold() for key in join.by}
    columns, ambiguous = _name_columns(parts, keys)
    kept = {k: c for k, c in columns.items() if k in used or c[0].casefold() in used | keys}
    return Relation(
        _write_join(parts, join, kept, marked), (*first.sources, *join.sources),
        {k: (name, places) for k, (name, _, places) in kept.items()}, ambiguous,
    ), []  # fmt: skip


Named = dict[str, tuple[str, str, tuple[Place, ...]]]


def _name_columns(
    parts: Mapping[str, Relation], keys: set[str]
) -> tuple[Named, dict[str, tuple[str, ...]]]:
    """By folded name each column: its name, its expression and its places."""
    holders: dict[str, list[str]] = {}
    for alias, part in parts.items():
        for folded in part.columns:
            holders.setdefault(folded, []).append(alias)
    named: Named = {}
    ambiguous = {}
    for folded, aliases in holders.items():
        for alias in aliases:
            name, places = parts[alias].columns[folded]
            shown = alias if alias != "own" else parts[alias].sources[0]
            if folded in keys:
                of_all = tuple(p for a in aliases for p in parts[a].columns[folded][1])
                named[folded] = (name, quote(name), of_all)
            elif len(aliases) == 1:
                named[folded] = (name, f"{quote(alias)}.{quote(name)}", places)
            else:
                full = f"{shown}.{name}"
                named[full.casefold()] = (full, f"{quote(alias)}.{quote(name)}", places)
        if len(aliases) > 1 and folded not in keys:
            ambiguous[folded] = tuple(
                f"{alias if alias != 'own' else parts[alias].sources[0]}."
                f"{parts[alias].columns[folded][0]}"
                for alias in aliases
            )
    return named, ambiguous


def _write_join(parts: Mapping[str, Relation], join: Join, columns: Named, marked: bool) -> str:
    cells = [f"coalesce({sql}, '') AS {quote(name)}" for name, sql, _ in columns.values()]
    for mark in (FILE, ROW):
        marks = ", ".join(f"{quote(alias)}.{mark}" for alias in parts)
        cells.append(f"coalesce({marks}) AS {mark}")
    if marked:
        cells += [f"{quote(alias)}.{ROW} AS {quote(name_mark(alias))}" for alias in parts]
    listed = ",\n    ".join(cells)
    by = ", ".join(quote(key) for key in join.by)
    own = parts["own"].sql.removesuffix(" AS stacked")
    tables = f"{own} AS own" + "".join(
        f"\n  FULL JOIN {quote(source)} AS {quote(source)} USING ({by})" for source in join.sources
    )
    return f"(\n  SELECT\n    {listed}\n  FROM {tables}\n) AS joined"
