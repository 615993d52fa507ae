"""Names of files and folders in messages: readable whatever bytes they are."""

from pathlib import Path

ARCHIVE_ENCODING = "gb18030"
"""In which archives packed on a Chinese Windows name their files."""


def show_name(path: Path | str) -> str:
    """Return a path as text that every terminal and file can hold.

    Bytes that are no UTF-8 are shown as the Chinese that they most likely are, or by their
    numbers; characters that cannot be seen as ``\\n`` and the like.
    """
    raw = str(path).encode("utf-8", "surrogateescape")
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        text = _decode_archive(raw)
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)


def is_utf_8(path: Path | str) -> bool:
    """Whether a path is named in UTF-8, as all text that a run writes is."""
    return not any("\ud800" <= character <= "\udfff" for character in str(path))


def _decode_archive(raw: bytes) -> str:
    try:
        return raw.decode(ARCHIVE_ENCODING)
    except UnicodeDecodeError:
        return raw.decode("utf-8", "backslashreplace")
