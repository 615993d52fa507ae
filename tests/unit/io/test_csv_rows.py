"""CSV files that people open: any text is written, and read back as it was."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.errors import AnalysisError
from analysis.io.csv_rows import read_records, read_rows, write_rows
from analysis.io.files import write_text
from analysis.io.printable import clean_surrogates
from tests.unit.io.any_text import ANY_TEXT, FORMULAS

ROWS = st.integers(1, 4).flatmap(
    lambda width: st.lists(
        st.lists(ANY_TEXT, min_size=width, max_size=width), min_size=1, max_size=4
    )
)


@given(ROWS)
def test_any_rows_come_back(rows: list[list[str]]) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "rows.csv"
        write_text(path, write_rows(rows))
        assert read_rows(path) == [[clean_surrogates(cell) for cell in row] for row in rows]


@given(ROWS)
def test_other_programs_see_the_same_rows(rows: list[list[str]]) -> None:
    reader = csv.reader(io.StringIO(write_rows(rows), newline=""), strict=True)
    assert [len(row) for row in reader] == [len(row) for row in rows]


@given(ANY_TEXT)
def test_any_text_survives_strict_json(text: str) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "text.json"
        write_text(path, json.dumps({text: text}, ensure_ascii=False))
        clean = clean_surrogates(text)
        assert json.loads(path.read_text(encoding="utf-8")) == {clean: clean}


def test_carriage_returns_are_quoted_and_line_ends_stay() -> None:
    assert write_rows([["a\rb", 'c"d', "e,f", "g\nh", "i"]]) == '"a\rb","c""d","e,f","g\nh",i\n'


def test_formulas_are_escaped_inside_quotes_too() -> None:
    assert write_rows([["=1,2", "-1.5"]]) == '"\'=1,2",-1.5\n'


def test_a_very_long_cell_comes_back(tmp_path: Path) -> None:
    path, limit = tmp_path / "long.csv", csv.field_size_limit()
    write_text(path, write_rows([["x"], ["y" * 500_000]]))
    assert read_rows(path)[1] == ["y" * 500_000]
    assert csv.field_size_limit() == limit


@pytest.mark.parametrize("formula", FORMULAS)
def test_records_hold_what_was_written(formula: str, tmp_path: Path) -> None:
    path = tmp_path / "records.csv"
    write_text(path, write_rows([["A", "B"], [formula, "-1"]]))
    assert read_records(path, ["A", "B"]) == [{"A": formula, "B": "-1"}]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "the columns must be A, B"),
        (b"A\n1\n", "the columns must be A, B"),
        (b"A,B\n1\n", "row 2 has not as many cells as the header"),
        (b'A,B\n"1,2\n', "cannot be read as a table"),
        (b"A,B\n\xff,2\n", "cannot be read as a table"),
    ],
)
def test_what_is_no_such_table_is_said(content: bytes, words: str, tmp_path: Path) -> None:
    path = tmp_path / "records.csv"
    path.write_bytes(content)
    with pytest.raises(AnalysisError, match=words):
        read_records(path, ["A", "B"])
