"""A source that the mapping declares and the export lacks is one finding, and explains the rest."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import pytest
import xlsxwriter

from analysis.config import load_plan
from analysis.edc.allocation.refusal import require_no_arms
from analysis.errors import DataError
from tests.unit.edc.conftest import TOP

if TYPE_CHECKING:
    from conftest import ExportFolder

ITEMS = {"key": ["id"], "item": "item", "value": "value"}
SOURCES = {"visits": {"file": "visits_90.tsv", "rows_by": ITEMS}}
MRS: Mapping[str, object] = {
    "source": "visits", "columns": {"SUBJID": "id", "MRS": "score", "MRSDTC": "seen"},
    "constants": {"VISIT": "D90", "MRSSRC": "CENTRAL"},
}  # fmt: skip
IN_SQL = {"sql": "SELECT id AS SUBJID, 'D90' AS VISIT, score AS EQVAS, _file, _row FROM visits"}


def put_visits(export: ExportFolder, name: str = "visits") -> None:
    """The items of the visits; by the name of the file they are a source without ``rows_by``."""
    (export.path / "mrs.csv").unlink()
    rows = "S1,score,2\nS1,seen,2026-06-01\nS2,score,3\nS2,seen,2026-06-02\n"
    export.write(name, f"id,item,value\n{rows}")


def test_one_finding_names_source_file_key_likeness_and_tables(whole_export: ExportFolder) -> None:
    put_visits(whole_export)
    (whole_export.path / "eq5d.csv").unlink()
    tables = {"mrs": MRS, "eq5d": IN_SQL}
    assert whole_export.fatal(sources=SOURCES, tables=tables) == (
        "source visits: the export holds no file visits_90.tsv (sources.visits.file). Files that "
        "resemble it: visits.csv. Name the file that is meant (`sources: {visits: {file: "
        "visits.csv}}`), export visits_90.tsv, or take sources.visits out of the mapping. Not read "
        "without it: table mrs, eq5d"
    )


def test_the_same_file_in_another_format_is_named_first(whole_export: ExportFolder) -> None:
    put_visits(whole_export, "visits_90")
    assert "Files that resemble it: visits_90.csv" in whole_export.fatal(sources=SOURCES)


def test_with_the_file_there_is_no_finding(whole_export: ExportFolder) -> None:
    put_visits(whole_export)
    there = {"visits": {**SOURCES["visits"], "file": "visits.csv"}}
    assert whole_export.fatal(sources=there, tables={"mrs": MRS}) == ""


@pytest.mark.parametrize(
    "spec",
    [
        {"source": "visits*"},
        {"sources": ["dv", "visits"]},
        {"join": {"sources": ["visits"], "by": ["SUBJID"]}},
        {"lookup": {"DVTERM": {"source": "visits", "match": {"SUBJID": "id"}, "take": "value"}}},
    ],
)
def test_every_key_that_names_a_source_is_followed(
    whole_export: ExportFolder, spec: Mapping[str, object]
) -> None:
    found = whole_export.read(sources=SOURCES, tables={"dv": spec})[1]
    assert [finding.partition(":")[0] for finding in found] == ["source visits"]
    assert found[0].endswith("Not read without it: table dv")


def test_a_table_of_its_name_rests_on_it(whole_export: ExportFolder) -> None:
    (whole_export.path / "dv.csv").rename(whole_export.path / "dv_2026.csv")
    (finding,) = whole_export.read(sources={"dv": {"file": "dv_26.csv"}})[1]
    assert "resemble it: dv_2026.csv" in finding
    assert finding.endswith("table dv")


def test_an_absent_part_is_named_with_those_that_are_there(whole_export: ExportFolder) -> None:
    with xlsxwriter.Workbook(whole_export.path / "visits.xlsx") as book:
        for name in ("day 30", "day 90"):
            book.add_worksheet(name).write_row(0, 0, ["id", "score"])
    sources = {"visits": {"file": "visits.xlsx", "part": "Day90"}}
    (finding,) = whole_export.read(sources=sources)[1]
    assert finding.startswith(
        "source visits: visits.xlsx holds no part Day90 (sources.visits.part). Name one that is "
        "there: day 90, day 30; or export it"
    )


def test_a_file_that_the_format_passes_over_is_said_so(whole_export: ExportFolder) -> None:
    (whole_export.path / "visits_90.tsv").write_text("id\n", encoding="utf-8")
    (finding,) = whole_export.read(sources=SOURCES, format="csv")[1]
    assert "format: csv passes it over. Set format: auto" in finding


def test_a_file_of_a_kind_that_is_not_read_is_said_so(whole_export: ExportFolder) -> None:
    (whole_export.path / "visits.pdf").write_bytes(b"%PDF")
    (finding,) = whole_export.read(sources={"visits": {"file": "visits.pdf"}})[1]
    assert "files of its kind (.pdf) are not read" in finding


def test_a_file_that_cannot_be_opened_is_the_finding(whole_export: ExportFolder) -> None:
    (whole_export.path / "visits.xlsx").write_bytes(b"no workbook")
    sources = {"visits": {"file": "visits.xlsx", "part": "day 90"}}
    found = whole_export.fatal(sources=sources, tables={"dv": {"source": "visits"}})
    assert "sources.visits" not in found
    assert "visits.xlsx" in found


def test_a_table_that_names_a_file_is_told_which_resemble_it(whole_export: ExportFolder) -> None:
    (finding,) = whole_export.read(tables={"dv": {"file": "DV.tsv"}})[1]
    assert "no file DV.tsv" in finding
    assert "resemble it: dv.csv" in finding
    assert "(tables.dv.file)" in finding


def test_a_blinded_run_is_refused_with_it_alone(whole_export: ExportFolder) -> None:
    plan = load_plan(TOP / "config" / "trial.yaml")
    tables = {"visits": {"not_allocation": {"mode": "of the visit"}}}
    mapping = whole_export.make_mapping(sources=SOURCES, tables=tables)
    with pytest.raises(DataError, match=r"no file visits_90\.tsv") as raised:
        require_no_arms(whole_export.path, mapping, whole_export.layout, plan.arms, (1, 1))
    assert "not_allocation" not in str(raised.value)
