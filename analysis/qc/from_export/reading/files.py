"""One file of the export as columns of text: CSV by pandas, SAS and SPSS by raw values."""

import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import pandas as pd
from pandas.errors import ParserWarning

from analysis.io.printable import clean_cell
from analysis.qc.from_export.reading.mapping import MappedTable
from analysis.qc.from_export.reading.sas_and_spss import (
    LabelledColumns,
    find_epoch,
    read_sas_or_spss,
)

SUFFIXES = (".csv", ".xpt", ".sas7bdat", ".sav")


@dataclass(frozen=True)
class TextFile:
    """A file: its columns by their names in capitals. ``problem``: why it could not be read.

    ``epoch``: what its dates are counted from, in SAS and SPSS files. ``marked``: by column the
    texts that the file marks as missing; ``labels``: by column those of its codes. ``is_foreign``:
    the check reads no files of this kind.
    """

    name: str = ""
    columns: dict[str, list[str]] = field(default_factory=dict)
    problem: str = ""
    epoch: datetime | None = None
    marked: dict[str, frozenset[str]] = field(default_factory=dict)
    labels: dict[str, dict[str, str]] = field(default_factory=dict)
    is_foreign: bool = False


def read_file(files: Sequence[Path], table: MappedTable) -> TextFile:
    """Return the file of a table among those of the export; one that cannot be read says why."""
    if table.is_query:
        return TextFile(
            problem=f"table {table.name}: the second implementation reads no tables that a query "
            "makes of several sources, rows or columns",
            is_foreign=True,
        )
    found = [path for path in files if _holds(path, table)]
    if not found and (kinds := _find_foreign(files, table)):
        return TextFile(
            problem=f"table {table.name}: the second implementation reads CSV, SAS and SPSS files "
            f"alone, not {kinds}",
            is_foreign=True,
        )
    if len(found) != 1:
        names = ", ".join(path.name for path in found)
        return TextFile(problem=f"several files hold table {table.name}: {names}" if found else
                        f"no file of the export holds table {table.name}")  # fmt: skip
    (path,) = found
    return _read(path, lambda: _read_by_suffix(path, table))


def read_list(files: Sequence[Path], table: MappedTable) -> TextFile:
    """Return an allocation list, a CSV file named like it."""
    (path,) = (path for path in files if path.stem.lower() == table.name)
    return _read(path, lambda: LabelledColumns(_read_csv(path, table)))


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


def _read(path: Path, read: Callable[[], LabelledColumns]) -> TextFile:
    """Whatever the file makes the library say is the reason, without a cell of the file."""
    try:
        found = read()
    except (ValueError, OverflowError, LookupError, OSError, ParserWarning) as error:
        return TextFile(path.name, problem=f"{path.name} cannot be read ({type(error).__name__})")
    clean = {_clean(name).upper(): [clean_cell(cell.strip()) for cell in cells]
             for name, cells in found.columns.items()}  # fmt: skip
    return TextFile(
        path.name,
        clean,
        epoch=find_epoch(path),
        marked={_clean(name).upper(): texts for name, texts in found.marked.items()},
        labels={_clean(name).upper(): labels for name, labels in found.labels.items()},
    )


def _clean(name: str) -> str:
    return clean_cell(name.strip())


def _read_by_suffix(path: Path, table: MappedTable) -> LabelledColumns:
    if path.suffix.lower() == ".csv":
        return LabelledColumns(_read_csv(path, table))
    return read_sas_or_spss(path, table.encoding)


def _read_csv(path: Path, table: MappedTable) -> dict[str, list[str]]:
    """Rows that are too long for the header are an error, not a warning."""
    line_end = _find_line_end(path, table.encoding)
    with warnings.catch_warnings():
        warnings.simplefilter("error", ParserWarning)
        frame = pd.read_csv(
            path, dtype=str, keep_default_na=False, na_filter=False, index_col=False,
            sep=table.delimiter, encoding=table.encoding, lineterminator=line_end,
            skiprows=list(table.skipped),
        )  # fmt: skip
    filled = frame.fillna("")
    return {str(name).removeprefix("\ufeff"): list(filled[name]) for name in filled.columns}


def _find_line_end(path: Path, encoding: str) -> str | None:
    r"""What ends the lines of a file: ``\n``, before which a ``\r`` is stripped with the cell.

    None: a bare ``\r`` ends them; a ``\r`` elsewhere is a part of its cell.
    """
    with path.open(encoding=encoding, newline="\n") as file:
        header = file.readline().rstrip("\r\n")
    return None if "\r" in header else "\n"
