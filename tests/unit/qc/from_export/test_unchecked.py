"""The tables that the independent check cannot make are known before anything is analysed."""

from __future__ import annotations

from pathlib import Path

import pytest

from analysis.config import Mapping
from analysis.qc.from_export.unchecked import list_unchecked
from tests.unit.qc.from_export.reading.queries.both_engines import map_table


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    text = "id,mrs,event\nS1-01,3,d90\nS1-02,4,d90\n"
    (tmp_path / "visits.csv").write_text(text, encoding="utf-8")
    return tmp_path


def list_of(folder: Path, mapping: Mapping, **spec: object) -> list[str]:
    return list_unchecked(sorted(folder.iterdir()), map_table(mapping, "mrs", {**spec}))


def test_a_query_that_the_second_engine_runs_is_not_named(folder: Path, mapping: Mapping) -> None:
    columns = {"SUBJID": "id", "MRS": "mrs"}
    given = {"source": "visits", "columns": columns}
    assert list_of(folder, mapping, **given, rows="right(id, 2) IN ('01', '02')") == []
    assert list_of(folder, mapping, sql="SELECT id AS SUBJID, _file, _row FROM visits") == []


def test_one_that_it_does_not_run_is_named_with_the_reason(folder: Path, mapping: Mapping) -> None:
    given = {"source": "visits", "columns": {"SUBJID": "id", "MRS": "mrs"}}
    (why,) = list_of(folder, mapping, **given, rows="substr(id, -2) = '01'")
    assert why.startswith("table mrs is not checked")
    assert "it holds the sign -" in why


def test_a_table_of_a_file_that_is_not_read_is_named(folder: Path, mapping: Mapping) -> None:
    (folder / "mrs.xlsb").write_bytes(b"")
    (why,) = (w for w in list_of(folder, mapping) if w.startswith("table mrs"))
    assert why == "table mrs: the second implementation does not read mrs.xlsb"


def test_a_query_of_such_a_file_is_not_said_to_be_at_fault(folder: Path, mapping: Mapping) -> None:
    (folder / "ward.xlsb").write_bytes(b"")
    found = list_of(folder, mapping, sql="SELECT id AS SUBJID, _file, _row FROM ward")
    (why,) = (line for line in found if line.startswith("table mrs"))
    assert "does not read ward.xlsb" in why
    assert "the query itself is not at fault" in why
    assert "no such table" not in why
