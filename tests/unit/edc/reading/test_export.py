"""One export read whole: typed tables, queries, and all that stops the run in one message."""

from __future__ import annotations

import weakref
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest

from analysis.config.mapping import Mapping
from analysis.edc.layout import Layout, Table
from analysis.edc.reading import export as export_module
from analysis.edc.reading.export import read_export
from analysis.edc.typed import TypedTable, type_table
from analysis.errors import ConfigError, DataError

if TYPE_CHECKING:
    from conftest import ExportFolder

REQUIRED_TABLES = (
    "dm", "rand", "bl", "ie", "evt", "ex", "nihss", "mrs", "eq5d", "ich", "ae", "ds", "dd", "dv",
)  # fmt: skip
MAY_BE_EMPTY = ("ich", "ae", "dd", "dv")


def test_a_clean_export_has_no_query(whole_export: ExportFolder) -> None:
    export, fatal = whole_export.read()
    assert fatal == []
    assert export.queries == ()
    assert set(export.tables) == set(REQUIRED_TABLES)


def test_the_order_of_rows_and_columns_does_not_matter(whole_export: ExportFolder) -> None:
    expected = whole_export.read()[0].tables
    for path in whole_export.path.iterdir():
        frame = pd.read_csv(path, dtype=str, keep_default_na=False)
        frame.iloc[::-1, ::-1].to_csv(path, index=False)
    found = whole_export.read()[0].tables
    for name, frame in expected.items():
        pd.testing.assert_frame_equal(found[name], frame)


# --- tables -------------------------------------------------------------------------------------


def test_every_missing_table_is_told(whole_export: ExportFolder) -> None:
    for path in whole_export.path.iterdir():
        path.rename(path.with_suffix(".old"))
    _, fatal = whole_export.read()
    assert [finding.partition(",")[0] for finding in fatal] == [
        f"table {name}: no file in the export (expected {name}.csv" for name in REQUIRED_TABLES
    ]


def test_tables_without_rows(whole_export: ExportFolder) -> None:
    for name in REQUIRED_TABLES:
        whole_export.rows(name)
    export, fatal = whole_export.read()
    assert [finding.partition(":")[0] for finding in fatal] == [
        f"{name}.csv" for name in REQUIRED_TABLES if name not in MAY_BE_EMPTY
    ]
    notes = [query.table for query in export.queries if query.rule == "empty_table"]
    assert notes == list(REQUIRED_TABLES)


def test_tables_that_may_be_empty_do_not_stop_the_run(whole_export: ExportFolder) -> None:
    for name in MAY_BE_EMPTY:
        whole_export.rows(name)
    assert whole_export.queries() == [(name, "", "empty_table") for name in MAY_BE_EMPTY]


def test_an_optional_table_is_read_when_it_is_there(whole_export: ExportFolder) -> None:
    whole_export.rows("screening", {"SCRNO": "P1", "SCRRES": "DECLINED"})
    export, fatal = whole_export.read()
    assert fatal == []
    assert len(export.tables["screening"]) == 1


def test_a_table_with_two_files_stops_the_run(export_folder: ExportFolder) -> None:
    (export_folder.path / "dm.xpt").touch()
    assert "table dm: several files (dm.csv, dm.xpt). Leave one" in export_folder.fatal()


def test_an_extra_file_is_a_note(export_folder: ExportFolder) -> None:
    export_folder.write("vs", "anything")
    (query,) = export_folder.read()[0].queries
    assert (query.severity, query.table, query.value, query.rule) == (
        "note", "vs", "vs.csv", "extra_file",
    )  # fmt: skip


def test_an_absent_folder_is_refused(tmp_path: Path, mapping: Mapping, layout: Layout) -> None:
    with pytest.raises(DataError, match="no such folder"):
        read_export(tmp_path / "nowhere", mapping, layout)


# --- columns ------------------------------------------------------------------------------------


def test_column_names_in_any_case(export_folder: ExportFolder) -> None:
    export_folder.edit("dm", "SUBJID,SITEID,AGE", " subjid , SiteId ,age")
    assert export_folder.queries() == []


def test_an_extra_column_is_a_note(whole_export: ExportFolder) -> None:
    whole_export.write("dd", "SUBJID,DTHDTC,DTHCAUS,autopsy\nS2,2026-07-01,,N\n")
    assert whole_export.queries() == [("dd", "autopsy", "extra_column")]


