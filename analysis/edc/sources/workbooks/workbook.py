"""A workbook: the names of its sheets, and one sheet as text."""

from __future__ import annotations

import io
from collections.abc import Generator
from contextlib import contextmanager

from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from analysis.edc.sources.files.options import ReadOptions
from analysis.edc.sources.files.source_file import SourceFile
from analysis.edc.sources.labelled_table import LabelledTable
from analysis.edc.sources.workbooks.cells import Value
from analysis.edc.sources.workbooks.kinds import Workbook, open_workbook
from analysis.edc.sources.workbooks.packages import damaged
from analysis.edc.sources.workbooks.refusals import require_known_errors
from analysis.edc.sources.workbooks.scan import biff, ooxml, opendocument, records
from analysis.edc.sources.workbooks.scan.facts import SheetFacts, require_bounds
from analysis.edc.sources.workbooks.sheet import Sheet
from analysis.edc.sources.workbooks.tables import build_table
from analysis.errors import DataError


def list_sheets(file: SourceFile) -> tuple[str, ...]:
    """Return the names of the sheets that may hold a table, in their order, hidden ones too.

    Raises DataError if the file is no workbook, is locked, cut off or damaged, or has no sheet.
    """
    book = open_workbook(file)
    _scan(book)
    metadata = _load(book).sheets_metadata
    names = tuple(each.name for each in metadata if each.typ == SheetTypeEnum.WorkSheet)
    if not names:
        raise DataError(f"{file.name}: the workbook has no sheet of cells. Export it again")
    return names


def read_sheet(file: SourceFile, sheet: str, options: ReadOptions) -> LabelledTable:
    """Return one sheet as text, with notes on what its cells alone do not tell.

    Raises DataError if the file is no workbook, or is locked, cut off or damaged; if it has no such
    sheet; and if the sheet holds errors, formulas without a value, values without a column name, or
    one value for several rows.
    """
    book = open_workbook(file)
    facts = _scan(book, sheet)
    loaded = _load(book)
    metadata = {each.name: each for each in loaded.sheets_metadata}
    if sheet not in metadata:
        raise DataError(
            f"{file.name}: there is no sheet {sheet}. The workbook has {', '.join(metadata)}"
        )
    if metadata[sheet].typ != SheetTypeEnum.WorkSheet:
        raise DataError(
            f"{file.name}: sheet {sheet} is a chart, a dialog or macros, and holds no table. Name "
            "another"
        )
    if facts is None:
        raise damaged(file.name, f"sheet {sheet} is listed, and not found")
    if book.kind == ".xlsx":
        require_known_errors(file.name, sheet, facts.errors)
    rows, start = _read_values(file.name, loaded, sheet)
    is_hidden = metadata[sheet].visible != SheetVisibleEnum.Visible
    return build_table(Sheet(file.name, sheet, rows, start, facts, is_hidden), options)


def _scan(book: Workbook, sheet: str | None = None) -> SheetFacts | None:
    """What is found in a sheet, None if it is not there.

    The sheets of a file that the library unpacks as one are all held within bounds.
    """
    if book.package is None:
        found = biff.scan_sheets(book.file_name, book.content)
    elif book.kind == ".ods":
        found = opendocument.scan_sheets(book.package)
    elif sheet is None:
        return None
    else:
        scan = ooxml.scan_sheet if book.kind == ".xlsx" else records.scan_sheet
        facts = scan(book.package, sheet)
        found = {} if facts is None else {sheet: facts}
    for name, facts in found.items():
        require_bounds(book.file_name, name, facts)
    return found.get(sheet or "")


def _load(book: Workbook) -> CalamineWorkbook:
    with _damage_told(book.file_name):
        return CalamineWorkbook.from_filelike(io.BytesIO(book.content))


def _read_values(
    file_name: str, loaded: CalamineWorkbook, sheet: str
) -> tuple[list[list[Value]], tuple[int, int]]:
    """The values from the first filled row and column on, and where those are."""
    with _damage_told(file_name, f"sheet {sheet}"):
        values = loaded.get_sheet_by_name(sheet)
        return values.to_python(), values.start or (0, 0)


@contextmanager
def _damage_told(file_name: str, where: str = "") -> Generator[None]:
    """What the library cannot read is damaged; it says so by errors, and by panics at times."""
    try:
        yield
    except (CalamineError, ValueError, OSError):
        raise damaged(file_name, where) from None
    except BaseException as error:
        if type(error).__name__ == "PanicException":  # no Exception, and of no public module
            raise damaged(file_name, where) from None
        raise
