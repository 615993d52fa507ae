"""SDTM data sets come back as the tables of the layout."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from analysis.config import load_mapping
from tests.unit.simulate.exports.read_back.conftest import MakeShape, Shaped
from tests.unit.simulate.exports.read_back.reading import MAPPINGS


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
