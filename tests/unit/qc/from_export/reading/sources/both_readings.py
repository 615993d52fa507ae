"""The sources of a folder as the package reads them, and as the check does."""

from __future__ import annotations

from pathlib import Path

from analysis.config import Mapping
from analysis.edc.sources.folder import list_sources
from analysis.edc.sources.source import Source
from analysis.io.printable import clean_cell
from analysis.qc.from_export.reading.files import TextFile, read_piece
from analysis.qc.from_export.reading.queries.registry import Registry
from analysis.qc.from_export.reading.sources.pieces import list_pieces
from analysis.qc.from_export.reading.sources.written import describe_writing

Columns = dict[str, list[str]]


def read_by_check(folder: Path, mapping: Mapping) -> dict[str, TextFile]:
    """Every source of a folder by its name."""
    registry = Registry(list_pieces(sorted(folder.iterdir())), mapping)
    return {name: registry.read(name) for name in registry.list_names()}


def read_file_by_check(path: Path, mapping: Mapping) -> TextFile:
    """The only source of a file, which may have a problem."""
    (piece,) = list_pieces([path])
    return read_piece(piece, describe_writing(mapping, None))


def require_same(folder: Path, mapping: Mapping) -> dict[str, Columns]:
    """Both find the same sources, with the same cells, marks and labels; the cells by source."""
    sources = {source.name.casefold(): source for source in list_sources(folder, mapping)}
    read = read_by_check(folder, mapping)
    assert {*read} == {*sources}
    for name, file in read.items():
        _require_same(sources[name], file)
    return {name: file.columns for name, file in read.items()}


def _require_same(source: Source, file: TextFile) -> None:
    table = source.read()
    assert file.problem == ""
    assert file.name == source.label
    given = {
        str(name).upper(): list(map(clean_cell, table.texts[name])) for name in table.texts.columns
    }
    assert list(file.columns) == list(given)
    for name, cells in given.items():
        assert file.columns[name] == cells, name
    assert file.decimal == source.decimal
    assert file.marked == {n.upper(): codes for n, codes in table.missing_codes.items()}
    for name, labels in table.value_labels.items():
        assert labels.items() <= file.labels.get(name.upper(), {}).items()