def test_a_missing_column_of_no_number_is_a_query_and_all_missing(
    export_folder: ExportFolder,
) -> None:
    export_folder.edit("dm", "HEIGHT", "HEIGHXX")
    assert export_folder.queries() == [
        ("dm", "HEIGHXX", "extra_column"),
        ("dm", "HEIGHT", "missing_column"),
    ]
    assert export_folder.read()[0].tables["dm"]["HEIGHT"].isna().all()


@pytest.mark.parametrize(
    ("name", "column"),
    [("mrs", "MRSDTC"), ("ich", "ICHDTC"), ("rand", "RANDDTC"), ("ds", "DSDECOD")],
)
def test_a_key_or_required_column_that_is_missing_stops_the_run(
    whole_export: ExportFolder, name: str, column: str
) -> None:
    whole_export.edit(name, column, "OTHER")
    message = whole_export.fatal()
    assert f"{name}.csv: column {column} is missing, without which no row can be read." in message
    assert "The file holds: SUBJID" in message


def test_a_table_separated_by_semicolons_is_told_so(export_folder: ExportFolder) -> None:
    export_folder.edit("dm", ",", ";")
    assert 'dm.csv: its fields are separated by ";", not by ",". Set' in export_folder.fatal()


def test_a_table_without_a_header_shows_none_of_its_data(export_folder: ExportFolder) -> None:
    export_folder.write("dm", "S1,张三,1958-04-01\nS2,李四,1960-05-02\n")
    message = export_folder.fatal()
    assert "The first row names no column of the table: is it a header?" in message
    assert not any(value in message for value in ("S1", "张三", "1958"))


# --- the mapping --------------------------------------------------------------------------------

MAPPED = {
    "mrs": {
        "file": "rankin_export.csv",
        "columns": {"MRS": "score", "MRSSRC": "Reader"},
        "values": {"MRSSRC": {"core lab": "CENTRAL", "site": "LOCAL"}, "MRS": {"dead": "6"}},
    }
}


def test_files_columns_and_values_are_mapped(export_folder: ExportFolder) -> None:
    (export_folder.path / "mrs.csv").unlink()
    export_folder.write(
        "rankin_export",
        "SUBJID,VISIT,MRSDTC,READER,MRSMODE,Score\n"
        "S1,D90,2026-06-01,core lab,PHONE,dead\nS2,D90,2026-06-01,site,PHONE,3\n",
    )
    export, fatal = export_folder.read(tables=MAPPED)
    assert fatal == []
    assert export.queries == ()
    assert export.tables["mrs"][["MRSSRC", "MRS"]].to_numpy().tolist() == [
        ["CENTRAL", 6],
        ["LOCAL", 3],
    ]


def test_codes_may_be_exchanged_for_each_other(export_folder: ExportFolder) -> None:
    export_folder.edit("ie", "IN01,Y\nS2", "IN01,N\nS2")
    exchanged = {"ie": {"values": {"IEORRES": {"Y": "N", "N": "Y"}}}}
    export, _ = export_folder.read(tables=exchanged)
    assert export.tables["ie"]["IEORRES"].tolist() == ["Y", "N"]


def test_missing_codes_are_missing_in_every_table(export_folder: ExportFolder) -> None:
    export_folder.edit("bl", "14", "-95")
    export_folder.edit("dm", "66", "-99")
    export, fatal = export_folder.read(missing_values=["-95", "-99"])
    assert fatal == []
    assert export.queries == ()
    assert export.tables["bl"]["NIHSSBL"].isna().all()
    assert export.tables["dm"]["AGE"].isna().all()


def test_a_code_may_be_mapped_to_missing_in_one_column(export_folder: ExportFolder) -> None:
    export_folder.edit("dm", "66,F", "66,U")
    export, fatal = export_folder.read(tables={"dm": {"values": {"SEX": {"U": ""}}}})
    assert fatal == []
    assert export.queries == ()
    assert export.tables["dm"]["SEX"].isna().all()


