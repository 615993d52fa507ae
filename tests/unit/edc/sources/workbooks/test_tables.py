"""The table of a sheet: its header, labels, rows; and the notes on what is easily overlooked."""

from __future__ import annotations

import pytest

from analysis.edc.sources.files.source_file import SourceFile
from analysis.edc.sources.workbooks.workbook import list_sheets
from tests.unit.edc.sources.workbooks.handmade.packages import (
    MOMENT,
    cells,
    number,
    read,
    rows,
    texts,
    xlsx,
)

SMALL = rows(texts(1, "SUBJID", "MRS"), texts(2, "01", "3"), texts(3, "02", "4"))
HEADER, FIRST, SECOND = ["SUBJID", "MRS"], ["01", "3"], ["02", "4"]


def notes(sheet: str, **options: object) -> list[str]:
    """The notes without the name of the sheet."""
    found = read(xlsx({"S": sheet}), **options).notes
    assert all(note.startswith("sheet S: ") for note in found)
    return [note.removeprefix("sheet S: ") for note in found]


def test_header_and_rows() -> None:
    table = read(xlsx({"S": SMALL}))
    assert cells(xlsx({"S": SMALL})) == [HEADER, FIRST, SECOND]
    assert table.notes == ()
    assert table.labels == {}


@pytest.mark.parametrize("name", ["dm.xlsx", "DM.XLSX", "dm.xlsm", "export.zip/dm.xlsx"])
def test_endings(name: str) -> None:
    assert cells(xlsx({"S": SMALL}), name) == [HEADER, FIRST, SECOND]


def test_sheets_in_their_order_hidden_ones_too() -> None:
    book = xlsx({"b": SMALL, "a &amp; c": SMALL, "ä": SMALL}, states=("visible", "hidden"))
    file = SourceFile("all.xlsx", content=book)
    assert list_sheets(file) == ("b", "a & c", "ä")
    assert cells(book, sheet="a & c") == [HEADER, FIRST, SECOND]
    assert read(book, sheet="a & c").notes == ("sheet a & c: the sheet is hidden",)


def test_a_header_alone_is_a_table_without_rows() -> None:
    assert cells(xlsx({"S": rows(texts(1, "A", "B"))})) == [["A", "B"]]


def test_the_table_begins_where_cells_do() -> None:
    sheet = rows(texts(3, "", "A", "B"), texts(4, "", "1", "2"), first=3)
    assert cells(xlsx({"S": sheet})) == [["A", "B"], ["1", "2"]]
    assert notes(sheet) == ["the header is row 3, the first that is filled"]


def test_a_header_further_down_and_labels_below_it() -> None:
    sheet = rows(
        texts(1, "Export of 1 May"), "", texts(3, "SUBJID", "MRS"),
        texts(4, "Subject", "Score"), texts(5, "", "0 to 6"), texts(6, "01", "3"),
    )  # fmt: skip
    table = read(xlsx({"S": sheet}), header_row=3, label_rows=2)
    assert table.texts.to_numpy().tolist() == [FIRST]
    assert table.labels == {"SUBJID": "Subject", "MRS": "Score / 0 to 6"}
    assert table.notes == ("sheet S: rows 1 to 2 stand above the header and are not read",)


def test_empty_rows_are_none_and_counted_between_others() -> None:
    blank = '<c r="A3" t="inlineStr"><is><t xml:space="preserve"> </t></is></c>'
    sheet = rows(texts(1, *HEADER), texts(2, *FIRST), blank, "", texts(5, *SECOND), '<c r="A6"/>')
    assert cells(xlsx({"S": sheet})) == [HEADER, FIRST, SECOND]
    assert notes(sheet) == ["2 empty row(s) between others, rows 3, 4: no rows of the table"]


def test_a_column_without_name_and_cells_is_none() -> None:
    sheet = rows(texts(1, "A", "", "C"), texts(2, "1", "", "3") + '<c r="F2" s="1"/>')
    assert cells(xlsx({"S": sheet})) == [["A", "C"], ["1", "3"]]


def test_hidden_rows_and_columns_are_read_and_said() -> None:
    columns = '<cols><col min="2" max="16384" hidden="1"/></cols>'
    body = rows(texts(1, *HEADER), texts(2, *FIRST), texts(3, *SECOND), hidden=(3, 9))
    sheet = columns + body
    assert cells(xlsx({"S": sheet})) == [HEADER, FIRST, SECOND]
    assert notes(sheet) == [
        "1 hidden row(s), row 3: read like any other",
        "1 hidden column(s), column B (MRS): read like any other",
    ]


def test_cells_merged_within_a_row_are_said() -> None:
    merged = '<mergeCells><mergeCell ref="A3:B3"/><mergeCell ref="A9:B12"/></mergeCells>'
    sheet = rows(texts(1, *HEADER), texts(2, *FIRST), texts(3, "withdrawn")) + merged
    assert cells(xlsx({"S": sheet}))[2] == ["withdrawn", ""]
    assert notes(sheet) == [
        "1 merged range(s), first A3:B3: only the first cell of each holds a value"
    ]


def test_a_name_merged_with_its_label_rows_is_a_header() -> None:
    merged = '<mergeCells><mergeCell ref="A1:A2"/></mergeCells>'
    sheet = rows(texts(1, *HEADER), texts(2, "", "0 to 6"), texts(3, *FIRST)) + merged
    assert cells(xlsx({"S": sheet}), label_rows=1) == [HEADER, FIRST]
    assert len(notes(sheet, label_rows=1)) == 1


def test_midnights_among_moments_are_said() -> None:
    sheet = rows(
        texts(1, "LKW", "BIRTH"),
        number("A2", 46123.25, MOMENT) + number("B2", 20000, 1),
        number("A3", 46123, MOMENT),
    )
    assert cells(xlsx({"S": sheet}))[1:] == [
        ["2026-04-11T06:00", "1954-10-03"],
        ["2026-04-11", ""],
    ]
    assert notes(sheet) == [
        "column A (LKW): 1 cell(s) with a day without a time among moments (a workbook writes "
        "midnight so too), row 3"
    ]


def test_a_formula_whose_value_is_an_empty_text_is_said() -> None:
    sheet = rows(texts(1, *HEADER), texts(2, "01") + '<c r="B2" t="str"><f>""</f><v></v></c>')
    assert cells(xlsx({"S": sheet}))[1] == ["01", ""]
    assert notes(sheet) == [
        "column B (MRS): 1 cell(s) with a formula whose value is an empty text, row 2"
    ]
