"""Groups of tick boxes as one column of codes."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis.edc.cells.checkboxes import join_ticks, name_ticks

CODES = {"at___1": "ASA", "at___2": "CLOPIDOGREL"}
MISSING = {"-98": "not done"}


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (("1", "0"), "ASA"), (("0", "1"), "CLOPIDOGREL"), (("0", ""), ""), (("", ""), ""),
        (("Checked", "Unchecked"), "ASA"), (("x", "是"), "ASA; CLOPIDOGREL"),
        (("1", "?"), "ASA; at___2=?"), (("2", "0"), "at___1=2"), (("-98", "1"), "CLOPIDOGREL"),
        (("－９８", "0"), ""),
    ],
)  # fmt: skip
def test_ticks_are_codes_in_the_order_declared(cells: tuple[str, str], expected: str) -> None:
    assert name_ticks(cells, CODES, MISSING) == expected
    boxes = {name: pd.Series([cell, ""]) for name, cell in zip(CODES, cells, strict=True)}
    assert join_ticks(boxes, CODES, MISSING).tolist() == [expected, ""]
    backwards = dict(reversed(boxes.items()))
    assert join_ticks(backwards, CODES, MISSING).tolist() == [expected, ""]


def test_rows_keep_their_index() -> None:
    boxes = {name: pd.Series(["1", "0"], index=[7, 3]) for name in CODES}
    assert join_ticks(boxes, CODES, {}).to_dict() == {7: "ASA; CLOPIDOGREL", 3: ""}
