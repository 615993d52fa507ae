"""SAS transport files: the data sets in them, and letters of missing values.

The library that reads them takes one data set, and leaves the letters out. Source: SAS, The Record
Layout of a Data Set in SAS Transport (XPORT) Format, versions 5 and 8: records of 80 bytes; a
missing value is one byte, a point, a low line or a letter, and zeros.
"""

from typing import Any

RECORD = 80
LIBRARY = 3 * RECORD
MARK = b"HEADER RECORD*******"
NAME = slice(2 * RECORD + 8, 2 * RECORD + 40)
"""Of 32 characters in version 8, else of 8."""
LETTERS = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ_"


def split_members(raw: bytes) -> dict[str, bytes]:
    """Return the data sets of a file by name, each as a file of its own.

    Raises ValueError if there is none, or one name stands twice.
    """
    starts = [
        at for at in range(0, len(raw), RECORD)
        if raw[at : at + RECORD].startswith((MARK + b"MEMBER", MARK + b"MEMBV8"))
    ]  # fmt: skip
    ends = [*starts[1:], len(raw)]
    members = {}
    for start, end in zip(starts, ends, strict=True):
        member = raw[start:end]
        width = 32 if member.startswith(MARK + b"MEMBV8") else 8
        name = member[NAME][:width].decode("latin-1").strip()
        members[name] = raw[:LIBRARY] + member
    if not starts or len(members) < len(starts):
        raise ValueError("no data set, or two of one name")
    return members


def put_letters(raw: bytes, lists: dict[str, list[Any]], widths: dict[str, int]) -> None:
    """Put the letters of missing numbers into the columns of the one data set of a file.

    ``lists``: all columns in their order, None for missing; ``widths``: bytes of a cell.
    """
    header = raw.find(MARK + b"OBS")
    row_width, start = sum(widths.values()), header + RECORD
    for name, values in lists.items():
        for number, value in enumerate(values):
            at = start + number * row_width
            cell = raw[at : at + widths[name]]
            is_letter = value is None and len(cell) > 1 and not cell[1:].strip(b"\0")
            if is_letter and cell[0] in LETTERS:
                values[number] = chr(cell[0])
        start += widths[name]
