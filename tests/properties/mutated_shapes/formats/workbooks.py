"""Workbooks of Excel: sheets with texts, numbers, days, formulas and errors."""

from __future__ import annotations

import io
from datetime import date

import python_calamine
import xlsxwriter

from tests.properties.mutated_shapes.formats.grid import Cell, Format, Grid, write_cell

LONGEST = 32_767
"""Characters of a cell."""
ERRORS = {"#N/A": "=NA()", "#DIV/0!": "=1/0", "#REF!": "=#REF!"}
DAY = 'yyyy"年"m"月"d"日"'


def read_workbook(content: bytes) -> dict[str, Grid]:
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
    sheets = {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}
    return {
        name: Grid([str(cell) for cell in rows[0]], [list(row) for row in rows[1:]])
        for name, rows in sheets.items()
    }


def write_workbook(grids: dict[str, Grid]) -> bytes:
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        day = book.add_format({"num_format": DAY})
        for name, grid in grids.items():
            sheet = book.add_worksheet(name)
            for at, row in enumerate([grid.header, *grid.labels, *grid.rows]):
                for column, cell in enumerate(row):
                    _write(sheet, at, column, cell, day)
    return stream.getvalue()


def _write(
    sheet: xlsxwriter.worksheet.Worksheet,
    row: int,
    column: int,
    cell: Cell,
    day: xlsxwriter.format.Format,
) -> None:
    text = write_cell(cell)
    if text in ERRORS:
        sheet.write_formula(row, column, ERRORS[text], None, text)
    elif isinstance(cell, date):
        sheet.write_datetime(row, column, cell, day)
    elif isinstance(cell, float):
        sheet.write_number(row, column, cell)
    elif text.startswith("="):
        sheet.write_formula(row, column, text, None, 2)
    elif text:
        sheet.write_string(row, column, text[:LONGEST])


WORKBOOK = Format(read_workbook, write_workbook)
