"""Titles of groups above the names of columns become a part of the names."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
import xlsxwriter

from analysis.config import load_mapping
from analysis.edc.sources.files.options import ReadOptions
from analysis.edc.sources.files.source_file import SourceFile
from analysis.edc.sources.source import Source
from analysis.errors import ConfigError, DataError

TOP = Path(__file__).parents[5]
NAMES = ["编号", "途径", "剂量", "途径", "剂量", "备注"]
JOINED = ["受试者.编号", "第0天（术中）.途径", "第0天（术中）.剂量", "第1天.途径", "第1天.剂量"]
CELLS = ["S1", "动脉", "40", "静脉", "140.4", "x"]


def open_source(path: Path, *rows: int, part: str = "", label_rows: int = 0) -> Source:
    options = ReadOptions(header_rows=rows, label_rows=label_rows)
    return Source("drug", path, SourceFile.at(path), options, part)


def write_sheet(path: Path, merged: bool = True) -> Path:
    """A title of the sheet, titles over columns 2-3 and 4-5, a name without a title behind them."""
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("用药")
        book.add_worksheet("other")
        sheet.merge_range(0, 0, 0, 5, "研究用药记录")
        sheet.write(1, 0, "受试者")
        for column, title in ((1, "第0天（术中）"), (3, "第1天")):
            if merged:
                sheet.merge_range(1, column, 1, column + 1, title)
            else:
                sheet.write(1, column, title)
        sheet.write_row(2, 0, NAMES)
        sheet.write_row(3, 0, CELLS)
    return path


def test_a_merged_title_stands_above_the_columns_of_its_cell(tmp_path: Path) -> None:
    table = open_source(write_sheet(tmp_path / "a.xlsx"), 2, 3, part="用药").read()
    assert list(table.texts.columns) == [*JOINED, "备注"]
    assert table.texts.to_numpy().tolist() == [CELLS]
    assert any("row 1 to 1" in note or "rows 1 to 1" in note for note in table.notes)


def test_a_title_without_a_merged_cell_holds_up_to_the_next(tmp_path: Path) -> None:
    table = open_source(write_sheet(tmp_path / "a.xlsx", merged=False), 2, 3, part="用药").read()
    assert list(table.texts.columns) == [*JOINED, "第1天.备注"]


def test_a_column_that_only_a_title_names(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("One")
        sheet.merge_range(0, 0, 1, 0, "id")
        sheet.merge_range(0, 1, 0, 2, "Day 0")
        sheet.write_row(1, 1, ["dose", "route"])
        sheet.write_row(2, 0, ["S1", "40", "IA"])
    assert list(open_source(path, 1, 2, part="One").read().texts.columns) == [
        "id", "Day 0.dose", "Day 0.route",
    ]  # fmt: skip


@pytest.mark.parametrize("quote", ["", '"'])
def test_titles_of_a_text_file(tmp_path: Path, quote: str) -> None:
    rows = [["Trial"], ["", "Arm", "", "Leg"], ["", "left", "right"], ["id", "a", "b", "a", "c"]]
    data = ["S1", "1", "2", "3", "4"]
    path = tmp_path / "a.csv"
    lines = [",".join(f"{quote}{cell}{quote}" for cell in row) for row in [*rows, data]]
    path.write_text("\n".join([*lines, ""]), encoding="utf-8")
    table = open_source(path, 2, 3, 4).read()
    assert list(table.texts.columns) == ["id", "Arm.left.a", "Arm.right.b", "Leg.a", "Leg.c"]
    assert table.texts.to_numpy().tolist() == [data]


def test_words_below_the_names_stay_with_their_columns(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(",Day 0\nid,dose\nSubject,mg given\nS1,40\nS2,50\n", encoding="utf-8")
    assert open_source(path, 1, 2, label_rows=1).read().labels == {
        "id": "Subject", "Day 0.dose": "mg given",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("text", "rows", "message"),
    [
        ("a,b,c\nid,x\nS1,1\n", (1, 2), r"a title stands behind the last of the 2 columns"),
        ('"a,b\nid,x\nS1,1\n', (1, 2), r"line 1: no row of titles.*Set header_rows to"),
        ("a\nid,x\n", (1, 9), r"should stand in line 9"),
        (",A,\nid,x,X\nS1,1,2\n", (1, 2), r"column A.X stands twice"),
    ],
)
def test_what_is_no_header_is_said(
    tmp_path: Path, text: str, rows: tuple[int, ...], message: str
) -> None:
    path = tmp_path / "a.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(DataError, match=message):
        open_source(path, *rows).read()


def test_the_row_of_names_is_empty(tmp_path: Path) -> None:
    path = write_sheet(tmp_path / "a.xlsx")
    with pytest.raises(DataError, match="row 9 is empty, and the names of the columns should"):
        open_source(path, 2, 9, part="用药").read()


def test_a_file_with_columns_of_its_own_has_no_titles(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    pd.DataFrame({"id": ["S1"]}).to_parquet(path)
    with pytest.raises(DataError, match=r"header_rows is given.*Take it out \(sources.drug\)"):
        open_source(path, 1, 2).read()


@pytest.mark.parametrize(
    ("keys", "message"),
    [
        ("header_row: 3, header_rows: [2, 3]", "header_row and header_rows are given"),
        ("header_rows: [3]", "name at least two rows"),
        ("header_rows: [3, 2]", "from above to below"),
    ],
)
def test_keys_that_cannot_be_meant(tmp_path: Path, keys: str, message: str) -> None:
    shipped = (TOP / "config" / "edc.yaml").read_text(encoding="utf-8")
    kept = [line for line in shipped.splitlines() if not line.startswith("sources:")]
    path = tmp_path / "edc.yaml"
    path.write_text("\n".join([*kept, f"sources: {{a: {{file: a.csv, {keys}}}}}", ""]), "utf-8")
    with pytest.raises(ConfigError, match=message):
        load_mapping(path)
