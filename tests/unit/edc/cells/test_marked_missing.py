"""Cells that a file itself marks as missing: missing with a note, or what the mapping says."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis.config.mapping import TableMapping
from analysis.edc.cells.marked_missing import empty_codes, query_codes
from analysis.edc.queries import Rule
from analysis.edc.sources.labelled_table import LabelledTable

CELLS = pd.Series(["8", ".A", "-99", ".A", ""], dtype=str)
SOURCE = LabelledTable(
    pd.DataFrame({"asp": CELLS}), missing_codes={"asp": frozenset({".A", "-99"})}
)


@pytest.mark.parametrize(
    ("values", "left"),
    [
        ({}, ["8", "", "", "", ""]),
        ({"ASPECTS": {"-99": "0"}}, ["8", "", "-99", "", ""]),
        ({"OCCLOC": {"-99": "0"}}, ["8", "", "", "", ""]),
    ],
)
def test_codes_are_missing_unless_the_mapping_means_something(
    values: dict[str, dict[str, str]], left: list[str]
) -> None:
    spec = TableMapping(values=values)
    assert empty_codes(SOURCE, "asp", "ASPECTS", CELLS, spec).tolist() == left


def test_one_note_a_column_counts_each_code() -> None:
    (query,) = query_codes(SOURCE, {"ASPECTS": "asp"}, "bl")
    assert (query.rule, query.column, query.table) == (Rule.MISSING_CODE, "ASPECTS", "bl")
    assert query.message == "the file marks cells as missing: -99 1, .A 2"


def test_a_file_without_codes_is_left_as_it_is() -> None:
    plain = LabelledTable(pd.DataFrame({"asp": CELLS}))
    assert empty_codes(plain, "asp", "ASPECTS", CELLS, TableMapping()) is CELLS
    assert query_codes(plain, {"ASPECTS": "asp"}, "bl") == []
