"""Binary workbooks (``.xlsb``): values, and what a scan of their records finds."""

from __future__ import annotations

import struct

import pytest

from analysis.errors import DataError
from tests.unit.edc.sources.workbooks.handmade.packages import cells, read
from tests.unit.edc.sources.workbooks.handmade.records import (
    boolean,
    error,
    formula_error,
    formula_text,
    hidden_columns,
    merged,
    real,
    record,
    row,
    text,
    xlsb,
)

HEADER = row(0, text("SUBJID"), text("MRSDTC"), text("WEIGHT"))
FIRST = row(1, text("01"), real(46123, 1), real(2.8))


def test_values() -> None:
    body = HEADER + FIRST + row(2, text("肺炎"), b"", boolean(True))
    assert cells(xlsb(body), "dm.xlsb") == [
        ["SUBJID", "MRSDTC", "WEIGHT"], ["01", "2026-04-11", "2.8"], ["肺炎", "", "TRUE"],
    ]  # fmt: skip
    assert read(xlsb(body), "dm.xlsb").notes == ()


def test_days_counted_from_1904() -> None:
    body = HEADER + row(1, text("01"), real(44661, 1))
    assert cells(xlsb(body, from_1904=True), "dm.xlsb")[1][1] == "2026-04-11"


def test_errors() -> None:
    body = HEADER + row(2, text("01"), b"", error(0x2A)) + row(4, b"", b"", formula_error(0x07))
    with pytest.raises(DataError, match=r"column C \(WEIGHT\): 2 cell.*#DIV/0!, #N/A\), rows 3, 5"):
        read(xlsb(body), "dm.xlsb")


def test_merged_rows() -> None:
    behind = record(177) + merged(1, 2, 0, 0) + record(178)
    with pytest.raises(DataError, match=r"over several rows \(A2:A3\)"):
        read(xlsb(HEADER + FIRST + row(2, b"", real(46123, 1)), behind=behind), "dm.xlsb")


def test_notes() -> None:
    body = HEADER + FIRST + row(2, text("02"), formula_text(""), hidden=True)
    assert read(xlsb(body, before=hidden_columns(2, 5)), "dm.xlsb").notes == (
        "sheet S: 1 hidden row(s), row 3: read like any other",
        "sheet S: 1 hidden column(s), column C (WEIGHT): read like any other",
        "sheet S: column B (MRSDTC): 1 cell(s) with a formula whose value is an empty text, row 3",
    )


def test_a_workbook_that_is_still_to_be_calculated() -> None:
    calculation = record(157, bytes(24) + struct.pack("<H", 1))
    formula = bytes([9, 0]) + struct.pack("<d", 0) + bytes(10)
    body = HEADER + row(1, text("01"), b"", formula)
    assert cells(xlsb(body), "dm.xlsb")[1] == ["01", "", "0"]
    with pytest.raises(DataError, match=r"column C \(WEIGHT\).*never calculated, row 2"):
        read(xlsb(body, book=calculation), "dm.xlsb")


@pytest.mark.parametrize("place", [(1_048_576, 0), (0, 16_384), (1_048_575, 16_383)])
def test_a_sheet_that_reaches_too_far(place: tuple[int, int]) -> None:
    cell = record(5, struct.pack("<IId", place[1], 0, 1))
    body = HEADER + row(place[0]) + cell
    with pytest.raises(DataError, match=r"and no sheet of Excel has more|Delete what stands far"):
        read(xlsb(body), "dm.xlsb")


@pytest.mark.parametrize("tail", [b"\x05\x7f\0", b"\x05", b"\0\x01\0"])
def test_records_that_are_cut_off(tail: bytes) -> None:
    with pytest.raises(DataError, match="cut off or damaged"):
        read(xlsb(HEADER + FIRST, behind=tail), "dm.xlsb")
