"""A query on a value that a long source brought beside others names the row of that very value."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from analysis.edc.queries import Query, Rule

if TYPE_CHECKING:
    from tests.unit.edc.conftest import ExportFolder

ITEMS = """\
id,visit,item,value
S1,D90,when,2026-06-01
S1,D90,mrs,2
S2,D90,when,2026-06-02
S1,D30,mrs,1
S2,D90,mrs,nine
S1,D30,when,soon
"""
LONG = {"file": "items.csv", "rows_by": {"key": ["id", "visit"], "item": "item", "value": "value"}}
WIDE = {"key": ["id"], "item": "item", "value": "value"}
COLUMNS = {"SUBJID": "id", "VISIT": "visit", "MRS": "mrs", "MRSDTC": "when"}
BASE = "id,visit\nS1,D30\nS1,D90\nS2,D90\n"


@pytest.fixture
def edc(whole_export: ExportFolder) -> ExportFolder:
    whole_export.write("items", ITEMS)
    (whole_export.path / "mrs.csv").unlink()
    return whole_export


def find_types(edc: ExportFolder, spec: dict[str, Any], **sources: Any) -> dict[str, Query]:
    export, fatal = edc.read(sources={"items": LONG, **sources}, tables={"mrs": spec})
    assert fatal == []
    return {q.value: q for q in export.queries if q.rule is Rule.TYPE}


def list_places(found: dict[str, Query]) -> dict[str, tuple[str, int | None]]:
    return {value: (query.file, query.row) for value, query in found.items()}


THERE = {"nine": ("items.csv", 5), "soon": ("items.csv", 6)}


def test_of_a_table_that_is_the_source_itself(edc: ExportFolder) -> None:
    edc.edit("items", "S2,D90,mrs", "S1,D90,source,CENTRAL\nS2,D90,mrs")
    spec = {"source": "items", "columns": COLUMNS | {"MRSSRC": "source"}}
    found = list_places(find_types(edc, spec))
    assert found == {"nine": ("items.csv", 6), "soon": ("items.csv", 7)}


def test_of_a_table_that_a_query_makes_from_it(edc: ExportFolder) -> None:
    spec = {"source": "items", "columns": COLUMNS, "constants": {"MRSSRC": "CENTRAL"}}
    assert list_places(find_types(edc, spec)) == THERE


def test_of_a_source_that_is_joined(edc: ExportFolder) -> None:
    edc.write("visits", BASE)
    spec = {
        "source": "visits", "columns": COLUMNS, "constants": {"MRSSRC": "CENTRAL"},
        "join": {"sources": ["items"], "by": ["id", "visit"]},
    }  # fmt: skip
    assert list_places(find_types(edc, spec)) == THERE


def test_of_a_source_that_others_are_joined_to(edc: ExportFolder) -> None:
    edc.write("visits", BASE + "S2,D30\n")
    spec = {
        "source": "items", "columns": COLUMNS, "constants": {"MRSSRC": "CENTRAL"},
        "join": {"sources": ["visits"], "by": ["id", "visit"]},
    }  # fmt: skip
    assert list_places(find_types(edc, spec)) == THERE


def test_of_blocks_that_share_a_row(edc: ExportFolder) -> None:
    rows = ["S1,when30,2026-04-01", "S1,m90,bad", "S1,m30,bad", "S1,when90,2026-06-01"]
    edc.write("flat", "id,item,value\n" + "\n".join(rows) + "\n")
    stack = [
        {"columns": {"MRS": f"m{day}", "MRSDTC": f"when{day}"}, "constants": {"VISIT": f"D{day}"}}
        for day in (30, 90)
    ]
    spec = {
        "source": "flat", "columns": {"SUBJID": "id"}, "constants": {"MRSSRC": "CENTRAL"},
        "stack": stack,
    }  # fmt: skip
    export, fatal = edc.read(
        sources={"flat": {"file": "flat.csv", "rows_by": WIDE}}, tables={"mrs": spec}
    )
    assert fatal == []
    found = {q.key.split("; ")[1]: q.row for q in export.queries if q.rule is Rule.TYPE}
    assert found == {"VISIT=D30": 3, "VISIT=D90": 2}


def test_of_several_sources_below_each_other(edc: ExportFolder) -> None:
    edc.write("more", "id,visit,item,value\nS2,D30,when,2026-04-02\nS2,D30,mrs,ten\n")
    spec = {"sources": ["items", "more"], "columns": COLUMNS, "constants": {"MRSSRC": "CENTRAL"}}
    found = list_places(find_types(edc, spec, more=LONG | {"file": "more.csv"}))
    assert found == THERE | {"ten": ("more.csv", 2)}


def test_what_is_looked_up_names_the_row_of_the_table(edc: ExportFolder) -> None:
    edc.write("visits", "id,visit,when\nS1,D30,2026-04-01\nS2,D90,2026-06-02\n")
    lookup = {"source": "items", "match": {"id": "id", "visit": "visit"}, "take": "mrs"}
    spec = {
        "source": "visits", "columns": COLUMNS, "constants": {"MRSSRC": "CENTRAL"},
        "lookup": {"MRS": lookup},
    }  # fmt: skip
    del spec["columns"]["MRS"]
    assert list_places(find_types(edc, spec)) == {"nine": ("visits.csv", 2)}


def test_the_rows_of_the_table_stay_where_they_were(edc: ExportFolder) -> None:
    spec = {"source": "items", "columns": COLUMNS, "constants": {"MRSSRC": "CENTRAL"}}
    export, _ = edc.read(sources={"items": LONG}, tables={"mrs": spec})
    assert sorted(export.places["mrs"].rows.tolist()) == [1, 3, 4]
