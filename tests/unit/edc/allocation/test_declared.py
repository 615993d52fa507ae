"""Columns that the mapping declares to be no allocation, and what is said of the declaration."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

import pandas as pd
import pytest

from analysis.config import load_plan
from analysis.edc.allocation.refusal import find_arm_like
from analysis.edc.allocation.search.files import SearchedFile
from analysis.edc.allocation.search.findings import WHOLE_FILE, Finding, leave_declared
from analysis.edc.reading.check_mapping import check_mapping
from analysis.edc.sources.labelled_table import LabelledTable
from tests.unit.edc.allocation.search.ways import CONFIG

if TYPE_CHECKING:
    from conftest import ExportFolder

PLAN = load_plan(CONFIG / "trial.yaml")


def find(export: ExportFolder, **tables: dict[str, dict[str, str]]) -> list[str]:
    mapping = export.make_mapping(tables=tables)
    check_mapping(mapping, export.layout)
    ratio = PLAN.trial.allocation_ratio
    return find_arm_like(export.path, mapping, export.layout, PLAN.arms, ratio)


def test_a_declared_column_passes(whole_export: ExportFolder) -> None:
    whole_export.write("labs", "SUBJID,Group\nS1,x\nS2,y\n")
    assert len(find(whole_export)) == 1
    assert find(whole_export, labs={"not_allocation": {"GROUP": "blood group"}}) == []


def test_a_declared_file_passes(whole_export: ExportFolder) -> None:
    whole_export.write("placebo_response", "SUBJID,X\nS1,1\nS2,2\n")
    (finding,) = find(whole_export)
    assert finding == "placebo_response.csv: its name names an arm"
    reason = {"not_allocation": {"*": "a scale of expectations"}}
    assert find(whole_export, placebo_response=reason) == []


def test_a_declaration_that_nothing_answers_to_is_a_finding(whole_export: ExportFolder) -> None:
    assert find(whole_export, dm={"not_allocation": {"GRUOP": "a slip"}}) == [
        "tables.dm.not_allocation.GRUOP: the file holds no column GRUOP in the export; correct the "
        "mapping, or take the line out"
    ]
    (finding,) = find(whole_export, labs={"not_allocation": {"*": "gone"}})
    assert finding.startswith("tables.labs.not_allocation.*: there is no file labs in the export")
    (finding,) = find(whole_export, bll={"not_allocation": {"X": "a slip"}})
    assert "no file bll in the export, but bl" in finding


def test_a_file_that_cannot_be_read_is_not_said_to_be_absent(whole_export: ExportFolder) -> None:
    """Of a table it is said where tables are read; another one is said not to be searched."""
    declared = {"not_allocation": {"Group": "blood group"}}
    whole_export.write("labs", "SUBJID,Group\nS1,x,y\n")
    (finding,) = find(whole_export, labs=declared)
    assert finding.startswith("labs.csv: 1 row(s) do not have the 2 fields of the header")
    (whole_export.path / "labs.csv").unlink()
    whole_export.write("ae", "SUBJID,Group\nS1,x,y\n")
    assert find(whole_export, ae=declared) == []
    whole_export.write("deaths", "SUBJID,Group\nS1,x,y\n")
    assert find(whole_export, dd={"source": "deaths"}, deaths=declared) == []


def test_a_file_that_is_a_table_is_declared_by_its_own_name_or_the_tables(
    whole_export: ExportFolder,
) -> None:
    columns = list(whole_export.layout.tables["dd"].columns)
    (whole_export.path / "dd.csv").unlink()
    whole_export.write("deaths", ",".join([*columns, "Group"]) + "\nS1,2026-07-01,,x\nS2,,,y\n")
    dd = {"source": "deaths"}
    assert len(find(whole_export, dd=dd)) == 1
    declared = {"not_allocation": {"Group": "ward"}}
    assert find(whole_export, dd={**dd, **declared}) == []
    assert find(whole_export, dd=dd, deaths=declared) == []


TAKEN = {
    "source": "Baseline Form",
    "rows": "state <> 'x'",
    "columns": {"SUBJID": "SUBJID", "DTHDTC": "died"},
}


@pytest.mark.parametrize("name", ["dd", "Baseline Form", "baseline form", "BASELINE FORM"])
def test_a_source_of_rows_is_declared_by_its_own_name_or_the_tables(
    whole_export: ExportFolder, name: str
) -> None:
    (whole_export.path / "dd.csv").unlink()
    rows = "".join(f"S{i},,,{'AB'[i % 2]}\n" for i in (1, 2))
    whole_export.write("Baseline Form", f"SUBJID,died,state,Group\n{rows}")
    made = {**TAKEN, "source": "baseline form"}
    assert any("Group" in finding for finding in find(whole_export, dd=made))
    declared = {"not_allocation": {"group": "ward", "STATE": "a mark of the form"}}
    tables = {"dd": made, name: {**(made if name == "dd" else {}), **declared}}
    assert find(whole_export, **tables) == []


def test_a_source_by_its_name_in_the_mapping_is_declared_by_that(
    whole_export: ExportFolder,
) -> None:
    whole_export.write("export 12", "SUBJID,Group\nS1,x\nS2,y\n")
    mapping = whole_export.make_mapping(
        sources={"labs": {"file": "export 12.csv"}},
        tables={"labs": {"not_allocation": {"Group": "blood group"}}},
    )
    ratio = PLAN.trial.allocation_ratio
    assert find_arm_like(whole_export.path, mapping, whole_export.layout, PLAN.arms, ratio) == []


def test_a_table_of_some_rows_does_not_declare_its_whole_source(whole_export: ExportFolder) -> None:
    texts = LabelledTable(pd.DataFrame({"SUBJID": ["S1"]}))
    file = SearchedFile("labs.csv", "labs", texts, {}, "labs", frozenset({"dd"}))
    found = Finding("labs.csv", "labs", WHOLE_FILE, "", 0, "the order of its rows")
    column = dataclasses.replace(found, column="SUBJID")
    for name, left in (("dd", [found]), ("labs", [])):
        reasons = {"not_allocation": {"*": "by centre", "SUBJID": "by centre"}}
        mapping = whole_export.make_mapping(tables={name: reasons})
        assert leave_declared([found, column], [file], mapping) == left
