"""Names that stand several times in a header are refused with the key that numbers them."""

from __future__ import annotations

from pathlib import Path

import pytest
import xlsxwriter

from analysis.config.mapping import RepeatedHeaders
from analysis.edc.sources.files.options import ReadOptions
from analysis.edc.sources.files.repeated_headers import name_columns
from analysis.edc.sources.files.source_file import SourceFile
from analysis.edc.sources.source import Source
from analysis.errors import DataError

HEADER = ["Record ID", "Date", "Complete?", "date ", "Complete?", "Complete?"]
NAMES = ["Record ID", "Date", "Complete?", "date (2)", "Complete? (2)", "Complete? (3)"]
CELLS = ["1", "a", "b", "c", "d", "e"]


def open_source(
    path: Path, repeated: RepeatedHeaders = "refuse", label_rows: int = 0, part: str = ""
) -> Source:
    options = ReadOptions(repeated_headers=repeated, label_rows=label_rows)
    return Source("redcap", path, SourceFile.at(path), options, part)


def write_csv(folder: Path, *rows: list[str], quote: str = "") -> Path:
    path = folder / "labels.csv"
    lines = [",".join(f"{quote}{cell}{quote}" for cell in row) for row in rows]
    path.write_text("\n".join([*lines, ""]), encoding="utf-8")
    return path


@pytest.mark.parametrize("quote", ["", '"'])
def test_names_are_numbered_from_left_to_right(tmp_path: Path, quote: str) -> None:
    path = write_csv(tmp_path, HEADER, CELLS, quote=quote)
    texts = open_source(path, "number").read().texts
    assert list(texts.columns) == NAMES
    assert texts.to_numpy().tolist() == [CELLS]


def test_a_header_without_rows_is_numbered_too(tmp_path: Path) -> None:
    assert list(open_source(write_csv(tmp_path, HEADER), "number").read().texts.columns) == NAMES


def test_labels_stay_with_their_columns(tmp_path: Path) -> None:
    path = write_csv(tmp_path, ["id", "n", "n"], ["Record", "first", "second"], ["S1", "1", "2"])
    assert open_source(path, "number", label_rows=1).read().labels == {
        "id": "Record", "n": "first", "n (2)": "second",
    }  # fmt: skip


def test_names_of_a_sheet_are_numbered(tmp_path: Path) -> None:
    path = tmp_path / "labels.xlsx"
    with xlsxwriter.Workbook(path) as book:
        for name in ("One", "Two"):
            sheet = book.add_worksheet(name)
            sheet.write_row(0, 0, ["id", "n", "n"])
            sheet.write_row(1, 0, ["Record", "first", "second"])
            sheet.write_row(2, 0, ["S1", "1", "2"])
    table = open_source(path, "number", label_rows=1, part="One").read()
    assert list(table.texts.columns) == ["id", "n", "n (2)"]
    assert table.labels == {"id": "Record", "n": "first", "n (2)": "second"}
    with pytest.raises(DataError, match=r"column N stands twice.*set repeated_headers: number"):
        open_source(path, part="One").read()


def test_what_is_not_declared_is_refused_with_the_key(tmp_path: Path) -> None:
    with pytest.raises(DataError) as refused:
        open_source(write_csv(tmp_path, HEADER, CELLS)).read()
    message = str(refused.value)
    assert message.startswith("labels.csv: column COMPLETE?, DATE stands twice in the header.")
    assert "set repeated_headers: number, so that the second is read as COMPLETE? (2)" in message
    assert "`sources: {redcap: {file: labels.csv, repeated_headers: ...}}`" in message


def test_a_number_that_a_name_has_already(tmp_path: Path) -> None:
    path = write_csv(tmp_path, ["n", "N (2)", "n"], ["1", "2", "3"])
    with pytest.raises(DataError, match=r"labels.csv: n \(2\) stands in the header.*Rename one"):
        open_source(path, "number").read()


def test_columns_without_a_name_are_not_named(tmp_path: Path) -> None:
    assert name_columns("a.csv", ["", "x", ""], "number") == ["", "x", ""]
    with pytest.raises(DataError, match="stands twice"):
        open_source(write_csv(tmp_path, ["", "x", ""], ["1", "2", "3"]), "number").read()
