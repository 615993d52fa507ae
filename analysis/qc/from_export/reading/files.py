"""One source of the export as columns of text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from pandas.errors import ParserWarning

from analysis.io.printable import clean_cell
from analysis.qc.from_export.reading.mapping import MappedTable
from analysis.qc.from_export.reading.sources.files.damage import damage_told
from analysis.qc.from_export.reading.sources.labelled import Epoch, LabelledColumns
from analysis.qc.from_export.reading.sources.pieces import UNREADABLE, Piece, list_pieces
from analysis.qc.from_export.reading.sources.rows_by import widen
from analysis.qc.from_export.reading.sources.written import Written

FOREIGN = "the second implementation does not read"


@dataclass(frozen=True)
class TextFile:
    """A source: its columns by their names in capitals. ``problem``: why it could not be read.

    ``epoch``: what its dates are counted from, if that is not said in words. ``marked``: by column
    the texts that the file marks as missing; ``labels``: by column those of its codes. ``headers``:
    the names as they are written, by those in capitals. ``rows``: by row its number in the source,
    from 1. ``decimal``: the mark of its numbers. ``missing``: by column the texts for a missing
    value that the mapping names for its sources. ``shown_as_days``: columns of moments of which the
    file shows the day. ``is_foreign``: the check reads no files of this kind.
    """

    name: str = ""
    columns: dict[str, list[str]] = field(default_factory=dict)
    problem: str = ""
    epoch: Epoch | None = None
    marked: dict[str, frozenset[str]] = field(default_factory=dict)
    labels: dict[str, dict[str, str]] = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)
    rows: Sequence[int] = ()
    decimal: str = "."
    missing: Mapping[str, frozenset[str]] = field(default_factory=dict)
    shown_as_days: frozenset[str] = frozenset()
    is_foreign: bool = False


def read_file(pieces: Sequence[Piece], table: MappedTable) -> TextFile:
    """Return the source of a table among those of the export; one that cannot be read says why."""
    found = find_piece(pieces, table)
    return read_piece(found, table.written) if isinstance(found, Piece) else found


def find_piece(pieces: Sequence[Piece], table: MappedTable) -> Piece | TextFile:
    """Return the source of a table, or one without columns that says why there is none."""
    found = [piece for piece in pieces if _holds(piece, table)]
    foreign = _find_foreign(pieces, table)
    if foreign and not any(piece.read or piece.problem for piece in found):
        return TextFile(problem=f"table {table.name}: {FOREIGN} {foreign}", is_foreign=True)
    if len(found) != 1:
        names = ", ".join(piece.label for piece in found)
        return TextFile(problem=f"several files hold table {table.name}: {names}" if found else
                        f"no file of the export holds table {table.name}")  # fmt: skip
    return found[0]


def read_list(files: Sequence[Path], table: MappedTable) -> TextFile:
    """Return an allocation list, a CSV file named like it."""
    (path,) = [path for path in files if path.stem.lower() == table.name]
    (piece,) = list_pieces([path])
    written = table.written
    header = path.read_bytes().splitlines()[:1]
    if written.delimiter and header and written.delimiter.encode() not in header[0]:
        written = replace(written, delimiter="," if b"," in header[0] else written.delimiter)
    return read_piece(piece, written)


def _holds(piece: Piece, table: MappedTable) -> bool:
    is_wanted = table.file_type in ("auto", piece.content.path.suffix.lower()[1:])
    if table.file:
        is_named = piece.content.name == table.file and table.part in ("", piece.part)
    else:
        is_named = piece.name == table.source.casefold()
    return is_wanted and is_named


def _find_foreign(pieces: Sequence[Piece], table: MappedTable) -> str:
    """The files in which the table may be, that one reader alone reads."""
    names = [
        piece.content.name
        for piece in pieces
        if piece.is_foreign and table.file in ("", piece.content.name)
    ]
    return ", ".join(dict.fromkeys(names))


def read_piece(piece: Piece, written: Written) -> TextFile:
    """Return a source; whatever it makes the library say is the reason, without a cell of it."""
    if piece.read is None:
        return TextFile(
            piece.label,
            problem=piece.problem or f"{FOREIGN} {piece.content.name}",
            is_foreign=piece.is_foreign,
        )
    if written.title_rows and piece.part:
        return TextFile(
            piece.label,
            problem=f"{FOREIGN} titles above the names of columns (header_rows) of {piece.label}",
            is_foreign=True,
        )
    try:
        with damage_told():
            found = piece.read(written)
        cells = {_clean(name): list(map(_clean, texts)) for name, texts in found.columns.items()}
        rows: Sequence[int] = range(1, len(next(iter(cells.values()), ())) + 1)
        if written.rows_by:
            cells, rows = widen(cells, written.rows_by)
            found = LabelledColumns(cells)
    except (*UNREADABLE, ParserWarning) as error:
        reason = f"{piece.label} cannot be read ({type(error).__name__})"
        return TextFile(piece.label, problem=reason)
    return TextFile(
        piece.label,
        {name.upper(): texts for name, texts in cells.items()},
        epoch=found.epoch,
        marked={_clean(name).upper(): texts for name, texts in found.marked.items()},
        labels={_clean(name).upper(): {**labels} for name, labels in found.labels.items()},
        headers={name.upper(): name for name in cells},
        rows=rows,
        decimal=written.decimal if piece.has_decimal else ".",
        shown_as_days=frozenset(_clean(name).upper() for name in found.shown_as_days),
    )


def _clean(text: str) -> str:
    return clean_cell(text.strip())
