"""Queries as sites get them: whose they are, where the cell stands, what is asked."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from analysis.edc.layout import Layout
from analysis.edc.queries import COLUMNS, Places, Query, Rule, Severity, build_queries
from analysis.edc.queries.places import repeat_text
from analysis.edc.queries.sent.for_sites import SENT, build_for_sites, gather
from analysis.edc.queries.source_rows import Place, build_source_rows

TABLES = {
    "dm": pd.DataFrame({"SUBJID": ["S1", "S2", "S3"], "SITEID": ["02", "01", None]}, dtype="str"),
    "mrs": pd.DataFrame(
        {"SUBJID": ["S1", "S1", "S2"], "VISIT": ["D30", "D90", "D90"], "MRS": ["1", "2", "3"]},
        dtype="str",
    ),
}
SHEET = "export.xlsx, sheet mRS visits"
ROWS = build_source_rows(
    {
        "dm": Places(repeat_text("dm.csv", 3), np.array([3, 1, 2])),
        "mrs": Places(repeat_text(SHEET, 3), np.array([8, 4, 6])),
    },
    {"dm.csv": Place("dm.csv"), SHEET: Place("export.xlsx", "mRS visits")},
)
FIELDS = {"mrs": {"MRS": "mrs_score"}}


def query(table: str, key: str, rule: Rule = Rule.LIMITS, column: str = "MRS") -> Query:
    message = "outside the scale 0 to 6; set to missing"
    return Query(Severity.ERROR, table, key, column, "", rule, message)


@pytest.fixture
def sent(layout: Layout) -> pd.DataFrame:
    raised = [
        query("mrs", "SUBJID=S1; VISIT=D90"), query("mrs", "SUBJID=S2; VISIT=D90"),
        query("dm", "SUBJID=S3", column="AGE"), query("mrs", "SUBJID=S9; VISIT=D90"),
        query("dm", "", Rule.EXTRA_COLUMN, "COLOUR"),
        query("labs", "", Rule.EXTRA_FILE, "labs.csv"),
    ]  # fmt: skip
    return build_for_sites(gather(build_queries(raised)), TABLES, ROWS, layout, FIELDS)


def test_the_columns_of_before_stand_first_by_their_names(sent: pd.DataFrame) -> None:
    assert list(sent.columns) == list(SENT)
    assert list(sent.columns[: len(COLUMNS)]) == COLUMNS


def test_sites_in_order_and_last_what_has_none(sent: pd.DataFrame) -> None:
    told = sent[["site", "subject", "form", "field", "file", "part", "row"]]
    assert [tuple(row) for row in told.itertuples(index=False)] == [
        ("01", "S2", "modified Rankin Scale", "mrs_score", "export.xlsx", "mRS visits", "6"),
        ("02", "S1", "modified Rankin Scale", "mrs_score", "export.xlsx", "mRS visits", "4"),
        ("", "S3", "demographics and consent", "AGE", "dm.csv", "", "2"),
        ("", "S9", "modified Rankin Scale", "mrs_score", "export.xlsx", "mRS visits", ""),
        ("", "", "demographics and consent", "COLOUR", "dm.csv", "", ""),
        ("", "", "labs", "", "labs.csv", "", ""),
    ]


def test_both_languages_and_what_is_asked(sent: pd.DataFrame) -> None:
    first = sent.iloc[0]
    assert first["message"] == "outside the scale 0 to 6; set to missing"
    assert first["message_zh"] == "超出量表范围0至6；已设为缺失"
    assert "the scale has no such value" in first["action"]
    assert first["action_zh"] == "请与原始文件核对评分并更正：该量表没有此值"


def test_any_order_in_gives_one_order_out(sent: pd.DataFrame, layout: Layout) -> None:
    turned = sent[COLUMNS].iloc[::-1]
    again = build_for_sites(gather(turned), TABLES, ROWS, layout, FIELDS)
    pd.testing.assert_frame_equal(again, sent)


def test_a_query_stands_once_with_every_row_that_raised_it(layout: Layout) -> None:
    twice = build_queries([query("mrs", "SUBJID=; VISIT=", Rule.MISSING_KEY)])
    places = [("a.csv", "12"), ("a.csv", "3"), ("b.csv", "7")]
    raised = gather(*(twice.assign(file=file, part="", row=row) for file, row in places))
    sent = build_for_sites(raised, TABLES, ROWS, layout, FIELDS)
    assert sent[["file", "row"]].to_numpy().tolist() == [["a.csv", "3; 12"], ["b.csv", "7"]]


def test_without_queries_the_columns_stay(layout: Layout) -> None:
    sent = build_for_sites(gather(build_queries([])), TABLES, ROWS, layout, FIELDS)
    assert (list(sent.columns), len(sent)) == (list(SENT), 0)


def test_origins_are_those_of_every_row_of_every_table() -> None:
    assert ROWS.astype({"table": str, "file": str, "part": str}).to_numpy().tolist() == [
        ["dm", 1, "dm.csv", "", 3], ["dm", 2, "dm.csv", "", 1], ["dm", 3, "dm.csv", "", 2],
        ["mrs", 1, "export.xlsx", "mRS visits", 8], ["mrs", 2, "export.xlsx", "mRS visits", 4],
        ["mrs", 3, "export.xlsx", "mRS visits", 6],
    ]  # fmt: skip
