"""Columns and tables that a mapping declares not collected."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from analysis.edc.layout import load_layout
from analysis.errors import ConfigError
from analysis.io.not_collected import list_not_collected

if TYPE_CHECKING:
    from conftest import ExportFolder

LAYOUT = load_layout()
ESSENTIAL = [(name, column) for name, table in LAYOUT.tables.items() for column in table.essential]
WHOLE = ("ie", "evt", "nihss", "eq5d", "ich", "ae", "dv")


def declare(**tables: object) -> dict[str, object]:
    return {"tables": {name: {"not_collected": what} for name, what in tables.items()}}


def test_a_declared_column_is_missing_and_the_table_knows_it(whole_export: ExportFolder) -> None:
    whole_export.edit("ich", "SICH", "OTHER")
    mapping = declare(ich=["SICH"])
    table = whole_export.read(**mapping)[0].tables["ich"]
    assert table["SICH"].isna().all()
    assert list_not_collected(table) == {"SICH": "ich.SICH"}
    assert whole_export.queries(**mapping) == [
        ("ich", "OTHER", "extra_column"),
        ("ich", "SICH", "not_collected"),
    ]


def test_a_declared_column_that_is_required_has_no_query_per_subject(
    whole_export: ExportFolder,
) -> None:
    whole_export.edit("dm", "SITEID", "OTHER")
    assert "SITEID is missing" in whole_export.fatal()
    assert ("dm", "SITEID", "required") not in whole_export.queries(**declare(dm=["SITEID"]))


def test_a_declared_column_that_holds_values_is_a_finding(whole_export: ExportFolder) -> None:
    message = whole_export.fatal(**declare(ich=["SICH"]))
    assert "ich.csv: column SICH is declared not collected" in message
    assert "1 of 1 cells hold a value" in message


def test_a_declared_column_that_is_there_without_a_value_is_none(
    whole_export: ExportFolder,
) -> None:
    whole_export.rows("ich", {"SUBJID": "S1", "ICHTYPE": "NONE"})
    assert whole_export.fatal(**declare(ich=["SICH"])) == ""


@pytest.mark.parametrize("name", WHOLE)
def test_a_whole_table_has_no_rows(whole_export: ExportFolder, name: str) -> None:
    (whole_export.path / f"{name}.csv").unlink()
    assert f"tables.{name}.not_collected: all" in whole_export.fatal()
    export, fatal = whole_export.read(**declare(**{name: "all"}))
    assert fatal == []
    assert len(export.tables[name]) == 0
    assert set(list_not_collected(export.tables[name])) == set(LAYOUT.tables[name].columns)
    assert [(q.table, q.column, q.rule) for q in export.queries] == [(name, "", "not_collected")]


def test_a_whole_table_that_is_there_is_a_finding(whole_export: ExportFolder) -> None:
    message = whole_export.fatal(**declare(dv="all"))
    assert "dv.csv: column DVSEQ is declared not collected" in message


@pytest.mark.parametrize(("name", "column"), ESSENTIAL)
def test_what_the_primary_analysis_rests_on_cannot_be_declared_away(
    whole_export: ExportFolder, name: str, column: str
) -> None:
    with pytest.raises(ConfigError, match=f"{column}: the primary outcome, the deaths or the"):
        whole_export.read(**declare(**{name: [column]}))


@pytest.mark.parametrize("name", ["rand", "mrs", "dd", "ds", "ex"])
def test_nor_can_its_table(whole_export: ExportFolder, name: str) -> None:
    with pytest.raises(ConfigError, match=r"the whole table: .* cannot be declared"):
        whole_export.read(**declare(**{name: "all"}))


@pytest.mark.parametrize(
    ("spec", "words"),
    [
        ({"not_collected": ["SIHC"]}, "SIHC: no such column"),
        ({"not_collected": ["SICH"], "columns": {"SICH": "X"}}, "columns describes it too"),
        ({"not_collected": ["SICH"], "values": {"SICH": {"1": "Y"}}}, "values describes it too"),
        ({"not_collected": "all", "file": "i.csv"}, "but file describes it"),
        ({"not_collected": ["all", "SICH"]}, "name it alone"),
        ({"not_collected": "SICH"}, "not_collected"),
    ],
)
def test_a_declaration_that_contradicts_itself_is_refused(
    whole_export: ExportFolder, spec: dict[str, object], words: str
) -> None:
    with pytest.raises(ConfigError, match=words):
        whole_export.read(tables={"ich": spec})
