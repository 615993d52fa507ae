"""Sheets with rows of titles above their names are read, and the mapping says how."""

from __future__ import annotations

from pathlib import Path

import pytest
import xlsxwriter

from analysis.config import Mapping
from analysis.edc.mapping.proposal.files.reading import read_sources
from analysis.edc.mapping.proposal.files.way import describe_source

CELLS = [["S1", "IA", "40", "IV", "140"], ["S2", "IV", "50", "IV", "150"], ["S3", "", "60", "", ""]]
NAMES = ["id", "route", "dose", "route", "dose"]


def write_book(path: Path, *rows: list[str], merged: tuple[int, ...] = ()) -> None:
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet("notes").write_row(0, 0, ["who", "when"])
        sheet = book.add_worksheet("drug")
        for number, row in enumerate([*rows, *CELLS]):
            sheet.write_row(number, 0, row)
        for row in merged:
            for first in (1, 3):
                sheet.merge_range(row, first, row, first + 1, rows[row][first])


@pytest.mark.parametrize(
    ("rows", "merged", "keys"),
    [
        ([[*NAMES[:3], "route 2", "dose 2"]], (), {}),
        ([["Drug log"], [*NAMES[:3], "route 2", "dose 2"]], (), {"header_row": 2}),
        ([["Drug log"], [], ["", "Day 0", "", "Day 1", ""], NAMES], (2,), {"header_rows": [3, 4]}),
        ([["", "Day 0", "", "Day 1", ""], NAMES], (0,), {"header_rows": [1, 2]}),
    ],
)
def test_the_header_is_found(
    tmp_path: Path, mapping: Mapping, rows: list[list[str]], merged: tuple[int, ...], keys: object
) -> None:
    write_book(tmp_path / "a.xlsx", *rows, merged=merged)
    read, findings = read_sources(tmp_path, mapping)
    assert findings == []
    (drug,) = (source for source in read if source.name == "drug")
    assert drug.table.texts.to_numpy().tolist() == CELLS
    said = describe_source(drug, mapping, wide=True)
    assert {k: list(v) if k == "header_rows" else v for k, v in said.items()} == (
        {"file": "a.xlsx", "part": "drug", **keys} if keys else {}  # type: ignore[dict-item]
    )


def test_a_row_of_data_is_never_taken_for_the_header(tmp_path: Path, mapping: Mapping) -> None:
    write_book(tmp_path / "a.xlsx", ["id", "route", "dose", "", ""])
    read, findings = read_sources(tmp_path, mapping)
    assert [source.name for source in read] == ["notes"]
    assert len(findings) == 1
    assert "the header is empty above 2 filled cell(s)" in findings[0]
