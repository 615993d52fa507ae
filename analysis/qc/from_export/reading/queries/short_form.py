"""A table by the short keys of its mapping: source, rows, columns, blocks and the like."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from analysis.config.mapping import TableMapping
from analysis.qc.from_export.reading.queries.columns import Columns
from analysis.qc.from_export.reading.queries.conditions import find_rows
from analysis.qc.from_export.reading.queries.joined import join
from analysis.qc.from_export.reading.queries.parts import Part, list_parts
from analysis.qc.from_export.reading.queries.registry import Registry, WrongExportError
from analysis.qc.from_export.reading.queries.relation import Column, Relation, stack


@dataclass(frozen=True)
class MadeTable:
    """The rows of a table by column of the layout, their files and numbers.

    ``places``: by column the sources and headers that its cells come from. ``sources``: the names
    of those that the table was made of.
    """

    columns: Mapping[str, Sequence[str]]
    files: Sequence[str]
    numbers: Sequence[int]
    places: Mapping[str, tuple[tuple[str, str], ...]]
    sources: tuple[str, ...]


def make_table(
    name: str, spec: TableMapping, columns: Sequence[str], registry: Registry
) -> MadeTable:
    """Return the rows of the table ``name``; ``columns``: those of the layout that are wanted.

    Raises NotCheckedError, UnlikeQueryError or WrongExportError where there are none to be had.
    """
    asked = spec.sources or (spec.source or name,)
    own = list(dict.fromkeys(found for one in asked for found in _find(one, registry)))
    relation = stack({source: registry.read(source) for source in own})
    if spec.join:
        beside = {s: stack({s: registry.read(s)}) for s in spec.join.sources}
        relation = join(own[0], {"": relation, **beside}, spec.join.by)
    looked_up = {one.source: registry.read(one.source) for one in spec.lookup.values()}
    made = [
        _make_part(Columns(spec, part, relation, looked_up), part, columns)
        for part in list_parts(spec)
    ]
    joined = spec.join.sources if spec.join else ()
    names = (*own, *joined, *looked_up)
    return _put_together(made, relation, columns, tuple(dict.fromkeys(map(str.casefold, names))))


def _find(source: str, registry: Registry) -> list[str]:
    if not set("*?[") & set(source):
        return [source.casefold()]
    found = registry.find(source)
    if not found:
        raise WrongExportError(f"no source of the export has a name like {source}")
    return found


def _make_part(
    makes: Columns, part: Part, wanted: Sequence[str]
) -> tuple[dict[str, Column], list[int]]:
    """The columns of a part, all rows of the relation, and those rows that belong to it."""
    made = makes.make((*wanted, *part.own))
    rows = find_rows(makes.relation, made, part.rows)
    own = [made[name].texts for name in part.own if name in made]
    filled = [row for row in rows if not own or any(texts[row] for texts in own)]
    return made, filled


def _put_together(
    made: Sequence[tuple[Mapping[str, Column], list[int]]],
    relation: Relation,
    wanted: Sequence[str],
    sources: tuple[str, ...],
) -> MadeTable:
    """The rows of all parts, in the order of files and rows, then of their cells."""
    names = [name for name in dict.fromkeys(wanted) if any(name in part for part, _ in made)]
    rows = sorted(
        (relation.files[row], relation.numbers[row], _list_cells(part, names, row))
        for part, places in made
        for row in places
    )
    return MadeTable(
        {name: [cells[at] for _, _, cells in rows] for at, name in enumerate(names)},
        [file for file, _, _ in rows],
        [number for _, number, _ in rows],
        {name: tuple(p for one, _ in made if name in one for p in one[name].places)
         for name in names},
        sources,
    )  # fmt: skip


def _list_cells(part: Mapping[str, Column], names: Sequence[str], row: int) -> tuple[str, ...]:
    return tuple((part[name].texts[row] if name in part else "") or "" for name in names)
