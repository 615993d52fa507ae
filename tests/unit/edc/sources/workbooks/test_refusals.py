"""Sheets that are not read: which cells, where in Excel, why, and a remedy that works."""

from __future__ import annotations

import pytest

from analysis.errors import DataError
from tests.unit.edc.sources.workbooks.handmade.packages import (
    cells,
    number,
    read,
    rows,
    text,
    texts,
    xlsx,
)

HEADER = texts(1, "SUBJID", "MRS")


def refusal(sheet: str, book: dict[str, str] | None = None, **options: object) -> list[str]:
    """The findings of the message."""
    with pytest.raises(DataError) as caught:
        read(xlsx({"S": sheet}, **(book or {})), **options)
    heading, *findings = str(caught.value).splitlines()
    assert heading == "dm.xlsx: sheet S: the table cannot be read."
    return [finding.removeprefix("  - ") for finding in findings]


def test_errors_are_collected_by_column() -> None:
    error = '<c r="{}" t="e"><v>{}</v></c>'
    bodies = [text(f"A{i}", f"0{i}") + error.format(f"B{i}", "#N/A") for i in range(2, 9)]
    bodies[0] += error.format("C2", "#REF!")
    assert refusal(rows(HEADER + text("C1", "AGE"), *bodies)) == [
        "column B (MRS): 7 cell(s) with an error in place of a value (#N/A), rows 2, 3, 4, 5, 6, "
        ".... Correct them where they come from, or empty them if there is no value",
        "column C (AGE): 1 cell(s) with an error in place of a value (#REF!), row 2. Correct "
        "them where they come from, or empty them if there is no value",
    ]


def test_the_value_of_a_formula_that_failed() -> None:
    (finding,) = refusal(rows(HEADER, '<c r="B2" t="e"><f>1/0</f><v>#DIV/0!</v></c>'))
    assert "(#DIV/0!), row 2" in finding


@pytest.mark.parametrize("error", ["#SPILL!", "#CALC!", "#GETTING_DATA", "#FIELD!"])
def test_errors_of_later_versions(error: str) -> None:
    with pytest.raises(DataError) as caught:
        read(xlsx({"S": rows(HEADER, f'<c r="B2" t="e"><v>{error}</v></c>')}))
    assert str(caught.value) == (
        f"dm.xlsx: sheet S: 1 cell(s) with an error in place of a value ({error}), B2. Correct "
        "them where they come from, or empty them if there is no value"
    )


def test_an_error_does_not_show_what_else_stands_in_a_cell() -> None:
    with pytest.raises(DataError, match="1 cell") as caught:
        read(xlsx({"S": rows(HEADER, '<c r="B2" t="e"><v>Mrs Smith</v></c>')}))
    assert "Smith" not in str(caught.value)


@pytest.mark.parametrize("cell", ["<f>A2</f>", "<f>A2</f><v/>", '<f t="shared" si="0"/><v></v>'])
def test_a_formula_that_was_never_calculated(cell: str) -> None:
    (finding,) = refusal(rows(HEADER, texts(2, "01") + f'<c r="B2">{cell}</c>'))
    assert finding == (
        "column B (MRS): 1 cell(s) with a formula that was never calculated, row 2. Open the "
        "workbook in Excel or LibreOffice, and save it"
    )


def test_a_workbook_that_is_still_to_be_calculated() -> None:
    """Libraries write 0 as the value of every formula, and let Excel calculate on opening."""
    sheet = rows(HEADER, texts(2, "01") + '<c r="B2"><f>1+2</f><v>0</v></c>')
    (finding,) = refusal(sheet, {"after": '<calcPr fullCalcOnLoad="1"/>'})
    assert "column B (MRS): 1 cell(s) with a formula that was never calculated, row 2" in finding
    assert cells(xlsx({"S": sheet}, after='<calcPr calcId="1"/>'))[1] == ["01", "0"]
    plain = rows(HEADER, texts(2, "01", "3"))
    assert cells(xlsx({"S": plain}, after='<calcPr fullCalcOnLoad="1"/>'))[1] == ["01", "3"]


