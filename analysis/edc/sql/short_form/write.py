"""The query that the short keys of a table stand for."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from analysis.config.mapping import TableMapping
from analysis.edc.cells.beside import list_beside
from analysis.edc.layout import Table
from analysis.edc.sql.engine import FILE, ROW, quote
from analysis.edc.sql.short_form.blocks import Part, list_parts
from analysis.edc.sql.short_form.cells import Cell, write_cells
from analysis.edc.sql.short_form.conditions import find_names, write_conditions, write_filled
from analysis.edc.sql.short_form.empty_blocks import CountedBlock
from analysis.edc.sql.short_form.lookups import (
    SoughtKeys,
    check_lookups,
    list_sought,
    write_lookup_join,
)
from analysis.edc.sql.short_form.marks import list_marks
from analysis.edc.sql.short_form.not_taken import CountedSource, Rows, count_joined, count_looked_up
from analysis.edc.sql.short_form.relation import (
    Headers,
    Place,
    Relation,
    find_sources,
    join_sources,
    list_lacking,
    stack_sources,
)
from analysis.edc.sql.short_form.unique import Unique, list_unique


@dataclass(frozen=True)
class Query:
    """The query of one table, or why there is none.

    ``places``: by layout column the sources and columns that its cells come from. ``unique``:
    what is joined or looked up, and may match only once. ``columns``: the folded names of the
    columns of sources that it speaks of. ``blocks``: those whose empty rows it leaves out.
    ``sought``: the keys by which columns are looked up. ``counted``: the sources beside its own
    of which rows may belong to no row of the table. ``cells``: by block, from 0, what ``places``
    says of all of them, without the columns that are looked up.
    """

    sql: str = ""
    sources: tuple[str, ...] = ()
    places: Mapping[str, tuple[Place, ...]] = field(default_factory=dict)
    unique: tuple[Unique, ...] = ()
    findings: tuple[str, ...] = ()
    columns: frozenset[str] = frozenset()
    blocks: tuple[CountedBlock, ...] = ()
    sought: tuple[SoughtKeys, ...] = ()
    counted: tuple[CountedSource, ...] = ()
    cells: tuple[Mapping[str, tuple[Place, ...]], ...] = ()


def write_query(
    name: str, spec: TableMapping, table: Table, headers: Headers, *, marked: bool = False
) -> Query:
    """Return the query of the table ``name``; ``headers``: of the sources of the export, folded.

    Every name that no source holds is a finding, all of them together. ``marked``: what it gives
    also says of each row which block it is of and which rows were joined (:mod:`marks`).
    """
    sources, findings = find_sources(name, spec, headers)
    findings += [
        f"lookup.{column}: no source {lookup.source} in the export"
        for column, lookup in spec.lookup.items()
        if lookup.source not in headers
    ]
    if findings or not sources:
        return Query(findings=_name_table(name, findings))
    parts = list_parts(spec)
    relation = stacked = stack_sources(sources, headers)
    used = _list_used(spec, parts, table)
    if spec.join:
        relation, findings = join_sources(relation, spec.join, headers, used, marked=marked)
    if findings:
        return Query(findings=_name_table(name, findings))
    selects, places = [], dict[str, tuple[Place, ...]]()
    blocks: list[CountedBlock] = []
    kept: list[str] = []
    looked_at: list[str] = []
    of_blocks: list[Mapping[str, tuple[Place, ...]]] = []
    for number, part in enumerate(parts):
        cells, missing = write_cells(spec, part, table, relation)
        conditions, wrong = write_conditions(part, cells)
        findings += [*missing, *wrong, *_find_lacking(stacked, cells)]
        filled = write_filled(part, cells)
        listed = _write_cells(cells, list_marks(spec, number) if marked else {})
        looked_at.append(_write_from(spec, relation, conditions))
        kept.append(_write_from(spec, relation, [*conditions, *filled]))
        selects.append(f"{listed}\n{kept[-1]}")
        if filled:
            blocks.append(CountedBlock.of(part, cells, f"{listed}\n{looked_at[-1]}"))
        of_blocks.append({c: cell.places for c, cell in cells.items() if c not in spec.lookup})
        for column, cell in cells.items():
            places[column] = (*places.get(column, ()), *cell.places)
    findings += check_lookups(spec, headers)
    rows = Rows(relation, kept, looked_at, any(part.rows for part in parts))
    return Query(
        "\nUNION ALL BY NAME\n".join(selects),
        (*relation.sources, *(lookup.source for lookup in spec.lookup.values())),
        places,
        list_unique(spec),
        _name_table(name, dict.fromkeys(findings)),
        used,
        tuple(blocks),
        () if findings else list_sought(spec, relation),
        () if findings else _list_counted(spec, rows, stacked, places),
        tuple(of_blocks),
    )


def _list_counted(
    spec: TableMapping, rows: Rows, stacked: Relation, places: Mapping[str, tuple[Place, ...]]
) -> tuple[CountedSource, ...]:
    own = {column: of for column, of in places.items() if column not in spec.lookup}
    joined = count_joined(spec.join, rows, stacked, own) if spec.join else ()
    return (*joined, *count_looked_up(spec, rows))


def _name_table(name: str, findings: Iterable[str]) -> tuple[str, ...]:
    return tuple(
        f if f.startswith("table ") else f"table {name}: {f}. Correct it (tables.{name})"
        for f in findings
    )


def _list_used(spec: TableMapping, parts: list[Part], table: Table) -> frozenset[str]:
    """The folded names of all columns that the mapping of a table may speak of."""
    names = {*table.columns}
    for part in parts:
        names |= {*part.columns.values(), *part.times.values()}
        names |= {name for rows in part.rows for name in find_names(rows)}
    names |= {*list_beside(spec).values()}
    names |= {box for boxes in spec.checkboxes.values() for box in boxes}
    names |= {column for lookup in spec.lookup.values() for column in lookup.match}
    return frozenset(name.casefold() for name in names)


def _write_cells(cells: Mapping[str, Cell], marks: Mapping[str, str]) -> str:
    listed = [f"{cell.sql} AS {quote(column)}" for column, cell in cells.items()]
    beside = [f"{sql} AS {quote(name)}" for name, sql in marks.items()]
    return "SELECT\n  " + ",\n  ".join([*listed, FILE, ROW, *beside])


def _write_from(spec: TableMapping, relation: Relation, conditions: list[str]) -> str:
    """The rows that are selected: all that stands behind the columns."""
    lines = [f"FROM {relation.sql}"]
    lines += [write_lookup_join(column, lookup, relation) for column, lookup in spec.lookup.items()]
    if conditions:
        lines.append("WHERE " + "\n  AND ".join(conditions))
    return "\n".join(lines)


def _find_lacking(stacked: Relation, cells: Mapping[str, Cell]) -> list[str]:
    """A column that some of the stacked sources lack would be empty for their subjects."""
    findings = []
    for column, cell in cells.items():
        for source, there in cell.places:
            lacking = list_lacking(stacked, there) if source in stacked.sources else []
            findings += [
                f"{column}: {lacks} has no column {there}, which {source} has; export it, or take "
                f"{lacks} in by a query (sql) that says what stands for it"
                for lacks in lacking
            ]
    return findings
