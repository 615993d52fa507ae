"""Writes legacy.xls, a workbook of Excel 97, in the folder of this script: nothing installed does.

python make_legacy.py     (xlwt 1.3.0)
"""

import datetime
from pathlib import Path

import xlwt

DAY = xlwt.easyxf(num_format_str="yyyy-mm-dd")
MOMENT = xlwt.easyxf(num_format_str="yyyy-mm-dd hh:mm")
HEADER = ("SUBJID", "MRS", "MRSDTC", "LKWDTC", "WEIGHT", "DEAD")
ROWS = (
    ("01", 3, datetime.date(2026, 4, 11), datetime.datetime(2026, 4, 11, 3, 52), 63.9, True),
    ("02", 0, datetime.date(2026, 5, 1), datetime.datetime(2026, 5, 1, 12, 30, 7), 48.8, False),
    ("肺炎", 6, None, None, 2.8, True),
)


def write_sheet(book: xlwt.Workbook, name: str) -> xlwt.Worksheet:
    """A sheet with the rows above."""
    sheet = book.add_sheet(name)
    for place, title in enumerate(HEADER):
        sheet.write(0, place, title)
    for row, values in enumerate(ROWS, start=1):
        for place, value in enumerate(values):
            style = MOMENT if isinstance(value, datetime.datetime) else DAY
            if isinstance(value, datetime.date):
                sheet.write(row, place, value, style)
            elif value is not None:
                sheet.write(row, place, value)
    return sheet


def write_book() -> None:
    """Sheets: as it should be; hidden rows and columns; errors; merged cells; a hidden sheet."""
    book = xlwt.Workbook()
    write_sheet(book, "plain")
    hidden = write_sheet(book, "hidden cells")
    hidden.row(2).hidden = True
    hidden.col(4).hidden = True
    faults = write_sheet(book, "faults")
    faults.row(4).set_cell_error(1, 0x2A)
    faults.row(5).set_cell_error(1, 0x07)
    faults.write(6, 1, xlwt.Formula('""'))
    merged = write_sheet(book, "merged")
    merged.write_merge(4, 5, 0, 0, "04")
    write_sheet(book, "läge").visibility = 1
    book.save(Path(__file__).with_name("legacy.xls"))


if __name__ == "__main__":
    write_book()
