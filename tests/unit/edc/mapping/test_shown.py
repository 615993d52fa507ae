"""The mapping as queries: what is printed is what is run."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from analysis.config.load import parse_model
from analysis.config.mapping import Mapping
from analysis.edc.layout import load_layout
from analysis.edc.mapping.opened import open_export
from analysis.edc.mapping.shown import show_mapping
from analysis.edc.reading.export import read_export
from analysis.edc.sql.engine import Engine
from analysis.run.settings.beginning import PLAIN

MRS = "redcap.csv"
VISITS = (
    "record_id,event,mrs,mrs_date\nS1,day_90,2,2026-06-01\nS2,day_90,,\nS2,day_30,3,2026-04-01\n"
)
MAPPED = {
    "source": "redcap",
    "rows": "event = 'day_90' AND mrs <> ''",
    "columns": {"SUBJID": "record_id", "MRS": "mrs", "MRSDTC": "mrs_date"},
    "constants": {"VISIT": "D90", "MRSSRC": "LOCAL"},
    "values": {"MRS": {"2": "3"}},
}
Show = Callable[..., str]


@pytest.fixture
def show(tmp_path: Path) -> Show:
    """The queries of an export of one file, with the tables of the mapping as given."""
    (tmp_path / MRS).write_text(VISITS, encoding="utf-8")

    def build(**tables: object) -> str:
        mapping = parse_model(Mapping, {**PLAIN, "tables": tables}, "test")
        return show_mapping(open_export(tmp_path, mapping, load_layout()))

    return build


def find_block(shown: str, table: str) -> str:
    """What is printed of one table."""
    (block,) = (b for b in shown.split("\n\n") if b.startswith(f"-- {table}:"))
    return block


def test_the_query_that_is_printed_gives_the_rows_of_the_table(show: Show) -> None:
    block = find_block(show(mrs=MAPPED), "mrs")
    engine = Engine()
    import pandas as pd

    lines = [line.split(",") for line in VISITS.splitlines()]
    engine.add_source("redcap", pd.DataFrame(lines[1:], columns=lines[0]), MRS)
    sql = "\n".join(line for line in block.splitlines() if not line.startswith("--"))
    rows = engine.run(sql.rstrip(";"))
    assert rows[["SUBJID", "MRS", "VISIT", "_row"]].to_numpy().tolist() == [["S1", "2", "D90", "1"]]


def test_what_is_done_with_cells_stands_below(show: Show) -> None:
    assert '-- cells of MRS: values {"2": "3"}' in find_block(show(mrs=MAPPED), "mrs")


def test_a_table_that_is_a_file_is_a_query_of_its_columns(show: Show, tmp_path: Path) -> None:
    (tmp_path / "deaths.csv").write_text("SUBJID,died\nS1,2026-05-01\n", encoding="utf-8")
    block = find_block(show(dd={"file": "deaths.csv", "columns": {"DTHDTC": "died"}}), "dd")
    assert '"died" AS "DTHDTC"' in block
    assert 'FROM "deaths";' in block


def test_a_query_that_cannot_be_written_says_why(show: Show) -> None:
    block = find_block(show(mrs={**MAPPED, "columns": {"SUBJID": "recordid"}}), "mrs")
    assert "no column recordid" in block
    assert all(line.startswith("--") for line in block.splitlines())


def test_tables_without_a_source_are_named(show: Show) -> None:
    shown = show(mrs=MAPPED, eq5d={"not_collected": "all"})
    assert "-- eq5d: not collected" in shown
    assert "-- ae: no source in the export" in shown


def test_a_source_may_be_a_table_of_its_own_and_part_of_a_query(tmp_path: Path) -> None:
    (tmp_path / MRS).write_text(VISITS, encoding="utf-8")
    plain = {"source": "redcap", "columns": {"SUBJID": "record_id", "DTHDTC": "mrs_date"}}
    tables = {"mrs": MAPPED, "dd": plain}
    mapping = parse_model(Mapping, {**PLAIN, "tables": tables}, "test")
    export, findings = read_export(tmp_path, mapping, load_layout())
    assert "mrs" in export.tables
    assert [f for f in findings if f.startswith("table mrs")] == []
