"""Exports in which queries make tables: what is read, and what is said of those that cannot be."""

from __future__ import annotations

import re
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

from analysis.edc.queries import Rule

if TYPE_CHECKING:
    from tests.unit.edc.conftest import ExportFolder

VISITS = """\
nr,event,Rankin,seen,at
1,d90,2,2026-06-01,10:30
2,d90,3,2026-06-02,11:00
2,d7,4,2026-03-09,09:00
"""
NUMBERS = "nr,id\n1,S1\n2,S2\n"
MRS = {
    "source": "visits",
    "rows": "event = 'd90'",
    "columns": {"MRS": "rankin", "MRSDTC": "seen"},
    "constants": {"VISIT": "D90", "MRSSRC": "CENTRAL"},
    "lookup": {"SUBJID": {"source": "numbers", "match": {"nr": "nr"}, "take": "id"}},
}
SQL = """
SELECT id AS SUBJID, 'D90' AS VISIT, seen AS MRSDTC, 'CENTRAL' AS MRSSRC, rankin AS MRS,
  visits._file, visits._row
FROM visits JOIN numbers USING (nr)
WHERE event = 'd90'
"""


@pytest.fixture
def edc(whole_export: ExportFolder) -> ExportFolder:
    whole_export.write("visits", VISITS)
    whole_export.write("numbers", NUMBERS)
    (whole_export.path / "mrs.csv").unlink()
    return whole_export


@pytest.mark.parametrize("spec", [MRS, {"sql": SQL}], ids=["short", "sql"])
def test_a_table_that_a_query_makes(edc: ExportFolder, spec: dict[str, object]) -> None:
    export, fatal = edc.read(tables={"mrs": spec})
    assert fatal == []
    found = export.tables["mrs"]
    assert found[["SUBJID", "VISIT", "MRS"]].to_numpy().tolist() == [
        ["S1", "D90", 2], ["S2", "D90", 3],
    ]  # fmt: skip
    assert [str(day.date()) for day in found["MRSDTC"]] == ["2026-06-01", "2026-06-02"]


NOTES = [("mrs", "MRSMODE", "missing_column"), ("visits", "at", "extra_column")]
"""A column that the trial may have, and one that no table takes."""


def test_no_query_is_raised_on_what_was_taken(edc: ExportFolder) -> None:
    assert edc.queries(tables={"mrs": MRS}) == NOTES


def test_the_rows_of_the_sources_are_known(edc: ExportFolder) -> None:
    export, _ = edc.read(tables={"mrs": MRS})
    places = export.places["mrs"]
    assert list(places.files) == ["visits.csv", "visits.csv"]
    assert places.rows.tolist() == [1, 2]


def test_a_query_that_does_not_end(edc: ExportFolder) -> None:
    endless = SQL.replace("FROM visits JOIN numbers USING (nr)", "FROM visits, range(9000000000)")
    endless = endless.replace("id AS SUBJID", "min(nr) AS SUBJID").replace(
        "WHERE event = 'd90'", "GROUP BY ALL"
    )
    _, (finding,) = edc.read(query_seconds=1, tables={"mrs": {"sql": endless}})
    assert finding == (
        "table mrs: the query cannot be run (tables.mrs.sql): it had not ended after 1 seconds and "
        "was stopped. Line 3: all rows with all rows; say which belong together (JOIN ... ON). If "
        "it is right and only long, give it more time: query_seconds in config/edc.yaml"
    )


def test_a_query_names_file_and_row(edc: ExportFolder) -> None:
    edc.edit("visits", "2,d90,3", "2,d90,nine")
    export, _ = edc.read(tables={"mrs": MRS})
    (query,) = [q for q in export.queries if q.rule is Rule.TYPE]
    assert (query.file, query.row, query.value) == ("visits.csv", 2, "nine")


def test_without_the_place_of_a_row_none_is_named(edc: ExportFolder) -> None:
    edc.edit("visits", "2,d90,3", "2,d90,nine")
    sql = SQL.replace(",\n  visits._file, visits._row", "")
    export, _ = edc.read(tables={"mrs": {"sql": sql}})
    (query,) = [q for q in export.queries if q.rule is Rule.TYPE]
    assert query.row is None


def test_cells_are_mapped_after_the_query(edc: ExportFolder) -> None:
    edc.edit("visits", "2,d90,3", "2,d90,moderate")
    spec = {**MRS, "values": {"MRS": {"moderate": "3"}}, "dates": {"MRSDTC": "%Y-%m-%d"}}
    export, fatal = edc.read(tables={"mrs": spec})
    assert fatal == []
    assert export.tables["mrs"]["MRS"].tolist() == [2, 3]


def test_several_tables_take_one_source(edc: ExportFolder) -> None:
    stacked = {
        "source": "visits", "rows": "event = 'd7'",
        "columns": {"NIHSS": "rankin", "NIHDTC": "seen"},
        "constants": {"VISIT": "D7"}, "lookup": MRS["lookup"],
    }  # fmt: skip
    export, fatal = edc.read(tables={"mrs": MRS, "nihss": stacked})
    assert fatal == []
    assert export.tables["nihss"][["SUBJID", "NIHSS"]].to_numpy().tolist() == [["S2", 4]]


