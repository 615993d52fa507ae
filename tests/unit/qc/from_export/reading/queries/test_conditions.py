"""Conditions (``rows``): the common ones are judged by both engines alike, others are told of."""

from __future__ import annotations

from pathlib import Path

import pytest

from analysis.config import Mapping
from tests.unit.qc.from_export.reading.queries.both_engines import (
    map_table,
    read_by_check,
    require_same,
    write_source,
)

SAME = {
    "visit = 'D90'": 3,
    "visit <> 'D90' AND status != ''": 3,
    "\"Visit\" IN ('D30', 'D90')": 5,
    "visit NOT IN ('D30', 'D90')": 2,
    "(visit = 'D30' OR visit = 'D90') AND NOT status = 'FAILED'": 4,
    "visit LIKE 'D%'": 5,
    "visit NOT LIKE 'd%' AND status LIKE '_ONE'": 3,
    "nullif(status, '') IS NULL": 2,
    "visit IS NOT NULL": 7,
    "upper(trim(visit)) = 'D90'": 4,
    "ticked(box)": 2,
    "unticked(box) AND visit > 'D30'": 2,
    "visit BETWEEN 'D30' AND 'D60'": 2,
    "_row > 3": 4,
    "CAST(nr AS INTEGER) >= 2": 4,
    "(visit IN ('D30', 'D90') OR \"Visit\" = 'd90') AND status <> ''": 5,
    "visit NOT LIKE 'd%' AND nullif(status, '') IS NULL": 2,
}
"""By condition, how many of the rows hold it."""
QUICK = list(SAME)[-2:]
"""Those that every run of the tests looks at; the others wait for those at length."""
NOT_CHECKED = {
    "nr = 2": "compares a text with a number",
    "nr IN (1, 2)": "holds the number 1",
    "visit ILIKE 'd%'": "holds a text behind ILIKE",
    "row_number() OVER (PARTITION BY id ORDER BY nr) = 1": "holds OVER",
    "CAST(nr AS DOUBLE) > 1": "converts into DOUBLE",
    "id IN (SELECT id FROM visits)": "a condition selects",
    "nr % 2 = 0": "holds the sign %",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    rows = [
        ["S1", "D30", "DONE", "1", "x"], ["S1", "D90", "DONE", "2", ""],
        ["S2", "D30", "FAILED", "1", "0"], ["S2", "D90", "", "3", "yes"],
        ["S3", "D90", "DONE", "1", "no"], ["S3", "d90", "DONE", "2", "?"],
        ["S4", "", "", "2", "-"],
    ]  # fmt: skip
    write_source(tmp_path / "edc", "visits", ["id", "visit", "status", "nr", "box"], rows)
    return tmp_path / "edc"


def spec(condition: str) -> dict[str, object]:
    return {"source": "visits", "rows": condition, "columns": {"SUBJID": "id", "VISIT": "visit"}}


@pytest.mark.parametrize(
    "condition",
    [pytest.param(each, marks=() if each in QUICK else pytest.mark.torture) for each in SAME],
)
def test_a_common_condition_is_checked(folder: Path, mapping: Mapping, condition: str) -> None:
    rows = require_same(folder, map_table(mapping, "mrs", spec(condition)), "mrs")
    assert len(rows) == SAME[condition]


@pytest.mark.parametrize("condition", NOT_CHECKED)
def test_another_condition_is_said_not_to_be_checked(
    folder: Path, mapping: Mapping, condition: str
) -> None:
    file = read_by_check(folder, map_table(mapping, "mrs", spec(condition)), "mrs")
    assert file.is_foreign
    assert file.problem.startswith("table mrs is not checked: the second engine (SQLite) cannot")
    assert "tables.mrs.rows" in file.problem
    assert NOT_CHECKED[condition] in file.problem
