"""The bytes of a file of an export, which must be a file: a pipe would be waited for."""

import stat
from pathlib import Path

from analysis.edc.sources.files.source_file import SourceFile
from analysis.errors import DataError
from analysis.io.names.shown_names import show_name


def read_content(file: SourceFile, most_bytes: int | None = None) -> bytes:
    """Return the whole content of a file.

    Raises DataError if a folder, a pipe or a device stands in its place, if it is not there or may
    not be read, or if it has more than ``most_bytes``.
    """
    try:
        if file.path:
            _require_file(file.path, most_bytes)
        return file.read_bytes()
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise DataError(
            f"{show_name(file.name)}: cannot be read ({reason}). See that the file is there and "
            "that you may read it"
        ) from None


def _require_file(path: Path, most_bytes: int | None) -> None:
    found, name = path.stat(), show_name(path.name)
    if stat.S_ISDIR(found.st_mode):
        raise DataError(f"{name}: a folder stands in place of the file. Put the file there")
    if not stat.S_ISREG(found.st_mode):
        raise DataError(
            f"{name}: a pipe or a device stands in place of the file. Save the data as a file"
        )
    if most_bytes is not None and found.st_size > most_bytes:
        raise DataError(
            f"{name}: the file has {found.st_size} bytes, and at most {most_bytes} are read. Leave "
            "out what is no table of the export"
        )
