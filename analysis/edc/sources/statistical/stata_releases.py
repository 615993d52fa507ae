"""Releases of the ``.dta`` format, and whether a file reaches to its end.

The library does not miss what stands behind the rows: value labels of a file that was cut off.
"""

import re
import struct

from analysis.edc.sources.files.source_file import SourceFile
from analysis.edc.sources.statistical.raw_table import require_content
from analysis.errors import DataError

UNICODE = 118
"""The first release whose texts are UTF-8 (Stata 14)."""
OLDEST = 113
"""Of Stata 8 (2003); the ends of older files cannot be told."""
_TAGGED = re.compile(rb"<stata_dta><header><release>([0-9]{3})</release>")
_END = b"</stata_dta>"
_WIDTHS = {251: 1, 252: 2, 253: 4, 254: 4, 255: 8}
_OLD_RELEASES = (113, 114, 115)
_HEADER = 109


def require_whole_dta(file: SourceFile) -> int:
    """Return the release of a Stata file; raises DataError if it is none, too old or cut off."""
    require_content(file)
    raw = file.read_bytes()
    tagged = _TAGGED.match(raw)
    if tagged:
        if not raw.endswith(_END):
            raise DataError(_cut(file))
        return int(tagged[1])
    if raw[0] not in range(102, 116) or raw[1:2] not in (b"\1", b"\2"):
        raise DataError(f"{file.name}: cannot be read: it is no file of Stata. Export it again")
    if raw[0] not in _OLD_RELEASES:
        raise DataError(
            f"{file.name}: cannot be read: it is of release {raw[0]}, and {OLDEST} (Stata 8) is "
            "the oldest that is read. Save it anew in Stata"
        )
    try:
        at = _find_end_of_rows(raw)
        while at != len(raw):
            at += 40 + _number(raw, at)
            if at > len(raw):
                raise DataError(_cut(file))
    except (struct.error, IndexError):
        raise DataError(_cut(file)) from None
    return raw[0]


def _cut(file: SourceFile) -> str:
    return f"{file.name}: cannot be read: the file was cut off. Export it again"


def _number(raw: bytes, at: int, form: str = "I") -> int:
    return int(struct.unpack_from((">" if raw[1] == 1 else "<") + form, raw, at)[0])


def _find_end_of_rows(raw: bytes) -> int:
    """Where the value labels of a file of releases 113 to 115 begin: behind the rows."""
    columns, rows = _number(raw, 4, "H"), _number(raw, 6)
    row_bytes = sum(_WIDTHS.get(code, code) for code in raw[_HEADER : _HEADER + columns])
    display = 12 if raw[0] == OLDEST else 49
    # types, names, order of sorting, formats, names of value labels, labels
    at = _HEADER + columns * (1 + 33 + 2 + display + 33 + 81) + 2
    while True:  # characteristics, up to one of type 0
        kind, length = raw[at], _number(raw, at + 1)
        at += 5 + length
        if kind == 0:
            return at + rows * row_bytes
