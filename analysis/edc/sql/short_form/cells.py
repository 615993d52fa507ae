"""Each column of a table as an expression over the columns of its sources."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from analysis.config.mapping import TableMapping
from analysis.config.shapes import Lookup
from analysis.edc.cells.beside import list_beside
from analysis.edc.layout import Table
from analysis.edc.sql.engine import quote, quote_text
from analysis.edc.sql.short_form.blocks import Part
from analysis.edc.sql.short_form.relation import Place, Relation

BETWEEN_TICKS = "; "


@dataclass(frozen=True)
class Cell:
    """One column of a table: its expression, and the places where its cells come from."""

    sql: str
    places: tuple[Place, ...] = ()


def write_cells(
    spec: TableMapping, part: Part, table: Table, relation: Relation
) -> tuple[dict[str, Cell], list[str]]:
    """Return the columns of a table in the order of the layout, and what was not found.

    A column that the mapping does not name is that of its own name, where the source has one.
    Columns of units stand behind those of the layout, under their own names.
    """
    cells: dict[str, Cell] = {}
    findings: list[str] = []
    for column in table.columns:
        if column in part.constants:
            cells[column] = Cell(quote_text(part.constants[column]))
        elif column in spec.checkboxes:
            _add(cells, findings, column, _write_ticks(spec.checkboxes[column], relation))
        elif column in spec.lookup:
            _add(cells, findings, column, _write_lookup(column, spec.lookup[column], relation))
        elif column in part.columns or column in part.times:
            names = [part.columns.get(column, column), *filter(None, [part.times.get(column)])]
            _add(cells, findings, column, _write_column(names, relation))
        elif (own := relation.find(column)) is not None:
            cells[column] = Cell(*own)
    for name in list_beside(spec).values():
        if name not in cells and (own := relation.find(name)) is not None:
            cells[name] = Cell(*own)
    return cells, findings


def _add(
    cells: dict[str, Cell], findings: list[str], column: str, written: Cell | list[str]
) -> None:
    if isinstance(written, Cell):
        cells[column] = written
    else:
        findings += [f"{column}: {finding}" for finding in written]


def _write_column(names: Sequence[str], relation: Relation) -> Cell | list[str]:
    """A column, or that of the date and that of the time with a blank between them."""
    found = {name: relation.find(name) for name in names}
    absent = [relation.describe_absent(name) for name, it in found.items() if it is None]
    if absent:
        return absent
    there = [it for it in found.values() if it is not None]
    sql = " || ' ' || ".join(it[0] for it in there)
    places = tuple(place for it in there for place in it[1])
    return Cell(sql if len(there) == 1 else f"trim({sql})", places)


def _write_ticks(boxes: Mapping[str, str], relation: Relation) -> Cell | list[str]:
    """The codes of the boxes that are ticked, in their order; what is no tick stays visible."""
    absent = [relation.describe_absent(box) for box in boxes if relation.find(box) is None]
    if absent:
        return absent
    parts: list[str] = []
    places: list[Place] = []
    for box, code in boxes.items():
        sql, of_box = relation.find(box) or ("", ())
        parts.append(
            f"CASE WHEN ticked({sql}) THEN {quote_text(code)} "
            f"WHEN NOT unticked({sql}) THEN {quote_text(box + '=')} || {sql} END"
        )
        places += of_box
    joined = ",\n    ".join(parts)
    return Cell(f"concat_ws({quote_text(BETWEEN_TICKS)},\n    {joined})", tuple(places))


def _write_lookup(column: str, lookup: Lookup, relation: Relation) -> Cell | list[str]:
    """What is looked up; where nothing is found the text that was sought, or an empty one."""
    absent = [relation.describe_absent(c) for c in lookup.match if relation.find(c) is None]
    if absent:
        return absent
    sought, _ = relation.find(next(iter(lookup.match))) or ("", ())
    other = quote_text("") if lookup.not_found == "empty" else sought
    return Cell(f"coalesce({name_lookup(column)}.taken, {other})", ((lookup.source, lookup.take),))


def name_lookup(column: str) -> str:
    """Return the name under which a query knows what a column is looked up in."""
    return quote(f"lookup_{column}")
