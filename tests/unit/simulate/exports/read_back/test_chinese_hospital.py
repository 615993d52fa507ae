"""A workbook and CSV files in Chinese come back as the tables of the layout."""

from __future__ import annotations

import pytest

from tests.unit.simulate.exports.read_back.conftest import MakeShape, Shaped


@pytest.fixture(scope="module")
def shaped(make_shape: MakeShape) -> Shaped:
    return make_shape("chinese_hospital")


@pytest.mark.parametrize("part", ["xlsx", "csv"])
def test_every_cell_comes_back(shaped: Shaped, part: str) -> None:
    shaped.require_read_back(part)


def test_what_cannot_be_carried_is_counted(shaped: Shaped) -> None:
    assert shaped.lost == {("dm", "SEX"), ("bl", "HTN"), ("ae", "AESEV")}
