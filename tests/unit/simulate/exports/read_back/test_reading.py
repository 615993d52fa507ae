"""The comparison sees one cell that differs, one row too many, and a wrong code in a mapping."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from analysis.edc.layout import Layout
from tests.unit.simulate.exports.read_back.conftest import MakeShape, Shaped
from tests.unit.simulate.exports.read_back.reading import Reader, Tables


@pytest.fixture(scope="module")
def shaped(make_shape: MakeShape) -> Shaped:
    return make_shape("viedoc")


def change(tables: Tables, column: str, text: str) -> Tables:
    """The tables with another text in the first row of bl."""
    changed = tables["bl"].copy()
    changed.loc[changed.index[0], column] = text
    return {**tables, "bl": changed}


@pytest.mark.parametrize(("column", "text"), [("AFIB", "?"), ("NIHSSBL", "41"), ("LKWDTC", "")])
def test_one_cell_that_differs_is_seen(shaped: Shaped, column: str, text: str) -> None:
    expected = change(shaped.carrier.tables, column, text)
    assert len(shaped.reader.compare_texts(shaped.folder, expected)) == 2  # the row, and the other


def test_one_row_too_many_is_seen(shaped: Shaped) -> None:
    tables = shaped.carrier.tables
    longer = {**tables, "cm": pd.concat([tables["cm"], tables["cm"].tail(1)])}
    assert len(shaped.reader.compare_texts(shaped.folder, longer)) == 1


def test_a_wrong_code_in_the_mapping_is_seen(
    shaped: Shaped, layout: Layout, tmp_path: Path
) -> None:
    mapping = shaped.reader.mapping.model_copy(deep=True)
    mapping.tables["dm"].values["SEX"].update({"Male": "F", "Female": "M"})
    differing = Reader(mapping, layout, tmp_path).compare_texts(
        shaped.folder, shaped.carrier.tables
    )
    assert any(line.startswith("dm: ") for line in differing)
