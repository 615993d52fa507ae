"""Headers of sheets: names that repeat are numbered, titles above them are not checked."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from analysis.config import Mapping
from analysis.qc.from_export.reading.files import read_file
from analysis.qc.from_export.reading.mapping import describe_table
from analysis.qc.from_export.reading.queries.registry import NotCheckedError, Registry
from analysis.qc.from_export.reading.sources.pieces import list_pieces
from tests.unit.qc.from_export.reading.queries.both_engines import (
    map_table,
    read_by_check,
    require_same,
)


def write_book(folder: Path, *rows: list[str]) -> Path:
    path = folder / "a.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("One")
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
        book.add_worksheet("Two").write(0, 0, "x")
    return path


def map_sheet(mapping: Mapping, spec: dict[str, Any], **keys: Any) -> Mapping:
    source = {"file": "a.xlsx", "part": "One", **keys}
    return map_table(mapping, "dm", {"source": "subjects", **spec}, subjects=source)


def test_names_that_repeat_are_numbered(tmp_path: Path, mapping: Mapping) -> None:
    write_book(tmp_path, ["SUBJID", "x", "X"], ["S1", "M", "F"])
    spec = {"rows": "1 = 1", "columns": {"SUBJID": "SUBJID", "SEX": "X (2)"}}
    mapped = map_sheet(mapping, spec, repeated_headers="number")
    assert require_same(tmp_path, mapped, "dm")
    assert read_by_check(tmp_path, mapped, "dm").columns["SEX"] == ["F"]


def test_titles_above_the_names_of_a_sheet_are_not_checked(
    tmp_path: Path, mapping: Mapping
) -> None:
    path = write_book(tmp_path, ["", "Day 0"], ["SUBJID", "SEX"], ["S1", "M"])
    mapped = map_sheet(mapping, {}, header_rows=[1, 2])
    pieces = list_pieces([path])
    found = read_file(pieces, describe_table(mapped, "dm"))
    assert found.is_foreign
    assert "does not read titles above the names of columns (header_rows)" in found.problem
    with pytest.raises(NotCheckedError, match="titles above the names"):
        Registry(pieces, mapped).read("subjects")


def test_a_file_may_have_several_names(tmp_path: Path, mapping: Mapping) -> None:
    (tmp_path / "a.csv").write_text("SUBJID,k,v\nS1,SEX,M\nS1,AGE,7\n", encoding="utf-8")
    rows_by = {"key": ["SUBJID"], "item": "k", "value": "v"}
    sources = {"raw": {"file": "a.csv"}, "wide": {"file": "a.csv", "rows_by": rows_by}}
    for source, sexes in (("wide", ["M"]), ("raw", ["SEX", "AGE"])):
        spec = {"source": source, "rows": "1 = 1"}
        spec |= {} if source == "wide" else {"columns": {"SEX": "k"}}
        mapped = map_table(mapping, "dm", spec, **sources)
        assert require_same(tmp_path, mapped, "dm")
        assert read_by_check(tmp_path, mapped, "dm").columns["SEX"] == sexes