def test_two_answers_are_refused_in_the_rows_that_are_looked_at(edc: ExportFolder) -> None:
    edc.write("answers", "nr,test,visit,result\n1,A,BL,S1\n1,A,V2,S9\n1,B,BL,S8\n2,A,BL,S2\n")
    lookup = {
        "source": "answers", "match": {"nr": "nr"}, "take": "result",
        "where": {"test": "A", "visit": "BL"},
    }  # fmt: skip
    export, fatal = edc.read(tables={"mrs": {**MRS, "lookup": {"SUBJID": lookup}}})
    assert fatal == []
    assert export.tables["mrs"]["SUBJID"].tolist() == ["S1", "S2"]
    edc.edit("answers", "1,A,V2,S9", "1,A,BL,S9")
    fatal = edc.fatal(tables={"mrs": {**MRS, "lookup": {"SUBJID": lookup}}})
    assert "answers.csv holds several result for 1 nr (rows 1 and 2)" in fatal


def test_values_by_item_are_read_as_columns(edc: ExportFolder) -> None:
    edc.write("items", "id,item,value\nS1,mrs,2\nS1,when,2026-06-01\nS2,when,2026-06-02\nS2,mrs,\n")
    rows_by = {"key": ["id"], "item": "item", "value": "value"}
    export, fatal = edc.read(
        sources={"items": {"file": "items.csv", "rows_by": rows_by}},
        tables={"mrs": {
            "source": "items", "columns": {"SUBJID": "id", "MRS": "mrs", "MRSDTC": "when"},
            "constants": {"VISIT": "D90", "MRSSRC": "CENTRAL"},
        }},
    )  # fmt: skip
    assert fatal == []
    assert export.tables["mrs"]["MRS"].isna().tolist() == [False, True]


def test_a_value_by_item_that_stands_there_twice(edc: ExportFolder) -> None:
    edc.write("items", "id,item,value\nS1,mrs,2\nS1,mrs,3\n")
    rows_by = {"key": ["id"], "item": "item", "value": "value"}
    fatal = edc.fatal(
        sources={"items": {"file": "items.csv", "rows_by": rows_by}},
        tables={"mrs": {"source": "items", "columns": {"SUBJID": "id"}}},
    )
    assert "items.csv: 1 times two different values of one item in one row (S1 mrs)" in fatal


@pytest.mark.parametrize(
    ("sql", "finding"),
    [
        ("SELECT nosuch FROM visits", 'tables.mrs.sql\\): line 1: .*"nosuch" not found'),
        ("SELECT * FROM visit", "selects from visit, which is no source.*numbers"),
        ("SELECT * FROM read_csv('x')", "and no file"),
        ("SELEC 1", "line 1: syntax error"),
        (
            SQL.replace("rankin AS MRS,", ""),
            r"column MRS is missing.* Select it in config/edc\.yaml \(tables\.mrs\.sql: HEADER AS",
        ),
        (
            SQL.replace("id AS SUBJID", "id AS SUBJEKT"),
            r"SUBJID.*The query selects: .*\(tables\.mrs\.sql: SUBJEKT AS SUBJID\)",
        ),
        (SQL.replace("'d90'", "'d91'"), "holds no rows"),
        (f"SELECT * FROM ({SQL}) UNION ALL SELECT * FROM ({SQL})", "2 rows .* more than once"),
    ],
)  # fmt: skip
def test_a_query_that_cannot_be_meant_stops_the_run(
    edc: ExportFolder, sql: str, finding: str
) -> None:
    assert re.search(finding, edc.fatal(tables={"mrs": {"sql": sql}}), re.S)


def test_all_findings_of_several_tables_together(edc: ExportFolder) -> None:
    fatal = edc.fatal(
        tables={"mrs": {**MRS, "columns": {"MRS": "rankn"}}, "nihss": {"sql": "SELECT 1 FROM x"}}
    )
    assert "no column rankn" in fatal
    assert "selects from x" in fatal


def test_what_is_looked_up_may_not_be_ambiguous(edc: ExportFolder) -> None:
    edc.write("numbers", NUMBERS + "2,S1\n")
    fatal = edc.fatal(tables={"mrs": MRS})
    assert "numbers.csv holds several id for 1 nr (rows 2 and 3)" in fatal


def test_the_same_pair_twice_is_no_ambiguity(edc: ExportFolder) -> None:
    edc.write("numbers", NUMBERS + "2,S2\n")
    assert edc.queries(tables={"mrs": MRS}) == NOTES


