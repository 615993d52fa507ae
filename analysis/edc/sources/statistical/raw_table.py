"""A file of a statistical package as its raw values, read by pyreadstat; every fault in words.

Its lists are asked for, not its frames: in a frame of whole numbers an empty cell below a code for
missing holds whatever lay in memory.
"""

import os
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from analysis.edc.sources.files.source_file import SourceFile
from analysis.errors import DataError

MOST_COLUMNS = 20_000
"""Above this the library takes minutes: it looks each name up among all before it."""
ENCRYPTED_SPSS, COMPRESSED_SPSS = b"ENCRYPTEDSAV", b"$FL3"
CELLS_PER_BYTE = 1000
"""What a compressed file may hold at most; in others a cell takes a byte or more."""


@dataclass(frozen=True)
class RawTable:
    """``columns``: by name, numbers and texts; None is an empty cell. ``meta``: pyreadstat's words.

    A text in a column of numbers is the letter of a missing value (SAS, Stata).
    """

    columns: dict[str, list[Any]]
    meta: Any

    def is_text(self, name: str) -> bool:
        """Whether the column holds texts."""
        return bool(self.meta.readstat_variable_types.get(name) == "string")


class _ColumnCounter:
    """Stands for a name asked for: the library compares it with each name of the file."""

    def __init__(self) -> None:
        self.count = 0

    def __eq__(self, other: object) -> bool:
        self.count += 1
        return False

    __hash__ = None  # type: ignore[assignment]


def read_raw(
    file: SourceFile, read: Callable[..., tuple[Any, Any]], hint: str = "", **options: Any
) -> RawTable:
    """Return what a function of pyreadstat reads from a file.

    ``hint``: what to do if a text of the file does not decode. Raises DataError if the file cannot
    be read, has too many columns, or two of one name.
    """
    require_content(file)
    options = {"output_format": "dict", "disable_datetime_conversion": True, **options}
    _require_plausible_size(file, read, options)
    columns, meta = call_library(file, lambda: read(file.source, **options), hint)
    if any(name is None or not name.strip() for name in columns):
        raise DataError(
            f"{file.name}: cannot be read: a column has no name, so the file is damaged. Export it "
            "again"
        )
    return RawTable(dict(columns), meta)


def require_content(file: SourceFile) -> None:
    """Raise DataError if there is no regular file, or it is empty or protected by a password."""
    if file.path and not file.path.is_file():
        raise DataError(f"{file.name}: cannot be read: it is no regular file. Export it as one")
    try:
        with file.open() as stream:
            beginning = stream.read(64)
    except OSError as error:
        raise DataError(f"{file.name}: cannot be read: {error.strerror}") from None
    if not beginning:
        raise DataError(f"{file.name}: cannot be read: the file is empty. Export it again")
    if ENCRYPTED_SPSS in beginning:
        raise DataError(
            f"{file.name}: cannot be read: it is protected by a password. Save it without one"
        )


def call_library(
    file: SourceFile, read: Callable[[], tuple[Any, Any]], hint: str = ""
) -> tuple[Any, Any]:
    """Return what pyreadstat gives; raises DataError with what it says of the file."""
    import pyreadstat  # here, because only such exports need it

    faults = (pyreadstat.ReadstatError, pyreadstat.PyreadstatError)
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        try:
            found = read()
        except (*faults, ValueError, OSError) as error:
            said = " ".join(str(error).split())
            remedy = hint if hint and "convert" in said.lower() else "Export it again"
            raise DataError(f"{file.name}: cannot be read: {said}. {remedy}") from None
        except (ArithmeticError, LookupError, MemoryError, SystemError, TypeError):
            raise DataError(
                f"{file.name}: cannot be read: its parts do not agree, so it is damaged. Export it "
                "again"
            ) from None
    twice = [str(warning.message) for warning in told if "duplicated" in str(warning.message)]
    if twice:
        name = twice[0].split("'")[1]
        raise DataError(f"{file.name}: column {name} stands twice in it. Export each once")
    return found


def _require_plausible_size(
    file: SourceFile, read: Callable[..., tuple[Any, Any]], options: dict[str, Any]
) -> None:
    """Look at the head alone: room is made for as many cells as it says, true or not."""
    counter = _ColumnCounter()
    asked = {**options, "metadataonly": True, "usecols": [counter]}
    _, meta = call_library(file, lambda: read(file.source, **asked))
    if counter.count > MOST_COLUMNS:
        raise DataError(
            f"{file.name}: {counter.count} columns, and {MOST_COLUMNS} are read at most. Export "
            "the columns of the table alone"
        )
    with file.open() as stream:
        is_compressed = file.suffix == ".sas7bdat" or stream.read(4) == COMPRESSED_SPSS
        size = stream.seek(0, os.SEEK_END)
    cells = (meta.number_rows or 0) * counter.count
    if cells > size * (CELLS_PER_BYTE if is_compressed else 1):
        raise DataError(
            f"{file.name}: cannot be read: it says that it has {meta.number_rows} rows, for which "
            "it is too short, so it was cut off or damaged. Export it again"
        )
