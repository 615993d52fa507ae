"""Columns that the blinded search suspects: those that the mapping declares to be no allocation."""

from pathlib import Path

from analysis.config import Mapping
from analysis.edc.sources.source import Source
from analysis.edc.sql.queried_table import QueriedTable

Declared = frozenset[tuple[str, str]]
"""Names of tables, files or sources, and columns, folded."""


def list_declared_columns(mapping: Mapping) -> Declared:
    """Return what ``not_allocation`` names. Any other suspect stops the page."""
    return frozenset(
        (name.casefold(), column.casefold())
        for name, spec in mapping.tables.items()
        for column in spec.not_allocation
    )


def is_suspect(table: QueriedTable, column: str, declared: Declared) -> bool:
    """Return whether a layout column, or one that its cells come from, is declared."""
    places = table.query.places.get(column, ())
    headers = {column.casefold(), *(header.casefold() for _, header in places)}
    named = {(table.name.casefold(), header) for header in headers}
    for source, header in places:
        named |= {(name, header.casefold()) for name in name_source(table.shelf.find(source))}
    return bool(named & declared)


def name_source(source: Source) -> frozenset[str]:
    """Return the names by which the mapping may call a source, folded."""
    return frozenset({source.name.casefold(), Path(source.file.name).stem.casefold()})
