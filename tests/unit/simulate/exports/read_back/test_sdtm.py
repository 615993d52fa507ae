"""SDTM data sets come back as the tables of the layout."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from analysis.config import load_mapping
from analysis.edc.queries import Query, Rule, Severity
from analysis.edc.reading.export import read_export
from tests.unit.simulate.exports.read_back.conftest import MakeShape, Shaped
from tests.unit.simulate.exports.read_back.reading import MAPPINGS, TOP

LEFT_OUT = (Rule.UNKNOWN_SUBJECT, Rule.MISSING_KEY)
BY_KEYS = TOP / "tests" / "unit" / "edc" / "mapping" / "proposal" / "sdtm_by_keys.yaml"
"""The tables of SDTM by ``join`` and ``lookup``, where the shipped mapping has full joins."""
BELONGS_TO_NOTHING = pytest.mark.parametrize(
    ("data_set", "column", "table"),
    [("vs", "USUBJID", "bl"), ("qsmr", "USUBJID", "bl"), ("cm", "USUBJID", "bl"),
     ("supppr", "USUBJID", "evt"), ("suppex", "USUBJID", "ex"), ("suppex", "IDVARVAL", "ex")],
)  # fmt: skip


@pytest.fixture(scope="module")
def shaped(make_shape: MakeShape) -> Shaped:
    return make_shape("sdtm")


def name_files(shaped: Shaped, ending: str, path: Path, given: Path | None = None) -> Shaped:
    """The shipped mapping, or the one given, with files of another ending."""
    text = (given or MAPPINGS / "sdtm.yaml").read_text(encoding="utf-8")
    path.write_text(text.replace(".xpt", ending), encoding="utf-8")
    return replace(shaped, reader=replace(shaped.reader, mapping=load_mapping(path)))


def test_every_cell_comes_back_from_transport_files(shaped: Shaped) -> None:
    shaped.require_read_back("xpt")


def test_every_cell_comes_back_from_dataset_json(shaped: Shaped, tmp_path: Path) -> None:
    name_files(shaped, ".json", tmp_path / "sdtm.yaml").require_read_back("json")


def test_what_cannot_be_carried_is_counted(shaped: Shaped) -> None:
    assert shaped.lost == {("dm", ""), ("mrs", "")}


@BELONGS_TO_NOTHING
def test_a_value_that_belongs_to_nothing_else_is_queried(
    shaped: Shaped, tmp_path: Path, data_set: str, column: str, table: str
) -> None:
    folder = spoil(shaped, tmp_path / "json", data_set, column)
    reader = name_files(shaped, ".json", tmp_path / "sdtm.yaml").reader
    export, fatal = read_export(folder, reader.mapping, reader.layout)
    assert fatal == []
    found = [q for q in export.queries if q.table == table and q.rule in LEFT_OUT]
    assert any("99-999" in query.key or column == "IDVARVAL" for query in found)


@pytest.fixture(scope="module")
def by_keys(shaped: Shaped, tmp_path_factory: pytest.TempPathFactory) -> Shaped:
    path = tmp_path_factory.mktemp("by_keys") / "sdtm.yaml"
    return name_files(shaped, ".json", path, BY_KEYS)


def not_taken(by_keys: Shaped, folder: Path) -> list[Query]:
    """What is said of rows that keys of the mapping leave out."""
    reader = by_keys.reader
    queries = read_export(folder, reader.mapping, reader.layout)[0].queries
    return [query for query in queries if query.rule is Rule.NOT_TAKEN]


def test_keys_leave_out_nothing_of_whole_data_sets(by_keys: Shaped) -> None:
    tables = {query.table for query in not_taken(by_keys, by_keys.folder / "json")}
    assert not tables & {"bl", "evt", "ex"}


@BELONGS_TO_NOTHING
def test_where_keys_make_the_tables_it_is_counted(
    by_keys: Shaped, tmp_path: Path, data_set: str, column: str, table: str
) -> None:
    spoilt = spoil(by_keys, tmp_path / "json", data_set, column)
    (query,) = [query for query in not_taken(by_keys, spoilt) if query.table == table]
    assert (query.severity, query.file) == (Severity.WARNING, f"{data_set}.json")
    assert ": 1 of " in query.message


def spoil(shaped: Shaped, folder: Path, data_set: str, column: str) -> Path:
    """A copy of the data sets in which one value of one of them is of a key that no other has."""
    shutil.copytree(shaped.folder / "json", folder)
    content = json.loads((folder / f"{data_set}.json").read_text(encoding="utf-8"))
    at = [each["name"] for each in content["columns"]].index(column)
    row = -1 if data_set == "vs" else 0  # the last one of vs is a blood pressure
    content["rows"][row][at] = "IMPACT-LVO-99-999"
    (folder / f"{data_set}.json").write_text(json.dumps(content), encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("data_set", "column"), [("su", "SUTRT"), ("mh", "MHTERM"), ("pr", "PRTRT"), ("suppex", "QNAM")]
)
def test_a_term_that_is_not_known_is_named(
    shaped: Shaped, tmp_path: Path, data_set: str, column: str
) -> None:
    """A condition of a query would leave its row out without a word."""
    folder = spoil(shaped, tmp_path / "json", data_set, column)
    reader = name_files(shaped, ".json", tmp_path / "sdtm.yaml").reader
    export, fatal = read_export(folder, reader.mapping, reader.layout)
    assert fatal == []
    noted = {q.column for q in export.queries if q.rule is Rule.EXTRA_COLUMN}
    assert "IMPACT-LVO-99-999" in noted
