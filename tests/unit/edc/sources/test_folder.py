"""The files of an export by table, and a mapping that must fit the layout."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
import xlsxwriter

from analysis.config import Mapping
from analysis.edc.layout import Layout
from analysis.edc.reading.check_mapping import check_mapping
from analysis.edc.sources.folder import list_tables
from analysis.edc.sources.source import Source
from analysis.errors import ConfigError, DataError

MakeMapping = Callable[..., Mapping]
FILES = ("dm.csv", "MRS.CSV", "bl.xpt", "ae.sav", "ds.sas7bdat", "notes.txt", ".dm.csv", "x.xlsx")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in FILES:
        (tmp_path / name).touch()
    (tmp_path / "old.csv").mkdir()
    return tmp_path


def names(found: dict[str, list[Source]]) -> dict[str, list[str]]:
    return {table: [source.label for source in sources] for table, sources in found.items()}


def test_readable_files_by_table(folder: Path, make_mapping: MakeMapping) -> None:
    assert names(list_tables(folder, make_mapping())) == {
        "mrs": ["MRS.CSV"], "ae": ["ae.sav"], "bl": ["bl.xpt"], "dm": ["dm.csv"],
        "ds": ["ds.sas7bdat"], "x": ["x.xlsx"],
    }  # fmt: skip


def test_one_format_alone(folder: Path, make_mapping: MakeMapping) -> None:
    found = names(list_tables(folder, make_mapping(format="csv")))
    assert found == {"mrs": ["MRS.CSV"], "dm": ["dm.csv"]}


def test_a_table_may_have_another_file(folder: Path, make_mapping: MakeMapping) -> None:
    mapping = make_mapping(tables={"rand": {"file": "MRS.CSV"}})
    found = names(list_tables(folder, mapping))
    assert found["rand"] == ["MRS.CSV"]
    assert "mrs" not in found


def test_two_files_of_one_table_are_both_found(folder: Path, make_mapping: MakeMapping) -> None:
    (folder / "dm.xpt").touch()
    assert names(list_tables(folder, make_mapping()))["dm"] == ["dm.csv", "dm.xpt"]


def test_a_file_may_have_several_names(folder: Path, make_mapping: MakeMapping) -> None:
    sources = {"raw": {"file": "dm.csv"}, "wide": {"file": "dm.csv", "delimiter": ";"}}
    mapping = make_mapping(sources=sources, tables={"rand": {"source": "wide"}})
    found = list_tables(folder, mapping)
    assert [(one.name, one.options.delimiter) for one in found["rand"]] == [("wide", ";")]
    assert [(one.name, one.options.delimiter) for one in found["raw"]] == [("raw", None)]
    assert "dm" not in found


def test_what_is_said_of_a_part_goes_before_what_is_said_of_its_file(
    tmp_path: Path, make_mapping: MakeMapping
) -> None:
    with xlsxwriter.Workbook(tmp_path / "x.xlsx") as book:
        for name in ("A", "B"):
            book.add_worksheet(name).write(0, 0, "id")
    sources = {"rest": {"file": "x.xlsx"}, "first": {"file": "x.xlsx", "part": "A"}}
    found = list_tables(tmp_path, make_mapping(sources=sources))
    assert names(found) == {"first": ["x.xlsx, sheet A"], "rest": ["x.xlsx, sheet B"]}


def test_an_absent_folder_is_refused(tmp_path: Path, make_mapping: MakeMapping) -> None:
    with pytest.raises(DataError, match="there is no such folder"):
        list_tables(tmp_path / "nowhere", make_mapping())


def test_a_pipe_and_a_link_to_nothing_are_named_together(
    folder: Path, make_mapping: MakeMapping
) -> None:
    os.mkfifo(folder / "mrs_site2.csv")
    (folder / "mrs_site1.csv").symlink_to(folder / "gone.csv")
    told = r"2 of .* no file: mrs_site1\.csv \(a broken link\), mrs_site2\.csv \(a pipe or a device"
    with pytest.raises(DataError, match=told):
        list_tables(folder, make_mapping())


def test_a_link_to_a_file_is_one(folder: Path, make_mapping: MakeMapping) -> None:
    (folder / "mrs_site1.csv").symlink_to(folder / "dm.csv")
    assert "mrs_site1" in list_tables(folder, make_mapping())


def test_a_mapping_that_fits(make_mapping: MakeMapping, layout: Layout) -> None:
    mrs = {"columns": {"MRS": "score"}, "values": {"MRSSRC": {"core": "CENTRAL"}}}
    check_mapping(make_mapping(tables={"mrs": mrs}), layout)


def test_every_wrong_name_of_the_mapping_is_told(make_mapping: MakeMapping, layout: Layout) -> None:
    tables = {
        "mrsx": {},
        "mrs": {"columns": {"SCORE": "MRS"}, "values": {"SOURCE": {"a": "b"}}},
    }
    with pytest.raises(ConfigError) as caught:
        check_mapping(make_mapping(tables=tables), layout)
    lines = str(caught.value).splitlines()
    assert [line.partition("; allowed: ")[0] for line in lines] == [
        "The mapping of the export is wrong.",
        "  - tables.mrsx: no such table",
        "  - tables.mrs.columns.SCORE: no such column",
        "  - tables.mrs.values.SOURCE: no such column",
    ]
    assert lines[2].endswith("SUBJID, VISIT, MRSDTC, MRSSRC, MRSMODE, MRS")
