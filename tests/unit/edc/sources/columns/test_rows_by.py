"""A source with one value a row is read with one column an item, and what stands beside it."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis.config.shapes import RowsBy
from analysis.edc.sources.columns.rows_by import widen
from analysis.edc.sources.labelled_table import LabelledTable
from analysis.errors import DataError

HEADER = ["id", "test", "result", "Unit", "day"]
LABS = [
    ["S1", "GLUC", "97", "mg/dL", "3"], ["S1", "CREA", "88", "umol/L", ""],
    ["S2", "CREA", "1.0", "mg/dL", "4"], ["S2", "GLUC", "", "", "5"],
]  # fmt: skip


def read(rows: list[list[str]], *beside: str) -> pd.DataFrame:
    table = LabelledTable(pd.DataFrame(rows, columns=HEADER, dtype=str))
    spec = RowsBy(key=("id",), item="test", value="result", beside=beside)
    return widen(table, spec, "labs.csv").texts


def test_each_item_has_its_unit_beside_it() -> None:
    found = read(LABS, "unit", "DAY")
    assert list(found.columns) == [
        "id", "GLUC", "CREA", "GLUC.Unit", "CREA.Unit", "GLUC.day", "CREA.day",
    ]  # fmt: skip
    assert found.to_numpy().tolist() == [
        ["S1", "97", "88", "mg/dL", "umol/L", "3", ""], ["S2", "", "1.0", "", "mg/dL", "5", "4"],
    ]  # fmt: skip
    assert found.index.tolist() == [0, 2]


def test_each_cell_knows_its_row_and_an_item_without_a_text_where_it_is_named() -> None:
    table = LabelledTable(pd.DataFrame([*LABS, LABS[0]], columns=HEADER, dtype=str))
    spec = RowsBy(key=("id",), item="test", value="result", beside=("unit",))
    found = widen(table, spec, "labs.csv").cell_places
    assert {name: places["row"].tolist() for name, places in found.items()} == {
        "GLUC": [1, 4], "CREA": [2, 3], "GLUC.Unit": [1, 4], "CREA.Unit": [2, 3],
    }  # fmt: skip
    assert set(found["GLUC"]["file"]) == {"labs.csv"}


def test_an_item_that_a_row_lacks_stands_nowhere() -> None:
    table = LabelledTable(pd.DataFrame(LABS[1:], columns=HEADER, dtype=str, index=[1, 2, 5]))
    found = widen(table, RowsBy(key=("id",), item="test", value="result"), "labs.csv").cell_places
    assert found["GLUC"]["row"].tolist() == [0, 6]


def test_rows_that_say_the_same_again_are_named() -> None:
    """Also what stands beside the value counts; a row without a value says nothing."""
    rows = [*LABS, LABS[1], ["S1", "CREA", "88", "umol/L", "9"], LABS[3], LABS[0]]
    table = LabelledTable(pd.DataFrame(rows, columns=HEADER, dtype=str))
    spec = RowsBy(key=("id",), item="test", value="result")
    assert widen(table, spec, "labs.csv").repeated == (5, 6, 8)
    with_units = spec.model_copy(update={"beside": ("unit",)})
    assert widen(table, with_units, "labs.csv").repeated == (5, 6, 8)
    assert widen(LabelledTable(table.texts.iloc[:4]), spec, "labs.csv").repeated == ()


def test_without_it_nothing_changes() -> None:
    assert list(read(LABS).columns) == ["id", "GLUC", "CREA"]


@pytest.mark.parametrize(
    ("row", "message"),
    [
        (["S1", "GLUC", "97", "mmol/L", ""], "1 times two different values"),
        (["S1", "", "", "mg/dL", ""], "1 values have no item"),
        (["S1", "GLUC.UNIT", "x", "", ""], r"several columns called GLUC\.UNIT"),
        (["S1", "gluc", "9", "", ""], r"several columns called GLUC, GLUC\.UNIT"),
    ],
)
def test_what_cannot_be_read_so_is_said(row: list[str], message: str) -> None:
    with pytest.raises(DataError, match=message):
        read([*LABS, row], "Unit")


def test_a_column_that_is_not_there() -> None:
    with pytest.raises(DataError, match="no column flag, which rows_by names"):
        read(LABS, "flag")
