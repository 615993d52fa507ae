"""The cells of a table as the mapping has them, and what is said of how they were read."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING

from analysis.config import Mapping
from analysis.config.mapping import TableMapping
from analysis.edc.cells.beside import find_beside, find_lacking, find_missing
from analysis.edc.cells.mapped import count_mapped, map_cells
from analysis.edc.cells.marked_missing import empty_codes, query_codes, tell_codes
from analysis.edc.cells.told import ReadCells, query_told
from analysis.edc.layout import Table
from analysis.edc.reading.columns import FoundColumns
from analysis.edc.reading.reading import Reading
from analysis.edc.sources.labelled_table import LabelledTable
from analysis.edc.sources.source import Source
from analysis.edc.sources.statistical.unformatted_dates import fit_dates
from analysis.errors import ConfigError

if TYPE_CHECKING:
    from analysis.edc.sql.queried_table import QueriedTable


@dataclass(frozen=True)
class Part:
    """One table that is being read: its name, its rules, its source and what the mapping says."""

    name: str
    table: Table
    taken: "Source | QueriedTable"
    spec: TableMapping
    mapping: Mapping


def read_cells(
    reading: Reading, part: Part, source: LabelledTable, found: FoundColumns
) -> dict[str, ReadCells]:
    """Return the cells of each column as the mapping has them, and note how they were read."""
    name, spec, headers = part.name, part.spec, found.headers
    there = {
        c: empty_codes(source, header, c, fit_dates(source, header, part.table.columns[c]), spec)
        for c, header in headers.items()
    }
    reading.raised.extend(query_codes(source, headers, name))
    reading.fatal.extend(find_lacking(part.taken.label, name, spec, source, headers))
    read: dict[str, ReadCells] = {}
    for column, cells in there.items():
        try:
            missing = find_missing(part.mapping, column, _name_sources(part.taken, column))
        except ConfigError as error:
            reading.fatal.append(f"table {name}, {error}")
            continue
        decimal = reading.decimals[name]
        beside = find_beside(source, headers[column], column, spec, decimal, missing)
        rules = part.table.columns[column]
        read[column] = map_cells(cells, column, rules, spec, part.mapping, beside)
    for column, one in read.items():
        reading.raised.extend(query_told(name, column, one.told))
    reading.told[name] = {
        c: {**one.told, **tell_codes(source, headers[c], there[c])} for c, one in read.items()
    }
    changed = {column: count_mapped(there[column], one.texts) for column, one in read.items()}
    reading.mapped[name] = (part.taken.label, changed)
    return read


def _name_sources(taken: "Source | QueriedTable", column: str) -> Collection[str]:
    """The sources from which a column of a table comes: of a query those that it names for it."""
    if isinstance(taken, Source):
        return (taken.name,)
    places = taken.query.places.get(column, ())
    return {source for source, _ in places} or taken.query.sources
