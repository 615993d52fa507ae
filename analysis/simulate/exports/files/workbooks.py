"""Workbooks of Excel with the same bytes each time."""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from pathlib import Path

import pandas as pd
import xlsxwriter

from analysis.io.files import write_atomic

CREATED = datetime(2026, 1, 1)
"""What the workbook says of its time of writing."""
LONGEST_NUMBER = 15
"""Digits that Excel keeps."""


def write_workbook(
    path: Path,
    sheets: Mapping[str, pd.DataFrame],
    *,
    dates: Collection[str] = (),
    date_format: str = "yyyy-mm-dd",
    numbers: Collection[str] = (),
) -> None:
    """Write a sheet a table, header in the first row, empty cells left out.

    ``dates``, ``numbers``: columns whose ISO days and plain numbers become dates and numbers of
    Excel; a text that would come back otherwise (``62.0``) stays a text, as does all else.
    """
    with write_atomic(path) as temporary, xlsxwriter.Workbook(str(temporary)) as book:
        book.set_properties({"created": CREATED})
        style = book.add_format({"num_format": date_format})
        for name, table in sheets.items():
            sheet = book.add_worksheet(name)
            for i, column in enumerate(table.columns):
                sheet.write_string(0, i, column)
                for row, text in enumerate(table[column], start=1):
                    _write(sheet, (row, i), text, style, column in dates, column in numbers)


def _write(
    sheet: xlsxwriter.worksheet.Worksheet,
    place: tuple[int, int],
    text: str,
    style: xlsxwriter.format.Format,
    is_date: bool,
    is_number: bool,
) -> None:
    day = _read_day(text) if is_date else None
    if day is not None:
        sheet.write_datetime(*place, day, style)
    elif is_number and _is_plain(text):
        sheet.write_number(*place, float(text))
    elif text:
        sheet.write_string(*place, text)


def _read_day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if len(text) == len("YYYY-MM-DD") else None
    except ValueError:  # a text that is no day
        return None


def _is_plain(text: str) -> bool:
    """Whether a number comes back from Excel as it is written."""
    if not text.replace(".", "", 1).isdecimal() or len(text) > LONGEST_NUMBER:
        return False
    return repr(float(text)).removesuffix(".0") == text
