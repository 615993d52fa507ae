"""SDTM data sets come back as the tables of the layout."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from analysis.config import load_mapping
from analysis.edc.queries import Rule
from analysis.edc.reading.export import read_export
from tests.unit.simulate.exports.read_back.conftest import MakeShape, Shaped
from tests.unit.simulate.exports.read_back.reading import MAPPINGS

LEFT_OUT = (Rule.UNKNOWN_SUBJECT, Rule.MISSING_KEY)


@pytest.fixture(scope="module")
def shaped(make_shape: MakeShape) -> Shaped:
    return make_shape("sdtm")


def name_files(shaped: Shaped, ending: str, path: Path) -> Shaped:
    """The same mapping with files of another ending."""
    text = (MAPPINGS / "sdtm.yaml").read_text(encoding="utf-8")
    path.write_text(text.replace(".xpt", ending), encoding="utf-8")
    return replace(shaped, reader=replace(shaped.reader, mapping=load_mapping(path)))


def test_every_cell_comes_back_from_transport_files(shaped: Shaped) -> None:
    shaped.require_read_back("xpt")


def test_every_cell_comes_back_from_dataset_json(shaped: Shaped, tmp_path: Path) -> None:
    name_files(shaped, ".json", tmp_path / "sdtm.yaml").require_read_back("json")


def test_what_cannot_be_carried_is_counted(shaped: Shaped) -> None:
    assert shaped.lost == {("dm", ""), ("mrs", "")}


@pytest.mark.parametrize(
    ("data_set", "column", "table"),
    [("vs", "USUBJID", "bl"), ("qsmr", "USUBJID", "bl"), ("cm", "USUBJID", "bl"),
     ("supppr", "USUBJID", "evt"), ("suppex", "USUBJID", "ex"), ("suppex", "IDVARVAL", "ex")],
)  # fmt: skip
def test_a_value_that_belongs_to_nothing_else_is_queried(
    shaped: Shaped, tmp_path: Path, data_set: str, column: str, table: str
) -> None:
    folder = shutil.copytree(shaped.folder / "json", tmp_path / "json")
    content = json.loads((folder / f"{data_set}.json").read_text(encoding="utf-8"))
    at = [each["name"] for each in content["columns"]].index(column)
    row = -1 if data_set == "vs" else 0  # the last one of vs is a blood pressure
    content["rows"][row][at] = "IMPACT-LVO-99-999"
    (folder / f"{data_set}.json").write_text(json.dumps(content), encoding="utf-8")
    reader = name_files(shaped, ".json", tmp_path / "sdtm.yaml").reader
    export, fatal = read_export(folder, reader.mapping, reader.layout)
    assert fatal == []
    found = [q for q in export.queries if q.table == table and q.rule in LEFT_OUT]
    assert any("99-999" in query.key or column == "IDVARVAL" for query in found)
