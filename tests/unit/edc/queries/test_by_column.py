"""Queries that are kept by column are the same as single ones."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd

from analysis.edc.queries import (
    COLUMNS,
    Places,
    Queries,
    Query,
    QueryRows,
    Rule,
    Severity,
    build_queries,
    join_queries,
    order_queries,
)
from analysis.edc.typed import TypedTable

TEXTS = pd.DataFrame({"SUBJID": ["S1", "S2", "S3"], "VISIT": ["D90", "", "D30"]}, dtype="str")
ROWS = QueryRows("mrs", ("SUBJID", "VISIT"), TEXTS, Places.of_file("mrs.csv", 3))
FOUND = np.array([2, 0])


def raise_some() -> pd.DataFrame:
    return ROWS.raise_at(FOUND, Severity.ERROR, Rule.TYPE, "MRS", TEXTS["SUBJID"].take(FOUND), "x")


def test_a_frame_of_queries_goes_through_as_queries() -> None:
    assert list(Queries([raise_some()])) == [
        Query(Severity.ERROR, "mrs", "SUBJID=S3; VISIT=D30", "MRS", "S3", Rule.TYPE, "x"),
        Query(Severity.ERROR, "mrs", "SUBJID=S1; VISIT=D90", "MRS", "S1", Rule.TYPE, "x"),
    ]


def test_a_query_says_where_its_row_stands() -> None:
    assert [(query.file, query.row) for query in Queries([raise_some()])] == [
        ("mrs.csv", 3),
        ("mrs.csv", 1),
    ]


def test_frames_and_single_queries_give_one_frame() -> None:
    single = Query(Severity.NOTE, "ae", "", "", "", Rule.EMPTY_TABLE, "no rows")
    by_column = Queries([single, raise_some(), single])
    pd.testing.assert_frame_equal(build_queries(by_column), build_queries(list(by_column)))
    assert len(by_column) == 4
    assert build_queries(by_column)["table"].tolist() == ["mrs", "mrs", "ae"]


def test_places_stand_beside_the_texts_and_are_no_part_of_them() -> None:
    ordered = order_queries(join_queries([Query(Severity.NOTE, "", "", "", "", Rule.TYPE, "")],
                                         Queries([raise_some()])))  # fmt: skip
    assert [*ordered.columns] == [*COLUMNS, "file", "row"]
    assert ordered["file"].tolist() == ["mrs.csv", "mrs.csv", ""]
    assert ordered["row"].tolist() == [1, 3, pd.NA]


def test_files_whose_names_no_format_can_hold_have_a_query_each() -> None:
    names = ("a\udc80", "a\udc81")
    queries = [Query(Severity.NOTE, "", "", name, "", Rule.EXTRA_FILE, "") for name in names]
    assert build_queries([*queries, *queries])["column"].tolist() == ["a\ufffd"] * 2


def test_a_rule_is_left_out_of_some_columns() -> None:
    single = Query(Severity.ERROR, "mrs", "", "MRS", "", Rule.REQUIRED, "")
    queries = Queries([raise_some(), single])
    assert list(queries.without(Rule.REQUIRED, ["MRS"])) == list(Queries([raise_some()]))
    assert list(queries.without(Rule.TYPE, ["MRS"])) == [single]
    assert list(queries.without(Rule.TYPE, ["SUBJID"])) == list(queries)


def test_every_row_of_a_typed_table_knows_its_row_in_the_file(
    type_rows: Callable[..., TypedTable],
) -> None:
    rows = [
        {"SUBJID": s, "VISIT": "H24", "NIHSS": n} for s, n in (("S2", "5"), ("", "1"), ("S1", "x"))
    ]
    typed = type_rows("nihss", *rows)
    assert typed.frame["SUBJID"].tolist() == ["S1", "S2"]
    assert typed.places.rows.tolist() == [3, 1]
    assert {(query.rule.value, query.row) for query in typed.queries} == {
        ("type", 3),
        ("missing_key", 2),
    }
