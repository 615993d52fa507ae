"""The tables of the layout as queries over the sources of an export, also those that are a file."""

from dataclasses import dataclass
from pathlib import Path

from analysis.config import Mapping
from analysis.config.mapping import TableMapping
from analysis.edc.layout import Layout
from analysis.edc.reading.reading import find_spec
from analysis.edc.sources.folder import list_tables
from analysis.edc.sources.source import Source
from analysis.edc.sql.queried_table import QueriedTable
from analysis.edc.sql.shelf import Shelf, list_by_name


@dataclass(frozen=True)
class OpenedExport:
    """An export and the queries that make tables of it.

    ``shelf``: its sources by name. ``tables``: by name those that the mapping finds a source for,
    in the order of the layout; ``absent``: by name why there is none.
    """

    shelf: Shelf
    tables: dict[str, QueriedTable]
    absent: dict[str, str]


def open_export(folder: Path, mapping: Mapping, layout: Layout) -> OpenedExport:
    """Return the sources of ``folder`` and the tables that ``mapping`` makes of them.

    Nothing is read yet. Raises DataError if the folder is absent.
    """
    of_tables = list_tables(folder, mapping)
    shelf = Shelf(list_by_name(of_tables), mapping.query_seconds)
    opened = OpenedExport(shelf, {}, {})
    for name, table in layout.tables.items():
        spec = find_spec(mapping, name)
        found = of_tables.get(name, [])
        if spec.is_query:
            opened.tables[name] = QueriedTable(name, spec, table, shelf)
        elif len(found) == 1:
            opened.tables[name] = QueriedTable(name, _name_source(spec, found[0]), table, shelf)
        else:
            opened.absent[name] = _explain_absent(spec, found)
    return opened


def _name_source(spec: TableMapping, source: Source) -> TableMapping:
    """The mapping of a table that is one source, with the source named as queries name it."""
    return spec.model_copy(update={"source": source.name, "file": None})


def _explain_absent(spec: TableMapping, found: list[Source]) -> str:
    if found:
        return "several files: " + ", ".join(source.label for source in found)
    return "not collected" if spec.is_absent else "no source in the export"
