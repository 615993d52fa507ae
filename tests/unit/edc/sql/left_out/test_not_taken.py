"""Rows of sources that a lookup or a condition leaves out are counted and said, each source."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from analysis.edc.mapping.account.rows import OF_NOT_TAKEN, account_rows
from analysis.edc.mapping.opened import open_export
from analysis.edc.queries import Query, Rule

if TYPE_CHECKING:
    from tests.unit.edc.conftest import ExportFolder

FORMS = "id,form,score\nS1,BL,14\nS2,BL,15\nS1,D7,9\nS3,D7,8\n"
ANSWERS = "id,test,result\nS1,HTN,Y\nS2,HTN,N\nS2,DM,Y\nS1,OTHER,Y\n"
VITALS = "id,sbp\nS1,140\nS2,150\n"
BASELINE = {"source": "forms", "rows": "form = 'BL'", "columns": {"SUBJID": "id"}}


def look_up(test: str, **keys: Any) -> dict[str, Any]:
    return {
        "source": "answers", "match": {"id": "id"}, "where": {"test": test}, "take": "result",
        "not_found": "empty", **keys,
    }  # fmt: skip


LOOKED_UP = {**BASELINE, "lookup": {"HTN": look_up("HTN"), "DIAB": look_up("DM")}}
JOINED = {
    **BASELINE, "join": {"sources": ["vitals"], "by": ["id"]},
    "columns": {"SUBJID": "id", "SBP": "sbp"},
}  # fmt: skip


@pytest.fixture
def edc(whole_export: ExportFolder) -> ExportFolder:
    for name, text in (("forms", FORMS), ("answers", ANSWERS), ("vitals", VITALS)):
        whole_export.write(name, text)
    return whole_export


def find(edc: ExportFolder, spec: dict[str, Any], table: str = "bl") -> list[Query]:
    export, _ = edc.read(tables={table: spec})
    assert table in export.tables
    return [query for query in export.queries if query.rule is Rule.NOT_TAKEN]


def say(edc: ExportFolder, spec: dict[str, Any], table: str = "bl") -> list[tuple[str, str]]:
    return [(str(query.severity), query.message) for query in find(edc, spec, table)]


@pytest.mark.parametrize("spec", [LOOKED_UP, JOINED], ids=["lookup", "join"])
def test_where_every_value_is_taken_nothing_is_said(
    edc: ExportFolder, spec: dict[str, Any]
) -> None:
    assert find(edc, spec) == []


def test_a_value_of_a_subject_whom_the_table_does_not_know(edc: ExportFolder) -> None:
    edc.edit("answers", "S2,DM", "S8,DM")
    (query,) = find(edc, LOOKED_UP)
    assert (query.severity, query.table, query.file, query.row) == (
        "warning", "bl", "answers.csv", 3,
    )  # fmt: skip
    assert query.message == (
        "lookup of HTN, DIAB: 1 of 3 rows with a value in answers belong to no row of the table, "
        "and nothing is taken from them (rows 3)"
    )


def test_a_value_beside_a_row_that_the_condition_leaves_out(edc: ExportFolder) -> None:
    edc.edit("answers", "S2,HTN", "S3,HTN")
    (query,) = find(edc, LOOKED_UP)
    assert query.row == 2


def test_a_value_without_a_key(edc: ExportFolder) -> None:
    edc.edit("answers", "S1,HTN", ",HTN")
    edc.write("forms", FORMS + ",BL,3\n")
    assert [query.row for query in find(edc, LOOKED_UP)] == [1]


def test_a_row_without_a_value_loses_nothing(edc: ExportFolder) -> None:
    edc.write("answers", ANSWERS + "S9,HTN,\n")
    assert find(edc, LOOKED_UP) == []


def test_a_row_that_one_of_several_lookups_takes_is_taken(edc: ExportFolder) -> None:
    edc.write("answers", "id,other,result\nS1,A,Y\nX,S2,N\n")
    by = {"HTN": {"id": "id"}, "DIAB": {"id": "other"}}
    lookup = {column: look_up("", where={}, match=match) for column, match in by.items()}
    assert find(edc, {**BASELINE, "lookup": lookup}) == []
    edc.edit("answers", "X,S2", "X,S9")
    assert [query.row for query in find(edc, {**BASELINE, "lookup": lookup})] == [2]


@pytest.mark.parametrize(("zeros", "rows"), [("ignore", []), ("count", [2])])
def test_keys_are_compared_as_the_lookup_says(
    edc: ExportFolder, zeros: str, rows: list[int]
) -> None:
    edc.write("answers", "id,test,result\nS1,HTN,Y\nS02,HTN,Y\n")
    lookup = {"HTN": look_up("HTN", leading_zeros=zeros)}
    assert [query.row for query in find(edc, {**BASELINE, "lookup": lookup})] == rows


def test_a_screening_log_is_one_note(edc: ExportFolder) -> None:
    screened = "".join(f"N{n},S{n}\n" for n in range(2, 2000))
    edc.write("log", f"number,subject\n{screened}N1,\n")
    edc.write("deaths", "number,died\nN2,2026-07-01\n")
    lookup = {"source": "log", "match": {"number": "number"}, "take": "subject"}
    spec = {"source": "deaths", "columns": {"DTHDTC": "died"}, "lookup": {"SUBJID": lookup}}
    assert say(edc, spec, "dd") == [
        ("note", "lookup of SUBJID: 1997 of 1998 rows with a value in log belong to no row of the "
                 "table, and nothing is taken from them (rows 2, 3, 4, 5, 6, ...)"),
    ]  # fmt: skip


def test_a_lookup_beside_blocks_of_a_stack(edc: ExportFolder) -> None:
    edc.write("wide", "nr,n24,n7\n1,1,\n2,,3\n3,,\n")
    edc.write("numbers", "nr,id\n1,S1\n2,S2\n3,S3\n")
    blocks = [
        {"columns": {"NIHSS": f"n{n}"}, "constants": {"VISIT": visit}}
        for n, visit in ((24, "H24"), (7, "D7"))
    ]
    lookup = {"SUBJID": {"source": "numbers", "match": {"nr": "nr"}, "take": "id"}}
    found = find(edc, {"source": "wide", "lookup": lookup, "stack": blocks}, "nihss")
    assert [(str(query.severity), query.row) for query in found] == [("note", 3)]


def test_a_joined_row_whose_key_the_base_does_not_hold(edc: ExportFolder) -> None:
    edc.edit("vitals", "S2", "S02")
    (query,) = find(edc, JOINED)
    assert (query.severity, query.file, query.row) == ("warning", "vitals.csv", 2)
    assert query.message == (
        "join of vitals: 1 of 2 rows with a value in sbp stand beside no row that the condition "
        "(rows) keeps, and nothing is taken from them (rows 2), where 1 of them have a key that "
        "forms does not hold"
    )


def test_a_joined_row_beside_rows_that_the_condition_leaves_out_is_a_note(
    edc: ExportFolder,
) -> None:
    edc.write("vitals", VITALS + "S3,160\n")
    ((severity, message),) = say(edc, JOINED)
    assert severity == "note"
    assert message.endswith("(rows 3), where 0 of them have a key that forms does not hold")


def test_a_join_without_a_condition_keeps_every_row(edc: ExportFolder) -> None:
    edc.edit("vitals", "S2", "S02")
    assert find(edc, {**JOINED, "rows": None}) == []


def test_a_condition_that_the_row_of_a_join_meets_keeps_it(edc: ExportFolder) -> None:
    edc.edit("vitals", "S2", "S02")
    assert find(edc, {**JOINED, "rows": "form <> 'D7'"}) == []


def test_a_joined_row_without_a_value_loses_nothing(edc: ExportFolder) -> None:
    edc.write("vitals", VITALS + "S02,\n")
    assert find(edc, JOINED) == []


def test_the_page_on_the_mapping_counts_them(edc: ExportFolder) -> None:
    edc.edit("answers", "S2,", "S8,")
    edc.edit("vitals", "S2", "S02")
    keys = {"tables": {"bl": {**JOINED, "lookup": LOOKED_UP["lookup"]}}}
    export, _ = edc.read(**keys)
    opened = open_export(edc.path, edc.make_mapping(**keys), edc.layout)
    accounts = {one.table: one for one in account_rows(export, opened, edc.layout)}
    assert accounts["bl"].left_out == ((OF_NOT_TAKEN, 3),)
    assert all(OF_NOT_TAKEN not in dict(accounts[name].left_out) for name in ("dm", "mrs"))
