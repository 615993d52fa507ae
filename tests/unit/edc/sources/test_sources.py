"""Sources by name: how each is written, which table takes it, several tables from one file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from zipfile import ZipFile

import pytest

from analysis.config import Mapping
from analysis.edc.cells.measurements.numbers import multiply
from analysis.edc.layout import Layout
from analysis.edc.reading.reading import Reading
from analysis.edc.reading.texts import read_texts
from analysis.edc.sources.folder import list_sources, list_tables
from analysis.errors import DataError
from tests.unit.edc.sources.workbooks.handmade.packages import number, rows, texts, xlsx

MakeMapping = Callable[..., Mapping]
Read = Callable[..., Reading]
WIDE = "record;age;sex;weight;asp\nS1;70;F;62,5;8\nS2;81;M;80,1;9\n"


@pytest.fixture
def read(tmp_path: Path, make_mapping: MakeMapping, layout: Layout) -> Read:
    """Reads one wide file as the tables of a mapping."""
    (tmp_path / "wide.csv").write_text(WIDE, encoding="utf-8")

    def build(name: str = "wide", **keys: object) -> Reading:
        tables = {
            "dm": {"source": name, "columns": {"SUBJID": "record", "AGE": "age", "SEX": "sex",
                                               "WEIGHT": "weight"},
                   "not_collected": ["SITEID", "RFICDTC", "HEIGHT", "RFICBY"]},
            "bl": {"source": name, "columns": {"SUBJID": "record", "ASPECTS": "asp"}},
        }  # fmt: skip
        mapping = make_mapping(tables=tables, **keys)
        wanted = {table: layout.tables[table] for table in tables}
        return read_texts(tmp_path, mapping, wanted, (), None)

    return build


def test_several_tables_of_one_file_written_in_its_own_way(read: Read) -> None:
    sources = {"wide": {"file": "wide.csv", "delimiter": ";", "decimal": ","}}
    texts = read(sources=sources).texts
    assert texts["dm"]["WEIGHT"].tolist() == ["62,5", "80,1"]
    assert texts["dm"]["SUBJID"].tolist() == ["S1", "S2"]


def test_the_decimal_mark_is_that_of_the_source_and_a_point_in_binary_files(
    tmp_path: Path, make_mapping: MakeMapping
) -> None:
    for name in ("a.csv", "b.csv", "c.sav", "d.json"):
        (tmp_path / name).touch()
    mapping = make_mapping(decimal=",", sources={"b": {"file": "b.csv", "decimal": "."}})
    found = {source.name: source.decimal for source in list_sources(tmp_path, mapping)}
    assert found == {"a": ",", "b": ".", "c": ".", "d": "."}


@pytest.mark.parametrize(("text", "expected"), [("154,3", "69,99"), ("154.3", "154.3"), ("x", "x")])
def test_a_factor_knows_the_decimal_mark(text: str, expected: str) -> None:
    assert multiply(text, 0.4536, ",")[:5] == expected


def test_a_source_that_is_not_there_is_named_with_the_nearest(read: Read) -> None:
    fatal = read("wyde", delimiter=";").fatal
    assert fatal == [
        f"table {table}: no source wyde in the export, as the mapping names it. Name one that "
        f"is there (tables.{table}.source): wide"
        for table in ("dm", "bl")
    ]


def test_a_file_has_the_name_that_the_mapping_gives_it(
    tmp_path: Path, make_mapping: MakeMapping
) -> None:
    (tmp_path / "Export 7.CSV").write_text("A\n1\n", encoding="utf-8")
    (tmp_path / "dm.csv").write_text("A\n1\n", encoding="utf-8")
    mapping = make_mapping(sources={"mrs": {"file": "Export 7.CSV"}})
    found = {source.name: source.label for source in list_sources(tmp_path, mapping)}
    assert found == {"mrs": "Export 7.CSV", "dm": "dm.csv"}
    assert list(list_tables(tmp_path, mapping)) == ["mrs", "dm"]


def test_two_sources_of_one_table_are_named_with_a_way_out(
    tmp_path: Path, make_mapping: MakeMapping, layout: Layout
) -> None:
    for name in ("dm.csv", "dm.sav"):
        (tmp_path / name).touch()
    reading = read_texts(tmp_path, make_mapping(), {"dm": layout.tables["dm"]}, (), None)
    assert reading.fatal == ["table dm: several files (dm.csv, dm.sav). Leave one in the folder"]


def test_a_column_given_twice_is_named_with_its_source(
    tmp_path: Path, make_mapping: MakeMapping
) -> None:
    (tmp_path / "dm.csv").write_text("A,a\n1,2\n", encoding="utf-8")
    (source,) = list_sources(tmp_path, make_mapping())
    with pytest.raises(DataError, match=r"dm\.csv: column A stands twice"):
        source.read()


def test_a_workbook_of_several_sheets_is_as_many_sources(
    tmp_path: Path, make_mapping: MakeMapping
) -> None:
    dm = rows(texts(1, "SUBJID", "AGE"), texts(2, "S1") + number("B2", 70))
    mrs = rows(texts(1, "SUBJID", "MRS"), texts(2, "S1") + number("B2", 2))
    (tmp_path / "export.xlsx").write_bytes(xlsx({"DM": dm, "mRS 90": mrs}))
    (tmp_path / "bl.xlsx").write_bytes(xlsx({"Sheet1": rows(texts(1, "SUBJID"), texts(2, "S1"))}))
    found = {s.name: s for s in list_sources(tmp_path, make_mapping())}
    assert list(found) == ["bl", "dm", "mrs 90"]
    assert found["mrs 90"].label == "export.xlsx, sheet mRS 90"
    assert found["dm"].read().texts.to_numpy().tolist() == [["S1", "70"]]
    named = make_mapping(sources={"mrs": {"file": "export.xlsx", "part": "mRS 90"}})
    assert [s.name for s in list_sources(tmp_path, named)] == ["bl", "dm", "mrs"]


def test_what_lies_in_an_archive_is_a_source(tmp_path: Path, make_mapping: MakeMapping) -> None:
    with ZipFile(tmp_path / "export.zip", "w") as archive:
        archive.writestr("2026/dm.csv", "SUBJID,AGE\nS1,70\n")
        archive.writestr("readme.pdf", "x")
    (source,) = list_sources(tmp_path, make_mapping())
    assert (source.name, source.label) == ("dm", "export.zip/2026/dm.csv")
    assert source.read().texts.to_numpy().tolist() == [["S1", "70"]]


def test_a_file_that_cannot_be_opened_says_so_when_it_is_read(
    tmp_path: Path, make_mapping: MakeMapping
) -> None:
    (tmp_path / "dm.xlsx").write_bytes(b"no workbook")
    (source,) = list_sources(tmp_path, make_mapping())
    assert source.name == "dm"
    with pytest.raises(DataError, match=r"dm\.xlsx"):
        source.read()
