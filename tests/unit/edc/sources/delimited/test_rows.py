"""However a file is read, in blocks or split by Arrow, it holds the cells that were written."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analysis.edc.sources.delimited import rows as reader
from analysis.edc.sources.delimited.header import find_body
from tests.unit.edc.sources.delimited.reading import read, refusal, rows

CELLS = st.text(st.sampled_from("aB1 ,\";'\n\t肺é\u3000\x1c\u200b"), max_size=5)
TABLES = st.integers(2, 4).flatmap(
    lambda width: st.lists(st.lists(CELLS, min_size=width, max_size=width), min_size=1, max_size=12)
)


def write(table: list[list[str]], quoting: int, end: str) -> str:
    text = io.StringIO(newline="")
    header = [f"C{number}" for number in range(len(table[0]))]
    csv.writer(text, quoting=quoting, lineterminator=end).writerows([header, *table])
    return text.getvalue()


@pytest.fixture
def small_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "ROWS_AT_ONCE", 3)
    monkeypatch.setattr(reader, "CHARACTERS_AT_ONCE", 7)


@pytest.mark.usefixtures("small_blocks")
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(TABLES, st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]), st.sampled_from(["\n", "\r\n"]))
def test_cells_are_read_as_they_were_written(
    table: list[list[str]], quoting: int, end: str
) -> None:
    expected = [[cell.strip() for cell in row] for row in table]
    assert rows(write(table, quoting, end))[1:] == expected


@pytest.mark.parametrize("quote", ['"', ""])
@given(st.lists(st.lists(st.text("ab é 1", max_size=4), min_size=2, max_size=2), min_size=1))
def test_arrow_splits_as_the_reader_does(quote: str, table: list[list[str]]) -> None:
    body = find_body("dm.csv", write(table, csv.QUOTE_MINIMAL, "\n"), 1)
    split, parsed = (read(body, ",", quote) for read in (reader._split_plain, reader._parse))
    assert split
    assert parsed
    assert (split.line, split.header) == (parsed.line, parsed.header)
    assert split.table.to_pylist() == parsed.table.to_pylist()


def test_empty_lines_are_no_rows_and_blank_cells_are() -> None:
    assert rows("\n\nA,B\n\n1,2\n,\n\n")[1:] == [["1", "2"], ["", ""]]


@pytest.mark.parametrize("cells", ["1,2,3", "1", '"1"x,2'])
def test_what_is_not_regular_is_told_by_its_line(cells: str) -> None:
    assert "line 3" in refusal(f"A,B\n1,2\n{cells}\n")


def test_labels_are_no_data_in_blocks(small_blocks: None) -> None:
    data = "".join(f"S{number},{number}\n" for number in range(10))
    table = read(f'"ID",AGE\nSubject,"Age, years"\n{data}', label_rows=1)
    assert table.labels == {"ID": "Subject", "AGE": "Age, years"}
    assert table.texts["AGE"].tolist() == [str(number) for number in range(10)]