def test_a_mapped_column_that_is_missing_is_named_as_in_the_export(
    export_folder: ExportFolder,
) -> None:
    message = export_folder.fatal(tables={"mrs": {"columns": {"MRSSRC": "reader"}}})
    assert "mrs.csv: column MRSSRC (mapped from READER) is missing" in message


@pytest.mark.parametrize("name", ["dm", "cm"])
def test_a_mapped_file_that_is_missing_is_not_replaced_by_another(
    export_folder: ExportFolder, name: str
) -> None:
    message = export_folder.fatal(tables={name: {"file": "named.csv"}})
    assert message == (
        f"table {name}: no file named.csv in the export, as the mapping names it, nor one like it. "
        f"Name the file that is meant (tables.{name}.file), or export it"
    )


def test_a_mapping_of_nothing_in_the_layout_is_refused(export_folder: ExportFolder) -> None:
    with pytest.raises(ConfigError, match=r"tables.mrss: no such table"):
        export_folder.read(tables={"mrss": {}})


# --- subjects -----------------------------------------------------------------------------------


def test_strangers_are_left_out_of_every_table(export_folder: ExportFolder) -> None:
    export_folder.edit("bl", "S2", "S9")
    assert export_folder.queries() == [
        ("bl", "SUBJID", "unknown_subject"),
        ("bl", "SUBJID", "missing_subject"),
    ]
    assert export_folder.read()[0].tables["bl"]["SUBJID"].tolist() == ["S1"]


def test_a_subject_without_a_row_where_all_have_one(whole_export: ExportFolder) -> None:
    for path in whole_export.path.iterdir():
        lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
        if path.stem != "rand":
            path.write_text("".join(lines[:2]), encoding="utf-8")
    found = whole_export.read()[0].queries
    assert [(q.table, q.key) for q in found if q.rule == "missing_subject"] == [
        ("dm", "SUBJID=S2"), ("bl", "SUBJID=S2"), ("evt", "SUBJID=S2"), ("ds", "SUBJID=S2"),
    ]  # fmt: skip


def test_a_cut_at_a_row_end_of_the_randomisation_is_seen(export_folder: ExportFolder) -> None:
    export_folder.rows("rand", {"SUBJID": "S1", "RANDNO": "R1", "RANDDTC": "2026-03-01T10:00"})
    found = {(table, rule) for table, _, rule in export_folder.queries()}
    assert {("dm", "unknown_subject"), ("mrs", "unknown_subject")} <= found


# --- everything in one message ------------------------------------------------------------------


def test_all_that_stops_the_run_is_told_together(whole_export: ExportFolder) -> None:
    (whole_export.path / "evt.csv").unlink()
    whole_export.edit("dm", "\n", "")
    (whole_export.path / "bl.csv").write_bytes("SUBJID\nMüller\n".encode("latin-1"))
    whole_export.edit("nihss", "VISIT", "VIS")
    whole_export.rows("ds")
    row = {"SUBJID": "S1", "RANDDTC": "2026-03-01T10:00"}
    whole_export.rows("rand", row, {**row, "SUBJID": "S2", "RANDNO": "R2"})
    whole_export.rows(
        "dd", {"SUBJID": "S1", "DTHDTC": "2026-07-01"}, {"SUBJID": "S1", "DTHDTC": "2026-07-02"}
    )
    _, fatal = whole_export.read()
    starts = (
        "dm.csv: the last line has no line end", "bl.csv: line 2: byte 0xFC",
        "table evt: no file", "nihss.csv: column VISIT is missing",
        "ds.csv: the table holds no rows", "table rand, column RANDNO: missing or unusable",
        "table dd: 1 SUBJID with conflicting rows",
    )  # fmt: skip
    assert len(fatal) == len(starts)
    for start in starts:
        assert any(finding.startswith(start) for finding in fatal), start


def test_the_texts_of_a_table_are_let_go_before_those_of_the_next_are_read(
    whole_export: ExportFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    held: list[weakref.ref[pd.DataFrame]] = []

    def type_alone(name: str, table: Table, texts: pd.DataFrame, *others: Any) -> TypedTable:
        assert [one for one in held if one() is not None] == []
        held.append(weakref.ref(texts))
        return type_table(name, table, texts, *others)

    monkeypatch.setattr(export_module, "type_table", type_alone)
    whole_export.read()
    assert len(held) == len(REQUIRED_TABLES)
