"""Tables that the independent check cannot make, and why: known before anything is analysed."""

from collections.abc import Sequence
from pathlib import Path

from analysis.config import Mapping
from analysis.qc.from_export.reading.columns import SUBJECT, TABLES
from analysis.qc.from_export.reading.files import FOREIGN, find_piece
from analysis.qc.from_export.reading.mapping import describe_table
from analysis.qc.from_export.reading.queries.registry import Registry
from analysis.qc.from_export.reading.queries.table import read_made
from analysis.qc.from_export.reading.sources.pieces import Piece, list_pieces


def list_unchecked(files: Sequence[Path], mapping: Mapping) -> list[str]:
    """Return why each table that no second reader can make is none, in the order of the tables.

    ``files``: of the export. Tables that a query makes are made on trial; whatever else is wrong
    with a table is not said here.
    """
    pieces = list_pieces(files)
    registry = Registry(pieces, mapping)
    return [
        problem
        for name in TABLES
        if not (name in mapping.tables and mapping.tables[name].is_absent)
        if (problem := _explain(registry, pieces, name))
    ]


def _explain(registry: Registry, pieces: Sequence[Piece], name: str) -> str:
    mapped = describe_table(registry.mapping, name)
    if mapped.is_query:
        made = read_made(registry, name, (SUBJECT, *TABLES[name].kinds))
        return made.problem if made.is_foreign else ""
    found = find_piece(pieces, mapped)
    if isinstance(found, Piece):
        return f"table {name}: {FOREIGN} {found.content.name}" * found.is_foreign
    return found.problem * found.is_foreign
