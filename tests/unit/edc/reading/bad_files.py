"""Files that cannot be what a mapping takes them for, made of the rows of a table."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence

import xlsxwriter

from tests.unit.edc.sources.workbooks.handmade.compound import compound

Rows = Sequence[Sequence[str]]

BOMB = b"0" * 40_000_000
"""What unpacks to a thousand times its size."""
MANY = 100_000
ENTITIES = '<?xml version="1.0"?><!DOCTYPE ODM [<!ENTITY a "x"><!ENTITY b "&a;&a;">]><ODM>&b;</ODM>'
OUTSIDE = '<?xml version="1.0"?><!DOCTYPE ODM [<!ENTITY a SYSTEM "/etc/passwd">]><ODM>&a;</ODM>'
LOCKED = compound({"EncryptedPackage": b"x", "EncryptionInfo": b"y"})
"""A workbook that is protected by a password."""


def write_rows(rows: Rows) -> str:
    """The rows as CSV; no cell may hold a comma."""
    return "".join(",".join(row) + "\n" for row in rows)


def write_book(rows: Rows, *formulas: str, column: int = 2, sheet: str = "visits") -> bytes:
    """A workbook of the rows, in a column of which the first cells are formulas that failed."""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream) as written:
        page = written.add_worksheet(sheet)
        for at, row in enumerate(rows):
            page.write_row(at, 0, row)
        for at, formula in enumerate(formulas, start=1):
            page.write_formula(at, column, formula, None, "#N/A")
    return stream.getvalue()


def pack(name: str, content: bytes) -> bytes:
    """An archive of one member."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return stream.getvalue()


def add_columns(rows: Rows) -> str:
    """The rows as CSV, with very many columns more, which are empty."""
    header = [*rows[0], *(f"c{i}" for i in range(MANY))]
    return write_rows([header, *([*row, *[""] * MANY] for row in rows[1:])])
