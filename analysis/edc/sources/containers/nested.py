"""An archive inside an archive, by its name or by its content."""

from pathlib import PurePosixPath

from analysis.edc.sources.files.first_bytes import name_archive
from analysis.io.names.shown_names import show_name

ARCHIVES = (".zip", ".gz", ".tgz", ".tar", ".7z", ".rar", ".bz2", ".xz", ".zst")
MADE_OF_ZIP = (".xlsx", ".xlsm", ".xlsb", ".ods", ".docx", ".odt", ".pptx")
"""Documents that are zip archives by their content."""
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")


def describe_nested(name: str, content: bytes) -> list[str]:
    """Return that a member is an archive itself, with what to do; nothing if it is none."""
    suffix = PurePosixPath(name).suffix.lower()
    is_zip = content.startswith(_ZIP) and suffix not in MADE_OF_ZIP
    if suffix not in ARCHIVES and not is_zip and not name_archive(content):
        return []
    return [
        f"{show_name(name)}: an archive in the archive, which is not opened. Unpack it and pack "
        "its files, or put it into the folder of the export itself"
    ]
