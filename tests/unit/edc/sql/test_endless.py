"""What may be why a query does not end is named with its line."""

from __future__ import annotations

import re

import pytest

from analysis.edc.sql.endless import explain_endless


@pytest.mark.parametrize(
    ("query", "lines"),
    [
        ("SELECT a.x\nFROM a\n CROSS JOIN b", [3]), ("SELECT a.x\nFROM a, b", [2]),
        ("SELECT 1 AS 数\nFROM a, b", [2]), ("SELECT 'CROSS JOIN'\nFROM a -- , b", []),
        ("SELECT a.x FROM a JOIN b ON a.x = b.x JOIN c USING (x)", []),
        ("WITH RECURSIVE\n n(x) AS (SELECT 1\n UNION ALL SELECT x FROM n)\nSELECT x FROM n", [2]),
        ("WITH n AS (SELECT 1 AS x)\nSELECT x FROM n", []),
        ("SELECT x FROM a\nWHERE x IN (SELECT b.x\n FROM b, c)", [3]),
        ("no query", []), ("", []),
    ],
)  # fmt: skip
def test_the_line_of_what_makes_rows_without_end(query: str, lines: list[int]) -> None:
    said = explain_endless(query)
    assert [int(number) for number in re.findall(r"Line (\d+):", said)] == lines
    assert (said == "") == (lines == [])
