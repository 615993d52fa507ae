"""The files in an archive, as if they lay in the folder of the export."""

from analysis.edc.sources.containers.gzip_files import read_gzip
from analysis.edc.sources.containers.limits import MOST_PACKED
from analysis.edc.sources.containers.zip_files import read_zip
from analysis.edc.sources.files.content import read_content
from analysis.edc.sources.files.first_bytes import name_kind
from analysis.edc.sources.files.source_file import SourceFile
from analysis.errors import DataError, join_findings
from analysis.io.names.shown_names import show_name

SUFFIXES = (".zip", ".gz")
"""The endings of archives that are read, in small letters."""
_MARKS = {".zip": (b"PK\x03\x04", b"PK\x05\x06"), ".gz": (b"\x1f\x8b",)}


def list_members(file: SourceFile) -> tuple[SourceFile, ...]:
    """Return the files in an archive in order of name, each with its content in memory.

    They are named ``archive.zip/folder/dm.csv``. Folders and the litter of macOS are left out.
    Raises DataError, all findings in one message, if the archive is damaged, encrypted or too
    large, holds no file, or one that is not safe to read, or not sure to be what its name says.
    """
    shown, raw = show_name(file.name), read_content(file, MOST_PACKED)
    _require_kind(shown, file.suffix, raw)
    members, findings = read_gzip(file.name, raw) if file.suffix == ".gz" else read_zip(raw)
    if findings:
        raise DataError(join_findings(f"{shown}: the archive cannot be read.", findings))
    if not members:
        raise DataError(f"{shown}: the archive holds no file. Pack the files of the export")
    return tuple(
        SourceFile(f"{file.name}/{name}", content=content) for name, content in sorted(members)
    )


def _require_kind(shown: str, suffix: str, raw: bytes) -> None:
    if suffix not in SUFFIXES:
        raise DataError(f"{shown}: no archive that is read. Pack it as {' or '.join(SUFFIXES)}")
    if not raw:
        raise DataError(f"{shown}: the file is empty. Pack it again, or fetch it again")
    if not raw.startswith(_MARKS[suffix]):
        kind = name_kind(raw) or "something else"
        raise DataError(
            f"{shown}: the file is not the {suffix} archive that its ending says, but {kind}. Pack "
            f"it as {suffix}, or give it the ending of what it is"
        )
