"""A subquery is held to the columns of the source that it selects from."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from analysis.edc.sql.own_columns import find_foreign_columns

if TYPE_CHECKING:
    from tests.unit.edc.conftest import ExportFolder

HEADERS = {"ex": ("id", "seq", "dose"), "plan": ("nr", "seq", "planned")}
JOINED = "SELECT id, planned FROM ex LEFT JOIN (SELECT {} FROM plan {}) AS p ON TRUE"
ABSENT = "line 1: a subquery selects {} from plan, which has no such column"


@pytest.mark.parametrize(
    ("selected", "rest", "absent"),
    [
        ("id, planned", "", "id"),
        ("planned", "WHERE id <> ''", "id"),
        ("planned", "WHERE nr IN (1) AND (seq = '1' OR lower(Dose) = '')", "Dose"),
        ("max(planned) AS planned", "GROUP BY id", "id"),
        ("planned FROM plan UNION SELECT id", "", "id"),
    ],
)
def test_a_column_of_another_source(selected: str, rest: str, absent: str) -> None:
    assert find_foreign_columns(JOINED.format(selected, rest), HEADERS) == [ABSENT.format(absent)]


@pytest.mark.parametrize(
    ("selected", "rest"),
    [
        ("NR, planned", "WHERE Seq <> '' ORDER BY _row"),
        ("*", ""),
        ("nr AS id, planned", "WHERE id <> ''"),  # a name that it gives itself
        ("planned", "WHERE plan.nr = ex.id"),  # said to be of another
        ("planned", "WHERE EXISTS (SELECT 1 FROM ex WHERE ex.id = nr)"),
        ("planned", "WHERE list_contains(list_transform([nr], each -> upper(each)), '1')"),
        ("n, planned", "AS p(n, seq, planned)"),
    ],
)
def test_what_is_meant(selected: str, rest: str) -> None:
    assert find_foreign_columns(JOINED.format(selected, rest), HEADERS) == []


def test_a_name_that_the_query_gives_is_no_source() -> None:
    text = (
        "WITH plan AS (SELECT id FROM ex) SELECT id FROM ex JOIN (SELECT id FROM plan) USING (id)"
    )
    assert find_foreign_columns(text, HEADERS) == []


def test_the_line_and_what_is_near() -> None:
    text = "SELECT id\nFROM ex JOIN (\n  SELECT nr, planed FROM plan) AS p ON p.nr = id"
    (finding,) = find_foreign_columns(text, HEADERS)
    assert finding == (
        "line 3: a subquery selects planed from plan, which has no such column; the nearest: "
        "planned"
    )


def test_a_query_that_is_nested_deeply() -> None:
    condition = "(" * 900 + "id = ''" + " AND nr = '')" * 900
    text = JOINED.format("planned", f"WHERE {condition}")
    assert find_foreign_columns(text, HEADERS) == [ABSENT.format("id")]


def test_the_table_is_not_made(whole_export: ExportFolder) -> None:
    """The engine would join each visit with every rater, and take nr from the visit."""
    whole_export.write("visits", "nr,rankin,seen\nS1,2,2026-06-01\n")
    whole_export.write("raters", "who,mode\nS1,PHONE\nS2,CLINIC\n")
    sql = """
        SELECT nr AS SUBJID, 'D90' AS VISIT, seen AS MRSDTC, 'CENTRAL' AS MRSSRC, rankin AS MRS,
          mode AS MRSMODE, visits._file, visits._row
        FROM visits LEFT JOIN (SELECT nr, mode FROM raters) AS r USING (nr)"""
    (whole_export.path / "mrs.csv").unlink()
    _, (finding,) = whole_export.read(tables={"mrs": {"sql": sql}})
    assert finding == (
        "table mrs: tables.mrs.sql, line 3: a subquery selects nr from raters, which has no such "
        "column. Correct it, or write the source before the name if a column of another one is "
        "meant"
    )
