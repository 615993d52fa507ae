"""``queries.xlsx``: a summary, one sheet a site, one for what has no site; every cell is text."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from io import BytesIO

import pandas as pd
from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from analysis.edc.queries.sent.sheet_names import cut, name_sheets
from analysis.edc.queries.words.chinese import read_chinese

WITHOUT_SITE = "Without site"
SUMMARY = "Summary"
MOST_ROWS = 1_000_000
"""A sheet holds 1,048,576 rows with its header; more queries go to a further sheet."""
MOST_CHARACTERS = 32_767
"""What a cell holds; of a longer text it says where the rest stands."""
_REST = " [cut; whole in queries.csv]"
_MADE = datetime(1980, 1, 1, tzinfo=UTC).replace(tzinfo=None)
"""The same queries give the same bytes."""

WIDTHS = {
    "severity": 9, "subject": 14, "form": 24, "field": 14, "value": 18, "message": 44,
    "message_zh": 36, "action": 44, "action_zh": 36, "file": 18, "part": 12, "row": 8, "rule": 18,
    "key": 30, "table": 9, "column": 12,
}  # fmt: skip
"""Columns of a sheet in their order, with their widths in characters."""
COUNTS = {"site": 14, "sheet": 20, "severity": 9, "rule": 26, "queries": 9, "subjects": 9}
"""Columns of the summary."""


def build_workbook(queries: pd.DataFrame, title: str, stamp: str) -> bytes:
    """Return the workbook of the queries that :func:`build_for_sites` gives, in their order.

    ``title``: of the trial; ``stamp``: of the run, "" without one. No text is computed, whatever
    it begins with. The same queries give the same bytes.
    """
    buffer = BytesIO()
    book = Workbook(buffer, {"in_memory": True, "strings_to_formulas": False,
                             "strings_to_urls": False, "strings_to_numbers": False})  # fmt: skip
    book.set_properties({"title": title, "comments": stamp, "created": _MADE})
    sheets = list(_split(queries))
    names = name_sheets([SUMMARY, *(site or WITHOUT_SITE for site, _ in sheets)])
    styles = _Styles(book)
    _write_summary(book.add_worksheet(names[0]), styles, sheets, names[1:], (title, stamp))
    for name, (_, own) in zip(names[1:], sheets, strict=True):
        _write_sheet(book.add_worksheet(name), styles, WIDTHS, own, 0)
    book.close()
    return buffer.getvalue()


class _Styles:
    """Formats of one workbook: headings, and texts that stay texts when they are edited."""

    def __init__(self, book: Workbook) -> None:
        cell = {"valign": "top", "text_wrap": True}
        self.heading: Format = book.add_format({**cell, "bold": True, "bottom": 1})
        self.text: Format = book.add_format({**cell, "num_format": "@"})
        self.quoted: Format = book.add_format({**cell, "num_format": "@"})
        self.quoted.set_quote_prefix()


def _split(queries: pd.DataFrame) -> Iterator[tuple[str, pd.DataFrame]]:
    """The queries of each site, in their order; what has no site is one more, and last."""
    for site, own in queries.groupby("site", sort=False):
        for first in range(0, len(own), MOST_ROWS):
            yield str(site), own.iloc[first : first + MOST_ROWS]


def _write_summary(
    sheet: Worksheet,
    styles: _Styles,
    sheets: Sequence[tuple[str, pd.DataFrame]],
    names: Sequence[str],
    lines: Sequence[str],
) -> None:
    """The number of queries and of subjects by sheet, severity and rule, below the ``lines``."""
    shown = [line for line in lines if line]
    for number, line in enumerate(shown):
        sheet.write_string(number, 0, line)
    counts = [_count(own).assign(site=site, sheet=name)
              for name, (site, own) in zip(names, sheets, strict=True)]  # fmt: skip
    whole = pd.concat(counts) if counts else pd.DataFrame(columns=list(COUNTS))
    _write_sheet(sheet, styles, COUNTS, whole, len(shown) + 1)


def _count(own: pd.DataFrame) -> pd.DataFrame:
    groups = own.groupby(["severity", "rule"], sort=True)["subject"]
    counts = groups.agg(queries="size", subjects=lambda cells: cells[cells != ""].nunique())
    return counts.astype("str").reset_index()


def _write_sheet(
    sheet: Worksheet, styles: _Styles, widths: dict[str, int], rows: pd.DataFrame, top: int
) -> None:
    headings = read_chinese().headings
    for number, (name, width) in enumerate(widths.items()):
        sheet.set_column(number, number, width)
        sheet.write_string(top, number, f"{name}\n{headings[name]}", styles.heading)
    for down, cells in enumerate(rows[list(widths)].itertuples(index=False), start=top + 1):
        for number, cell in enumerate(cells):
            if cell:
                style = styles.quoted if cell[0] in "=+-@" else styles.text
                sheet.write_string(down, number, _fit(cell), style)
    sheet.freeze_panes(top + 1, 0)
    sheet.autofilter(top, 0, top + len(rows), len(widths) - 1)


def _fit(text: str) -> str:
    if cut(text, MOST_CHARACTERS) == text:
        return text
    return cut(text, MOST_CHARACTERS - len(_REST)) + _REST
