"""A key leads back to the rows that it was made of, whatever stands in its texts."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis.edc.queries.sent.keys import find_rows, find_subject, split_key

MRS = pd.DataFrame(
    {
        "SUBJID": ["S1", "S1", "S1", "S; 2", "S3"],
        "VISIT": ["D30", "D90", "D90", "D90", None],
        "MRSDTC": pd.to_datetime(
            ["2026-04-01", "2026-06-01", "2026-06-01", "2026-06-02", None]
        ).astype("datetime64[s]"),
        "MRS": pd.array([1, 2, 4, 3, None], dtype="Int64"),
    }
).astype({"SUBJID": "str", "VISIT": "str"})


def find(key: str, column: str = "", value: str = "") -> list[int]:
    queries = pd.DataFrame({"key": [key], "column": [column], "value": [value]}, dtype="str")
    return find_rows(queries, MRS).get(0, [])


@pytest.mark.parametrize(
    ("key", "column", "value", "rows"),
    [
        ("SUBJID=S1; VISIT=D30", "MRS", "1", [0]),
        ("SUBJID=S1; VISIT=D90", "MRS", "4", [2]),
        ("SUBJID=S1; VISIT=D90", "MRS", "9", [1, 2]),
        ("SUBJID=S1; VISIT=D90", "", "", [1, 2]),
        ("SUBJID=S; 2; VISIT=D90", "MRS", "3", [3]),
        ("SUBJID=S1; MRSDTC=2026-04-01", "MRS", "1", [0]),
        ("SUBJID=S1; MRSDTC=2026-04-01T00:00", "MRS", "1", [0]),
        ("SUBJID=S3; VISIT=; MRSDTC=", "MRS", "", [4]),
        ("SUBJID=S1; VISIT=D90", "MRSDTC", "2026-06-01", [1, 2]),
        ("SUBJID=S9", "MRS", "1", []),
        ("SUBJID=S1; VISIT=D90; MRSDTC=2026-06-30", "MRS", "4", []),
        ("a key of no column", "", "", []),
    ],
)
def test_the_rows_of_a_key(key: str, column: str, value: str, rows: list[int]) -> None:
    assert find(key, column, value) == rows


def test_many_queries_keep_their_own_rows() -> None:
    keys = ["SUBJID=S1; VISIT=D30", "SUBJID=S3", "SUBJID=S1; VISIT=D90", "SUBJID=S; 2"]
    queries = pd.DataFrame({"key": keys, "column": "MRS", "value": ["", "", "2", ""]}, dtype="str")
    assert find_rows(queries.set_axis([10, 20, 30, 40]), MRS) == {
        10: [0],
        20: [4],
        30: [1],
        40: [3],
    }


def test_a_date_alone_finds_its_rows() -> None:
    assert find("MRSDTC=2026-06-01") == [1, 2]


def test_an_identifier_may_hold_a_semicolon_and_an_equals_sign() -> None:
    assert split_key("SUBJID=S; a=1; VISIT=D90", ["SUBJID", "VISIT"]) == {
        "SUBJID": "S; a=1", "VISIT": "D90",
    }  # fmt: skip
    assert find_subject("SUBJID=S; a=1; VISIT=D90") == "S; a=1"
    assert find_subject("SUBJID=S1\nb") == "S1\nb"
    assert find_subject("") == ""
