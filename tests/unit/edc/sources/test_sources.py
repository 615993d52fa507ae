"""Sources by name: how each is written, which table takes it, several tables from one file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from analysis.config import Mapping
from analysis.edc.door.mapped import multiply
from analysis.edc.layout import Layout
from analysis.edc.sources.folder import list_sources, list_tables
from analysis.edc.texts import Reading, read_texts
from analysis.errors import DataError

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
        f"table {table}: no source wyde in the export, as config/edc.yaml names it. Name one that "
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
