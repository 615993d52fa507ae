"""Counts of the door become statistics by table and column, and their sums."""

from __future__ import annotations

import pandas as pd

from analysis.analyses.description.door import analyse_door
from analysis.config import Plan

ROWS = [
    ("mrs", "", "mrs.csv", "rows_read", "30"),
    ("mrs", "", "mrs.csv", "rows_used", "26"),
    ("mrs", "", "mrs.csv", "left_out_missing_key", "2"),
    ("mrs", "", "mrs.csv", "left_out_unknown_subject", "1"),
    ("mrs", "", "mrs.csv", "left_out_identical_row", "1"),
    ("mrs", "MRS", "mrs.csv", "filled", "29"),
    ("mrs", "MRS", "mrs.csv", "set_missing", "3"),
    ("dm", "", "dm.csv", "rows_read", "10"),
    ("dm", "", "dm.csv", "rows_used", "10"),
    ("dm", "", "dm.csv", "left_out_missing_key", "0"),
    ("dm", "AGE", "dm.csv", "filled", "10"),
    ("dm", "AGE", "dm.csv", "out_of_range", "1"),
]
"""As read from the file: texts."""


def test_every_count_and_the_sums(plan: Plan) -> None:
    frame = pd.DataFrame(ROWS, columns=["table", "column", "file", "what", "n"], dtype=str)
    (result,) = analyse_door(frame, plan)
    assert (result.analysis_id, result.population) == ("door", "")
    found = {(each.level, each.name): each.value for each in result.statistics}
    assert len(found) == len(result.statistics)
    assert found["mrs", "rows_read"] == 30
    assert found["mrs", "rows_lost"] == 3  # of identical rows one is kept: nothing is lost
    assert found["dm", "rows_lost"] == 0
    assert found["mrs.MRS", "set_missing"] == 3
    together = {name: value for (level, name), value in found.items() if not level}
    assert together == {
        "rows_read": 40, "rows_used": 36, "rows_lost": 3, "filled": 39, "set_missing": 3,
        "out_of_range": 1,
    }  # fmt: skip
