"""SAS transport files of versions 5 and 8 (``.xpt``): their tables, whole, letters of missings.

Records have 80 bytes. A library of tables begins with three, each table (a member) with a header
record of its own, so that the header and one member are a library too.
"""

from __future__ import annotations

import re
from typing import Any

from analysis.edc.sources.files.source_file import SourceFile
from analysis.edc.sources.statistical.raw_table import RawTable, read_raw, require_content
from analysis.errors import DataError

XPT_RECORD = 80
"""Bytes of one record; a file that is no multiple of it was cut off."""
XPT_MEMBER = b"HEADER RECORD*******MEMB"
XPT_ROWS = b"HEADER RECORD*******OBS"
"""How the records begin that stand before a table and before its rows."""
LIBRARY = 3 * XPT_RECORD
NAME_AT = 2 * XPT_RECORD + 8
"""Where a member has its name: of 8 characters, or of 32 in version 8."""
COLUMNS_AT_ONCE = 200
"""The library reserves room for 100,000 rows a column, whatever the file holds."""
_LETTERS = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZ_")


def list_members(file: SourceFile) -> tuple[str, ...]:
    """Return the names of the tables in a transport file, in their order.

    Raises DataError if it is no such file, or cut off before its first table.
    """
    return tuple(name for name, _ in _split(file))


def read_transport(file: SourceFile, member: str | None, encoding: str, hint: str) -> RawTable:
    """Return the raw values of one table of a transport file.

    ``member``: its name, which may be left out if there is but one. ``hint``: what to do if a text
    does not decode. Raises DataError if there is no such table, or the file was cut off.
    """
    import pyreadstat  # here, because only such exports need it

    part = _take_member(file, member)
    read, options = pyreadstat.read_xport, {"encoding": encoding}
    raw = read_raw(part, read, hint, **options, metadataonly=True)
    columns: dict[str, list[Any]] = {}
    for first in range(0, len(raw.columns), COLUMNS_AT_ONCE):
        names = list(raw.columns)[first : first + COLUMNS_AT_ONCE]
        columns |= read_raw(part, read, hint, **options, usecols=names).columns
    rows = _find_whole_rows(part, sum(raw.meta.variable_storage_width.values()))
    raw = RawTable({name: columns[name] for name in raw.columns}, raw.meta)
    if any(len(values) > len(rows) for values in raw.columns.values()):
        raise DataError(f"{file.name}: cannot be read: it is damaged. Export it again")
    _mark_letters(raw, rows)
    return raw


def _take_member(file: SourceFile, member: str | None) -> SourceFile:
    members = _split(file)
    names = [name for name, _ in members]
    listed = ", ".join(names)
    if member is None and len(members) > 1:
        raise DataError(
            f"{file.name}: the file holds several tables ({listed}). Export one table per file"
        )
    wanted = [part for name, part in members if member is None or name == member.upper()]
    if not wanted:
        raise DataError(f"{file.name}: the file holds no table {member}, but {listed}")
    if len(wanted) > 1:
        raise DataError(f"{file.name}: table {member} stands twice in it. Export each once")
    return wanted[0]


def _split(file: SourceFile) -> list[tuple[str, SourceFile]]:
    """The members of a library by name, each as a library of its own."""
    require_content(file)
    content = file.read_bytes()
    starts = [
        found.start()
        for found in re.finditer(re.escape(XPT_MEMBER), content)
        if found.start() % XPT_RECORD == 0
    ]
    if not content.startswith(b"HEADER RECORD*******LIB") or not starts:
        raise DataError(
            f"{file.name}: cannot be read: it is no SAS transport file, or was cut off. Export it "
            "again by the XPORT engine or %LOC2XPT; PROC CPORT writes another kind of file"
        )
    members = []
    for start, behind in zip(starts, [*starts[1:], len(content)], strict=True):
        width = 32 if content[start:].startswith(XPT_MEMBER + b"V8") else 8
        name = content[start + NAME_AT :][:width].decode("latin-1").strip().upper()
        library = content[:LIBRARY] + content[start:behind]
        members.append((name, SourceFile(file.name, content=library)))
    return members


def _find_whole_rows(file: SourceFile, row_bytes: int) -> list[bytes]:
    """The rows; raises DataError if the file was cut off.

    Version 8 says how many there are. Version 5 does not: behind the last whole row only blanks may
    stand, up to the end of its record.
    """
    raw = file.read_bytes()
    start = raw.find(XPT_ROWS)
    if start < 0:
        raise DataError(f"{file.name}: cannot be read: it is damaged. Export it again")
    rows, said = raw[start + XPT_RECORD :], raw[start + 48 : start + 63].strip()
    fit = len(rows) // row_bytes if row_bytes else 0
    count = int(said) if said.isdigit() and int(said) else fit
    behind = rows[count * row_bytes :] if row_bytes else b""
    if len(raw) % XPT_RECORD or count > fit or behind.strip(b" "):
        raise DataError(f"{file.name}: the file was cut off. Export it again")
    return [rows[i * row_bytes : (i + 1) * row_bytes] for i in range(count)]


def _mark_letters(raw: RawTable, rows: list[bytes]) -> None:
    """Put the letters of missing values, which the library leaves out, into the columns.

    Such a number is its letter and zeros.
    """
    start = 0
    for name, values in raw.columns.items():
        length = int(raw.meta.variable_storage_width[name])
        for i, value in enumerate(values):
            if value is None and not raw.is_text(name):
                cell = rows[i][start : start + length]
                if cell[0] in _LETTERS and not any(cell[1:]):
                    values[i] = chr(cell[0])
        start += length