def test_a_name_that_is_absent() -> None:
    sheet = rows(texts(2, "", "SUBJID"), texts(3, "", "01", "3"), texts(4, "", "02", "4"), first=2)
    assert refusal(sheet) == [
        "row 2, column C: the header is empty above 2 filled cell(s), rows 3, 4. Name the column, "
        "delete what stands in it, or set header_row to the row that names the columns "
        "(header_rows, where titles of groups stand above the names)"
    ]


def test_a_title_above_the_header_and_its_remedy() -> None:
    sheet = rows(texts(1, "Export of 1 May"), texts(2, "SUBJID", "MRS"), texts(3, "01", "3"))
    assert "set header_row" in refusal(sheet)[0]
    assert cells(xlsx({"S": sheet}), header_row=2) == [["SUBJID", "MRS"], ["01", "3"]]


MERGED = '<mergeCells><mergeCell ref="{}"/></mergeCells>'


@pytest.mark.parametrize("area", ["A2:A3", "A2:B4", "A1:A2"])
def test_a_value_for_several_rows(area: str) -> None:
    body = rows(HEADER, texts(2, "01", "3"), texts(3, "", "4"), texts(4, "", "5"))
    (finding,) = refusal(body + MERGED.format(area))
    assert finding.startswith(f"1 merged range(s) over several rows ({area}): only the first cell")


@pytest.mark.parametrize("area", ["B2:B4", "A6:B9", "A2:B2"])
def test_merged_cells_without_a_value_lose_none(area: str) -> None:
    body = rows(HEADER, texts(2, "01"), texts(3, "02"), texts(4, "03"))
    assert len(cells(xlsx({"S": body + MERGED.format(area)}))) == 4


def test_a_header_of_two_rows_and_its_remedy() -> None:
    body = rows(HEADER, texts(2, "", "0 to 6"), texts(3, "01", "3")) + MERGED.format("A1:A2")
    assert "set label_rows" in refusal(body)[0]
    assert cells(xlsx({"S": body}), label_rows=1) == [["SUBJID", "MRS"], ["01", "3"]]


def test_what_stands_above_the_header_refuses_nothing() -> None:
    top = '<c r="A1" t="e"><v>#REF!</v></c>'
    sheet = rows(top, texts(2, "A"), number("A3", 1)) + MERGED.format("A1:C1")
    assert cells(xlsx({"S": sheet}), header_row=2) == [["A"], ["1"]]


def test_a_header_of_errors_is_not_skipped() -> None:
    names = '<c r="A1" t="e"><v>#REF!</v></c><c r="B1"><f>A9</f></c>'
    found = refusal(rows(names, texts(2, "01", "3"), texts(3, "02", "4")))
    assert [finding.partition(". ")[0].rpartition(", ")[2] for finding in found] == ["row 1"] * 2


def test_numbers_that_are_none() -> None:
    (finding,) = refusal(rows(HEADER, number("B2", "NaN") + text("A2", "01")))
    assert "column B (MRS): 1 cell(s) with a duration" in finding
    assert "or a number that is none, row 2" in finding


@pytest.mark.parametrize(
    ("sheet", "options", "message"),
    [
        ("<sheetData/>", {}, "the sheet is empty, it lacks even a header row"),
        (
            rows(HEADER),
            {"header_row": 4},
            "row 4 and all below it are empty, so there is no header",
        ),
    ],
)
def test_a_sheet_without_a_header(sheet: str, options: dict[str, object], message: str) -> None:
    with pytest.raises(DataError, match=message):
        read(xlsx({"S": sheet}), **options)


def test_a_sheet_that_is_not_there() -> None:
    with pytest.raises(DataError, match=r"there is no sheet dm\. The workbook has S, T"):
        read(xlsx({"S": rows(HEADER), "T": rows(HEADER)}), sheet="dm")


@pytest.mark.parametrize(
    ("place", "message"),
    [
        ("XFE1", "16,385 columns, and no sheet of Excel has more"),
        ("EQXE1", "100,001 columns"),
        ("A1048577", "1,048,577 rows"),
        ("XFD1048576", r"\(XFD1048576\).*Delete what stands far from the table"),
    ],
)
def test_a_sheet_that_reaches_too_far(place: str, message: str) -> None:
    with pytest.raises(DataError, match=message):
        read(xlsx({"S": rows(HEADER, number(place, 1))}))
