"""What a file is by its first bytes, whatever its name says."""

import re

_TAR_MARK = 257
"""Where ``ustar`` stands in a tar archive."""
_ARCHIVES = {
    rb"\x1f\x8b": "a gzip archive",
    rb"7z\xbc\xaf\x27\x1c": "a 7-Zip archive",
    rb"Rar!\x1a\x07": "a RAR archive",
    rb"BZh[1-9]1AY&SY": "a bzip2 archive",
    rb"\xfd7zXZ\x00": "an xz archive",
    rb"\x28\xb5\x2f\xfd": "a Zstandard archive",
    rb"PK\x07\x08": "one part of a split zip archive",
}
_ZIP = {rb"PK(?:\x03\x04|\x05\x06)": "a zip archive or an Excel workbook (.xlsx)"}
_TABLES = {
    rb"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1": (
        "an old Excel workbook (.xls), or a workbook protected by a password"
    ),
    rb"HEADER RECORD\*{7}": "a SAS transport file (.xpt)",
    rb"\x00{12}\xc2\xea\x81\x60": "a SAS data set (.sas7bdat)",
    rb"\$FL[23]@\(#\)": "an SPSS file (.sav)",
    rb"SQLite format 3\x00": "an SQLite database",
    rb"PAR1(?s:.*)PAR1\Z": "a Parquet file",
    rb"%PDF-": "a PDF",
    rb"\{\\rtf": "an RTF document",
}
_MARKED_UP = {
    rb"\s*<\?xml": "XML",
    rb"\s*<(?i:!doctype|html|table)\b": "a web page (HTML)",
    rb'\s*(?:\{\s*"|\[\s*\{)': "JSON",
}


def name_archive(content: bytes) -> str:
    """Return what kind of archive the content is, in words; empty if of none but zip."""
    if content[_TAR_MARK : _TAR_MARK + 5] == b"ustar":
        return "a tar archive"
    return _find(content, _ARCHIVES)


def name_kind(content: bytes) -> str:
    """Return what the content is, in words, if it is known not to be a text of rows and fields."""
    text = content.removeprefix(b"\xef\xbb\xbf")
    return name_archive(content) or _find(content, _ZIP | _TABLES) or _find(text, _MARKED_UP)


def _find(content: bytes, kinds: dict[bytes, str]) -> str:
    return next((words for mark, words in kinds.items() if re.match(mark, content)), "")
