"""Queries of a mapping: the same table in both engines, or not checked and why."""

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
    "what is there": "SELECT id AS SUBJID, _file, _row FROM visits "
                     "WHERE nullif(mrs, '') IS NOT NULL",
    "a condition": "SELECT id AS SUBJID, mrs AS MRS, _file, _row FROM visits WHERE mrs <> ''",
    "letters and blanks": "SELECT trim(upper(id)) AS subjid, _row, _file FROM visits",
    "a union": "SELECT id AS SUBJID, 'D30' AS VISIT, mrs AS MRS, _file, _row FROM visits "
               "UNION ALL SELECT id, 'D90', \"m r s\", _file, _row FROM visits -- both\n;",
    "a common table": "WITH v AS (SELECT * FROM visits WHERE event LIKE 'd_0' OR event LIKE "
                      "'b!_%' ESCAPE '!') SELECT v.id AS SUBJID, v.mrs AS MRS, v._file, v._row "
                      "FROM v",
    "a left join": "SELECT v.id AS SUBJID, s.sex AS MRSSRC, v._file, v._row FROM visits v "
                   "LEFT JOIN subjects s ON s.id = v.id AND s.sex <> ''",
    "a full join": "SELECT id AS SUBJID, s.sex AS MRSSRC, v.mrs AS MRS, "
                   "coalesce(v._file, s._file) AS _file, coalesce(v._row, s._row) AS _row "
                   "FROM visits v FULL JOIN subjects s USING (id)",
    "rows that stand nowhere": "SELECT id AS SUBJID, v.mrs AS MRS, v._file, v._row FROM visits v "
                               "FULL JOIN subjects s USING (id)",
    "a right join, twice": "SELECT DISTINCT id AS SUBJID, t.sex AS MRSSRC, t._file, t._row FROM "
                           "visits v RIGHT JOIN subjects s USING (id) LEFT JOIN subjects t "
                           "USING (id) WHERE t._row >= 1",
    "groups by a name of both": "SELECT SUBJID, _file, _row FROM (SELECT upper(id) AS id, min(id) "
                                "AS SUBJID, min(_file) AS _file, min(_row) AS _row FROM visits "
                                "GROUP BY id) AS g",
    "the first of each": "SELECT id AS SUBJID, min(mrs) AS MRS, min(_row) AS _row, "
                         "min(_file) AS _file FROM visits GROUP BY id HAVING count(*) > 1",
    "numbers": "SELECT id AS SUBJID, _file, _row FROM visits "
               "WHERE TRY_CAST(mrs AS INTEGER) > 1 AND length(id) = 2 AND 1 <= _row",
    "parts": "SELECT split_part(id, '-', 1) || left(event, 1) AS SUBJID, "
             "CASE event WHEN 'd30' THEN 'D30' WHEN 'd90' THEN 'D90' END AS VISIT, "
             "coalesce(nullif(mrs, ''), right(\"m r s\", 1)) AS MRS, _file, _row FROM visits",
    "a subquery": "SELECT id AS SUBJID, _file, _row FROM visits AS v WHERE NOT EXISTS "
                  "(SELECT 1 FROM subjects AS s WHERE s.id = v.id) OR id IN (SELECT id FROM "
                  "subjects WHERE sex BETWEEN 'A' AND 'F') AND regexp_matches(event, '^d[39]')",
}  # fmt: skip
NOT_RUN = {
    "SELECT id AS SUBJID, _file, _row FROM visits WHERE mrs = 3": "compares a text with a number",
    "SELECT id AS SUBJID, mrs + 1 AS MRS, _file, _row FROM visits": "holds the sign +",
    "SELECT id AS SUBJID, mrs::INTEGER AS MRS FROM visits": "holds the sign :",
    "SELECT id AS SUBJID, CAST(mrs AS DOUBLE) AS MRS FROM visits": "converts into DOUBLE",
    "SELECT id AS SUBJID, DATE '2026-01-01' AS MRSDTC FROM visits": "a text behind DATE",
    "SELECT id AS SUBJID, _row FROM visits ORDER BY mrs LIMIT 3": "holds LIMIT",
    "SELECT id AS SUBJID, row_number() OVER (ORDER BY id) AS N FROM visits": "holds OVER",
    "SELECT id AS SUBJID, mrs = '3' AS MRS FROM visits": "holds numbers or truth values",
    "SELECT id AS SUBJID, count(*) AS MRS FROM visits GROUP BY id": "holds numbers or truth values",
    "SELECT id AS SUBJID FROM visits WHERE flag": "takes a column for yes or no",
    "SELECT id AS SUBJID FROM visits WHERE (v.flag OR id = '') ": "takes a column for yes or no",
    "SELECT id AS SUBJID FROM visits SEMI JOIN subjects USING (id)": "holds SEMI",
    "SELECT strptime(mrs, '%d.%m.%Y') AS MRSDTC FROM visits": "no such function: strptime",
    "SELECT id AS SUBJID, printf('%s', mrs) AS MRS FROM visits": "not authorized",
    "SELECT * EXCLUDE (mrs) FROM visits": "syntax error",
    "SELECT id AS SUBJID, \"text\" AS MRS FROM visits": "has a column \"text\"",
    "SELECT upper('ß') AS SUBJID FROM visits": "a text that the two engines may treat differently",
    "SELECT substr(id, mrs) AS SUBJID FROM visits": "may treat differently",
    "SELECT load_extension('x') AS SUBJID FROM visits": "not authorized",
    "SELECT sql AS SUBJID FROM sqlite_master": "prohibited",
    "PRAGMA database_list": "not authorized",
    "ATTACH 'x.db' AS x": "a text behind ATTACH",
    "SELECT E'a' AS SUBJID FROM visits": "a text with a mark before it",
    "SELECT id AS SUBJID FROM nowhere": "no such table: nowhere",
    "WITH RECURSIVE r AS (SELECT 'a' AS id UNION ALL SELECT id FROM r) SELECT id AS SUBJID FROM r":
        "holds RECURSIVE",
    "SELECT a.id AS SUBJID FROM visits a, visits b, visits c, visits d, visits e, visits f "
    "WHERE a.id || b.id || c.id || d.id || e.id || f.id = 'x'": "too many steps",
}  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    ids = ["S1", "s1", "S-2", "Ü 3", "", "S1", "S9"]
    rows = [
        [text, event, f"{(i * 5) % 7}" if i % 4 else "", f"x{i % 3}"]
        for i, (text, event) in enumerate(
            (text, event) for text in ids for event in ("d30", "d90", "bl", "")
        )
    ]
    write_source(tmp_path / "edc", "visits", ["id", "event", "MRS", "m r s"], rows)
    subjects = [["S1", "F"], ["S-2", "M"], ["", "F"], ["S9", ""], ["S77", "M"]]
    write_source(tmp_path / "edc", "subjects", ["id", "SEX"], subjects)
    return tmp_path / "edc"


@pytest.mark.parametrize("name", SAME)
def test_a_query_gives_the_same(folder: Path, mapping: Mapping, name: str) -> None:
    assert require_same(folder, map_table(mapping, "mrs", {"sql": SAME[name]}), "mrs")


@pytest.mark.parametrize("sql", NOT_RUN)
def test_a_query_of_another_meaning_is_not_run(
    folder: Path, mapping: Mapping, sql: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("analysis.qc.from_export.reading.queries.sqlite.engine.MOST_STEPS", 5)
    file = read_by_check(folder, map_table(mapping, "mrs", {"sql": sql}), "mrs")
    assert file.is_foreign
    assert file.problem.startswith("table mrs is not checked: the second engine (SQLite) cannot")
    assert "tables.mrs.sql" in file.problem
    assert NOT_RUN[sql] in file.problem
