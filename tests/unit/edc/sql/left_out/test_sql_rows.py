"""Rows of sources that a query in SQL leaves out are counted, where it says which it takes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from analysis.edc.mapping.account.rows import OF_NOT_TAKEN, account_rows
from analysis.edc.mapping.opened import open_export

if TYPE_CHECKING:
    from tests.unit.edc.conftest import ExportFolder

VISITS = "id,event,score\nS1,d90,2\nS1,D90,3\nS2,d7,4\nS2,d90,5\n"
SEEN = "id,seen\nS1,2026-06-01\nS2,2026-06-02\nS7,2026-06-03\n"
SELECT = (
    "SELECT v.id AS SUBJID, 'D90' AS VISIT, 'CENTRAL' AS MRSSRC, {seen} AS MRSDTC, score AS MRS"
)
PLACE = ", v._file, v._row"
UNSEEN = SELECT.format(seen="''")
ONE = f"{UNSEEN}{PLACE} FROM visits AS v WHERE event = 'd90'"
JOINED = f"{SELECT.format(seen='seen')}{PLACE} FROM visits AS v LEFT JOIN seen AS s ON s.id = v.id"
STACKED = (
    f"{ONE} UNION ALL BY NAME SELECT id AS SUBJID, 'D30' AS VISIT, 'LOCAL' AS MRSSRC, "
    "seen AS MRSDTC, '' AS MRS, _file, _row FROM seen WHERE id = 'S1'"
)
OUT = (
    "give no row of the table: the query leaves them out, or puts them beside rows of another "
    "source"
)


@pytest.fixture
def edc(whole_export: ExportFolder) -> ExportFolder:
    (whole_export.path / "mrs.csv").unlink()
    whole_export.write("visits", VISITS)
    whole_export.write("seen", SEEN)
    return whole_export


def say(edc: ExportFolder, sql: str) -> list[tuple[str, str, str, int | None]]:
    export, _ = edc.read(tables={"mrs": {"sql": sql}})
    return [
        (q.severity.value, q.message, q.file, q.row)
        for q in export.queries
        if q.rule == "not_taken"
    ]


def test_rows_that_a_condition_leaves_out_are_a_note(edc: ExportFolder) -> None:
    words = f"sql: 2 of 4 rows of visits {OUT} (rows 2, 3)"
    assert say(edc, ONE) == [("note", words, "visits.csv", 2)]


def test_where_every_row_is_taken_nothing_is_said(edc: ExportFolder) -> None:
    assert say(edc, ONE.replace("event = 'd90'", "event <> 'x'")) == []


def test_each_source_that_is_selected_from_is_counted(edc: ExportFolder) -> None:
    assert [message.partition(" give")[0] for _, message, *_ in say(edc, STACKED)] == [
        "sql: 2 of 3 rows of seen", "sql: 2 of 4 rows of visits",
    ]  # fmt: skip


@pytest.mark.parametrize("sql", [JOINED, ONE.replace(PLACE, "")])
def test_of_what_stands_beside_or_hides_its_rows_nothing_is_counted(
    edc: ExportFolder, sql: str
) -> None:
    assert say(edc, sql) == []


def test_first_rows_are_named(edc: ExportFolder) -> None:
    edc.write("visits", VISITS + "S2,other,1\n" * 7)
    ((_, message, _, _),) = say(edc, ONE)
    assert message.startswith("sql: 9 of 11 rows")
    assert message.endswith("(rows 2, 3, 5, 6, 7, ...)")


def test_the_page_on_the_mapping_counts_them(edc: ExportFolder) -> None:
    keys = {"tables": {"mrs": {"sql": ONE}}}
    export, _ = edc.read(**keys)
    opened = open_export(edc.path, edc.make_mapping(**keys), edc.layout)
    accounts = {one.table: one for one in account_rows(export, opened, edc.layout)}
    assert (OF_NOT_TAKEN, 2) in accounts["mrs"].left_out
