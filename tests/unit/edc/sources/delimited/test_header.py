"""The line in which the header stands, as a person counts lines."""

from __future__ import annotations

import pytest

from tests.unit.edc.sources.delimited.reading import refusal, rows

TABLE = [["A", "B"], ["1", "2"]]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r\r\n", "\r"])
def test_lines_above_are_not_read(end: str) -> None:
    content = end.join(['Trial "X, of; 2026', "", "A,B", "1,2", ""])
    assert rows(content, header_row=3) == TABLE


def test_the_line_in_which_excel_declares_the_separator_counts() -> None:
    assert rows("sep=;\nA;B\n1;2\n", delimiter=";") == TABLE
    assert rows("sep=;\nA;B\n1;2\n", delimiter=";", header_row=2) == TABLE
    assert rows("sep=;\ntitle\nA;B\n1;2\n", delimiter=";", header_row=3) == TABLE


def test_the_separator_is_sought_in_the_header_not_above_it() -> None:
    content = "a; b; c; d; e\nA,B\n1,2\n"
    assert rows(content, header_row=2) == TABLE
    assert 'separated by ","' in refusal(content, delimiter=";", header_row=2)


def test_lines_are_counted_from_the_top_of_the_file() -> None:
    assert "first at line 4:" in refusal("title\nA,B\n1,2\n3\n", header_row=2)
    assert "first at line 3:" in refusal("sep=,\nA,B\n3\n4,5\n")


def test_no_header_where_it_should_be() -> None:
    assert refusal("A,B\n1,2\n", header_row=3).startswith(
        "dm.csv: the header should stand in line 3 (key header_row), where the file ends. Set"
    )
    assert refusal("title\n\nA,B\n1,2\n", header_row=2).startswith(
        "dm.csv: line 2 is empty, and the header should stand there (key header_row). Set"
    )
    assert "line 2 (key header_row), where the file ends" in refusal("sep=;\n", delimiter=";")


def test_a_title_above_the_header_is_told_with_the_key() -> None:
    content = "Export of 2026\nA,B\n1,2\n"
    assert "2 row(s) do not have the 1 fields of the header" in refusal(content)
    assert refusal(content).endswith("set header_row to that line, counted from 1")
    assert rows(content, header_row=2) == TABLE


def test_a_header_of_more_columns_than_any_table() -> None:
    names = ",".join(f"V{number}" for number in range(100_000))
    assert refusal(f"{names}\n").startswith("dm.csv: line 1: the header has 100000 fields")


def test_zero_bytes_in_the_header() -> None:
    message = refusal("t\0itle\n\0A,B\n1,2\n", header_row=2)
    assert message.startswith("dm.csv: line 2: zero bytes in the header")
    assert rows("t\0itle\nA,B\n1,2\n", header_row=2) == TABLE
