"""One file of the export as columns of text: CSV by pandas, SAS and SPSS by raw values."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from pandas.errors import ParserWarning

from analysis.io.printable import clean_cell
from analysis.qc.from_export.reading.mapping import MappedTable
from analysis.qc.from_export.reading.sas_and_spss import (
    LabelledColumns,
    find_epoch,
    read_sas_or_spss,
)
from analysis.qc.from_export.reading.sources.delimited import read_delimited
from analysis.qc.from_export.reading.sources.rows_by import widen
from analysis.qc.from_export.reading.sources.written import USUAL, Written

SUFFIXES = (*USUAL, ".xpt", ".sas7bdat", ".sav")


@dataclass(frozen=True)
class TextFile:
    """A file: its columns by their names in capitals. ``problem``: why it could not be read.

    ``epoch``: what its dates are counted from, in SAS and SPSS files. ``marked``: by column the
    texts that the file marks as missing; ``labels``: by column those of its codes. ``headers``: the
    names as they are written, by those in capitals. ``rows``: by row its number in the source, from
    1. ``decimal``: the mark of its numbers. ``missing``: by column the texts for a missing value
    that the mapping names for its sources. ``is_foreign``: the check reads no files of this kind.
    """

    name: str = ""
    columns: dict[str, list[str]] = field(default_factory=dict)
    problem: str = ""
    epoch: datetime | None = None
    marked: dict[str, frozenset[str]] = field(default_factory=dict)
    labels: dict[str, dict[str, str]] = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)
    rows: Sequence[int] = ()
    decimal: str = "."
    missing: Mapping[str, frozenset[str]] = field(default_factory=dict)
    is_foreign: bool = False


def read_file(files: Sequence[Path], table: MappedTable) -> TextFile:
    """Return the file of a table among those of the export; one that cannot be read says why."""
    found = [path for path in files if _holds(path, table)]
    if not found and (kinds := _find_foreign(files, table)):
        return TextFile(
            problem=f"table {table.name}: the second implementation reads text files and those of "
            f"SAS and SPSS alone, not {kinds}",
            is_foreign=True,
        )
    if len(found) != 1:
        names = ", ".join(path.name for path in found)
        return TextFile(problem=f"several files hold table {table.name}: {names}" if found else
                        f"no file of the export holds table {table.name}")  # fmt: skip
    return read_path(found[0], table.written)


def read_list(files: Sequence[Path], table: MappedTable) -> TextFile:
    """Return an allocation list, a CSV file named like it."""
    (path,) = (path for path in files if path.stem.lower() == table.name)
    return read_path(path, table.written)


def _holds(path: Path, table: MappedTable) -> bool:
    suffix = path.suffix.lower()
    wanted = SUFFIXES if table.file_type == "auto" else (f".{table.file_type}",)
    named = path.name == table.file if table.file else path.stem.lower() == table.source
    return named and suffix in wanted and not table.part


def _find_foreign(files: Sequence[Path], table: MappedTable) -> str:
    """The kinds of the files in which the table may be, that are read by one reader alone."""
    if table.file and table.file in [path.name for path in files] and not table.part:
        return "" if Path(table.file).suffix.lower() in SUFFIXES else Path(table.file).suffix
    kinds = {path.suffix.lower() for path in files} - {*SUFFIXES, ".txt"}
    return ", ".join(sorted(kinds))


def read_path(path: Path, written: Written) -> TextFile:
    """Return a file; whatever it makes the library say is the reason, without a cell of it."""
    try:
        found = _read_by_suffix(path, written)
        cells = {_clean(name): list(map(_clean, texts)) for name, texts in found.columns.items()}
        rows: Sequence[int] = range(1, len(next(iter(cells.values()), ())) + 1)
        if written.rows_by:
            cells, rows = widen(cells, written.rows_by)
            found = LabelledColumns(cells)
    except (ValueError, OverflowError, LookupError, OSError, ParserWarning) as error:
        return TextFile(path.name, problem=f"{path.name} cannot be read ({type(error).__name__})")
    return TextFile(
        path.name,
        {name.upper(): texts for name, texts in cells.items()},
        epoch=None if written.rows_by else find_epoch(path),
        marked={_clean(name).upper(): texts for name, texts in found.marked.items()},
        labels={_clean(name).upper(): labels for name, labels in found.labels.items()},
        headers={name.upper(): name for name in cells},
        rows=rows,
        decimal=written.decimal if path.suffix.lower() in USUAL else ".",
    )


def _clean(text: str) -> str:
    return clean_cell(text.strip())


def _read_by_suffix(path: Path, written: Written) -> LabelledColumns:
    if path.suffix.lower() in USUAL:
        return LabelledColumns(read_delimited(path, written))
    return read_sas_or_spss(path, written.encoding)