def test_what_is_not_found_is_queried_under_what_was_sought(edc: ExportFolder) -> None:
    edc.write("numbers", "nr,id\n1,S1\n")
    export, _ = edc.read(tables={"mrs": MRS})
    assert [(q.key, q.value) for q in export.queries if q.rule is Rule.UNKNOWN_SUBJECT] == [
        ("SUBJID=2; VISIT=D90; MRSSRC=CENTRAL; MRSDTC=2026-06-02", "2")
    ]


def test_sources_with_two_decimal_marks(edc: ExportFolder) -> None:
    fatal = edc.fatal(
        sources={"numbers": {"file": "numbers.csv", "decimal": ","}}, tables={"mrs": MRS}
    )
    assert "different decimal marks ('.' in visits.csv, ',' in numbers.csv)" in fatal


def test_two_files_of_one_name(edc: ExportFolder) -> None:
    (edc.path / "visits.tsv").write_text(VISITS.replace(",", "\t"), encoding="utf-8")
    assert "source visits: several files (visits.csv, visits.tsv)" in edc.fatal(tables={"mrs": MRS})


def test_a_file_that_cannot_be_read(edc: ExportFolder) -> None:
    (edc.path / "visits.csv").write_bytes(b"nr,event\n1,\xff\n")
    assert "visits.csv" in edc.fatal(tables={"mrs": MRS})


def test_cells_that_cannot_be_printed_are_said_of_the_source(edc: ExportFolder) -> None:
    edc.edit("visits", "2,d90,3", "2,d90\x07,3")
    export, _ = edc.read(tables={"mrs": MRS})
    assert [(q.table, q.column) for q in export.queries if q.rule is Rule.UNPRINTABLE] == [
        ("visits", "event")
    ]


def test_identifiers_that_would_become_one_stop_the_run(edc: ExportFolder) -> None:
    edc.write("numbers", "nr,id\n1,S1\n2,S\x071\n3,S\x081\n")
    assert "differ only in what cannot be printed" in edc.fatal(tables={"mrs": MRS})


def test_a_table_that_nothing_is_said_of_needs_no_engine() -> None:
    """Half a second and some memory are saved where no query is asked for."""
    program = "import sys; import analysis.edc.reading.export; print('duckdb' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "False"


def test_a_row_of_a_join_that_stands_in_no_source_is_read_all_the_same(edc: ExportFolder) -> None:
    edc.write("numbers", NUMBERS + "3,S3\n")
    outer = SQL.replace("JOIN numbers", "RIGHT JOIN numbers").replace("WHERE event = 'd90'", "")
    export, fatal = edc.read(tables={"mrs": {"sql": outer.replace("'D90'", "upper(event)")}})
    assert fatal == []
    left_out = [q for q in export.queries if q.rule is Rule.MISSING_KEY]
    assert [(q.file, q.row) for q in left_out if "S3" in q.key] == [
        ("numbers.csv, visits.csv", None)
    ]


def test_the_number_of_a_row_must_be_one(edc: ExportFolder) -> None:
    fatal = edc.fatal(tables={"mrs": {"sql": SQL.replace("visits._row", "seen AS _row")}})
    assert "2 rows whose _row is no number of a row. Select _row of a source as it is" in fatal


def look_up(edc: ExportFolder, **keys: str) -> tuple[Any, list[str]]:
    edc.write("deaths", "pid,died\n65,2026-03-05\n7,2026-03-06\n")
    edc.write("log", "number,subject\n00065,S1\n00007,S2\n0065,\n")
    lookup = {"source": "log", "match": {"pid": "number"}, "take": "subject", **keys}
    spec = {"source": "deaths", "columns": {"DTHDTC": "died"}, "lookup": {"SUBJID": lookup}}
    export, fatal = edc.read(tables={"dd": spec})
    return export.tables.get("dd"), fatal


def test_keys_that_differ_in_leading_zeros_alone_are_named(edc: ExportFolder) -> None:
    _, fatal = look_up(edc)
    (message,) = (finding for finding in fatal if "leading zeros" in finding)
    assert "finds none of pid in number as they are written, and 2 if leading zeros" in message
    assert "(65 is 00065 there)" in message
    assert "set leading_zeros: ignore in tables.dd.lookup.SUBJID" in message


def test_leading_zeros_that_do_not_count(edc: ExportFolder) -> None:
    found, fatal = look_up(edc, leading_zeros="ignore")
    assert not [finding for finding in fatal if "table dd" in finding]
    assert found["SUBJID"].tolist() == ["S1", "S2"]


def test_two_texts_of_one_key_without_zeros_are_refused(edc: ExportFolder) -> None:
    edc.write("deaths", "pid,died\n65,2026-03-05\n")
    edc.write("log", "number,subject\n00065,S1\n065,S2\n")
    lookup = {
        "source": "log", "match": {"pid": "number"}, "take": "subject", "leading_zeros": "ignore",
    }  # fmt: skip
    spec = {"source": "deaths", "columns": {"DTHDTC": "died"}, "lookup": {"SUBJID": lookup}}
    assert "several subject for 1 number (rows 1 and 2)" in edc.fatal(tables={"dd": spec})
