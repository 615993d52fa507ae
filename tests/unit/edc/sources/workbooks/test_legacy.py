"""Workbooks of Excel 97 (``.xls``) that another library wrote, and the streams within."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest

from analysis.edc.sources.files.options import ReadOptions
from analysis.edc.sources.files.source_file import SourceFile
from analysis.edc.sources.workbooks.scan.biff import scan_sheets
from analysis.edc.sources.workbooks.scan.compound import CompoundFile
from analysis.edc.sources.workbooks.scan.facts import SheetFacts
from analysis.edc.sources.workbooks.workbook import list_sheets, read_sheet
from analysis.errors import DataError
from tests.unit.edc.sources.workbooks.handmade.compound import formula, label, number, record, xls
from tests.unit.edc.sources.workbooks.handmade.packages import cells, read

PATH = Path(__file__).with_name("legacy.xls")
FILE = SourceFile.at(PATH)
ROWS = [
    ["SUBJID", "MRS", "MRSDTC", "LKWDTC", "WEIGHT", "DEAD"],
    ["01", "3", "2026-04-11", "2026-04-11T03:52", "63.9", "TRUE"],
    ["02", "0", "2026-05-01", "2026-05-01T12:30:07", "48.8", "FALSE"],
    ["肺炎", "6", "", "", "2.8", "TRUE"],
]


def patched(old: bytes, new: bytes) -> SourceFile:
    """The file with one place of its bytes changed."""
    content = PATH.read_bytes()
    assert content.count(old) >= 1
    return SourceFile("legacy.xls", content=content.replace(old, new, 1))


def test_sheets() -> None:
    assert list_sheets(FILE) == ("plain", "hidden cells", "faults", "merged", "läge")


@pytest.mark.parametrize("sheet", ["plain", "hidden cells", "läge"])
def test_values(sheet: str) -> None:
    frame = read_sheet(FILE, sheet, ReadOptions()).texts
    assert [list(frame.columns), *frame.to_numpy().tolist()] == ROWS


def test_notes() -> None:
    assert read_sheet(FILE, "plain", ReadOptions()).notes == ()
    assert read_sheet(FILE, "läge", ReadOptions()).notes == ("sheet läge: the sheet is hidden",)
    assert read_sheet(FILE, "hidden cells", ReadOptions()).notes == (
        "sheet hidden cells: 1 hidden row(s), row 3: read like any other",
        "sheet hidden cells: 1 hidden column(s), column E (WEIGHT): read like any other",
    )


def test_errors() -> None:
    with pytest.raises(DataError, match=r"2 cell\(s\) with an error .* \(#DIV/0!, #N/A\), rows 5"):
        read_sheet(FILE, "faults", ReadOptions())


def test_merged_rows() -> None:
    with pytest.raises(DataError, match=r"over several rows \(A5:A6\)"):
        read_sheet(FILE, "merged", ReadOptions())


def test_what_a_scan_finds() -> None:
    facts = scan_sheets(FILE.name, PATH.read_bytes())["faults"]
    assert (facts.rows, facts.columns) == (7, 6)
    assert [(cell.row, cell.column) for cell in facts.empty_formulas] == [(6, 1)]
    assert scan_sheets(FILE.name, PATH.read_bytes())["plain"] == SheetFacts(rows=4, columns=6)


def test_a_stream_that_is_not_there() -> None:
    assert CompoundFile(PATH.read_bytes()).names == {"Workbook"}


def test_days_counted_from_1904() -> None:
    """Record DATEMODE: 0022, two bytes long."""
    file = patched(bytes.fromhex("2200 0200 0000"), bytes.fromhex("2200 0200 0100"))
    frame = read_sheet(file, "plain", ReadOptions()).texts
    assert frame["MRSDTC"].tolist()[:2] == ["2030-04-12", "2030-05-02"]


def test_a_password() -> None:
    """Record CODEPAGE made one of FILEPASS."""
    file = patched(bytes.fromhex("4200 0200"), bytes.fromhex("2F00 0200"))
    with pytest.raises(DataError, match="protected by a password"):
        list_sheets(file)


def test_a_workbook_of_excel_95() -> None:
    file = patched(bytes.fromhex("0908 1000 0006 0500"), bytes.fromhex("0908 1000 0005 0500"))
    with pytest.raises(DataError, match=r"Excel 95 or older.*save it as \.xlsx"):
        list_sheets(file)


def test_results_of_formulas() -> None:
    header = label(0, 0, "A"), label(0, 1, "B")
    good = xls(*header, number(1, 0, 7), formula(1, 1, struct.pack("<d", 2.8)))
    assert cells(good, "dm.xls") == [["A", "B"], ["7", "2.8"]]
    failed = xls(*header, number(1, 0, 7), formula(1, 1, bytes.fromhex("02002A000000FFFF")))
    with pytest.raises(DataError, match=r"column B \(B\): 1 cell\(s\) with an error .*\(#N/A\)"):
        read(failed, "dm.xls")
    empty = xls(*header, number(1, 0, 7), formula(1, 1, bytes.fromhex("030000000000FFFF")))
    assert read(empty, "dm.xls").notes == (
        "sheet S: column B (B): 1 cell(s) with a formula whose value is an empty text, row 2",
    )


@pytest.mark.parametrize("place", [(0, 256), (0, 65535), (65535, 65535)])
def test_a_cell_where_the_format_has_none(place: tuple[int, int]) -> None:
    with pytest.raises(DataError, match="cut off or damaged"):
        list_sheets(SourceFile("dm.xls", content=xls(number(*place, 1))))


@pytest.mark.parametrize("borders", [(0, 2**31, 0, 9), (9, 1, 0, 9), (0, 9, 0, 65535)])
def test_dimensions_that_no_memory_holds(borders: tuple[int, ...]) -> None:
    dimensions = record(0x0200, struct.pack("<IIHHH", *borders, 0))
    with pytest.raises(DataError, match="cut off or damaged"):
        list_sheets(SourceFile("dm.xls", content=xls(dimensions, number(0, 0, 1))))


def test_shared_texts_that_no_memory_holds() -> None:
    head = bytes.fromhex("FC00 4F00 2E00 0000")
    file = patched(head + struct.pack("<I", 10), head + struct.pack("<I", 2**32 - 1))
    with pytest.raises(DataError, match="cut off or damaged"):
        list_sheets(file)


def test_sectors_that_go_round_in_a_circle() -> None:
    content = bytearray(xls(label(0, 0, "A")))
    content[512 + 4 : 512 + 8] = struct.pack("<I", 1)
    with pytest.raises(DataError, match="cut off or damaged"):
        list_sheets(SourceFile("dm.xls", content=bytes(content)))
