"""A carrier restores what the mapping will read, and counts what differs."""

from __future__ import annotations

import pandas as pd

from analysis.simulate.exports.cells.carrier import LOOKS_LIKE, NO_CELL, Carrier, Loss
from analysis.simulate.exports.cells.codec import write_codes, write_unit
from analysis.simulate.exports.cells.rows import keep_first
from analysis.simulate.exports.cells.ticks import encode_ticks


def carry(**columns: list[str]) -> Carrier:
    return Carrier.of({"dm": pd.DataFrame(columns, dtype=object)})


def test_a_text_that_looks_like_a_code_is_counted() -> None:
    carrier = carry(SEX=["M", "1", "F", "男"])
    written = carrier.encode("dm", "SEX", write_codes({"M": "1", "F": "2"}))
    assert list(written) == ["1", "1", "2", "男"]
    assert list(carrier.tables["dm"]["SEX"]) == ["M", "M", "F", "男"]
    assert carrier.losses == [Loss("dm", "SEX", 1, LOOKS_LIKE)]


def test_a_text_that_is_a_missing_code_is_counted() -> None:
    carrier = carry(AGE=["66", "-99", ""])
    written = carrier.encode("dm", "AGE", write_codes({}), missing=("-98", "-99"))
    assert list(written) == ["66", "-99", "-98"]  # the third row has the third code in turn
    assert list(carrier.tables["dm"]["AGE"]) == ["66", "", ""]


def test_another_unit_keeps_the_digits_of_the_layout() -> None:
    weights = [f"{tenths / 10:.1f}" for tenths in range(300, 2000)]
    carrier = carry(WEIGHT=[*weights, "65kg", ""])
    written = carrier.encode("dm", "WEIGHT", write_unit(0.45359237, 1, 1))
    assert written[328] == "138.5"  # of 62.8 kg, 138.45 lb
    assert carrier.losses == []


def test_boxes_carry_codes_alone() -> None:
    carrier = carry(IVT=["Y", "N", "", "?"])
    boxes = encode_ticks(carrier, "dm", "IVT", {"Y": "box"})
    assert list(boxes["box"]) == ["1", "0", "0", "0"]
    assert list(carrier.tables["dm"]["IVT"]) == ["Y", "N", "N", "N"]
    assert carrier.losses == [Loss("dm", "IVT", 2, NO_CELL)]


def test_a_second_row_is_left_out_and_its_cells_counted() -> None:
    carrier = carry(SUBJID=["S1", "S1", "S2"], AGE=["66", "", "70"])
    keep_first(carrier, "dm", ["SUBJID"])
    assert carrier.tables["dm"].to_numpy().tolist() == [["S1", "66"], ["S2", "70"]]
    assert [loss.cells for loss in carrier.losses] == [1]
