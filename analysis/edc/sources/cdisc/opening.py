"""A file opened for reading, or refused: no file, an empty one, or one of another kind."""

from typing import BinaryIO

from analysis.edc.sources.files.source_file import SourceFile
from analysis.errors import DataError

MOST_COLUMNS = 20_000
"""Columns that no form of a trial has; a file with more is damaged or is no export."""
_OTHER_KINDS = {
    b"PK\x03\x04": "a ZIP archive (or a workbook)",
    b"7z\xbc\xaf": "a 7-Zip archive",
    b"\x1f\x8b": "a gzip archive",
    b"\xd0\xcf\x11\xe0": "an Office file, old or protected by a password",
    b"%PDF": "a PDF document",
}
"""What a file is that begins with these bytes."""


def open_file(file: SourceFile, wanted: str) -> BinaryIO:
    """Return the content of a file as a binary stream from its beginning.

    ``wanted``: the format that is expected, as messages name it. Raises DataError if there is no
    such file, a folder or a pipe stands in its place, or it is empty or of another kind.
    """
    if file.path and not file.path.is_file():
        what = "a folder or a pipe, and no file" if file.path.exists() else "there is no such file"
        raise DataError(f"{file.name}: {what}. Put the {wanted} file in its place")
    try:
        stream = file.open()
        start = stream.read(8)
        stream.seek(0)
    except OSError as error:
        raise unreadable(file, error) from None
    kind = next((kind for mark, kind in _OTHER_KINDS.items() if start.startswith(mark)), "")
    if start and not kind:
        return stream
    stream.close()
    if not start:
        raise DataError(f"{file.name}: the file is empty. Export it again")
    raise DataError(
        f"{file.name}: the file is {kind}, not {wanted}. Unpack it, with its password if it has "
        f"one, or export it as {wanted}"
    )


def unreadable(file: SourceFile, error: OSError) -> DataError:
    """Return the error of a file that the system does not let be read."""
    return DataError(
        f"{file.name}: cannot be read ({error.strerror or error}). See that you may read it and "
        "that its drive is there"
    )


def require_few_columns(place: str, columns: int) -> None:
    """Raise DataError if a table has more columns than any form of a trial.

    ``place``: the file, and the table inside it if it holds several.
    """
    if columns > MOST_COLUMNS:
        raise DataError(
            f"{place}: {columns} columns, and at most {MOST_COLUMNS} are read. The file is "
            "damaged, or holds a row a column: export a table of one form"
        )
