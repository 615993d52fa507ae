"""What the mapping makes of cells: texts, identifiers, numbers of another unit."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.config.cells import Insertion, Spelling
from analysis.config.mapping import TableMapping
from analysis.edc.door.mapped import count_mapped, fill_numbers, map_cells, multiply, respell

if TYPE_CHECKING:
    from conftest import MakeMapping


@pytest.mark.parametrize(
    ("text", "keys", "expected"),
    [
        ("IMPACT-01-001", {"remove_prefix": "IMPACT-"}, "01-001"),
        ("01-001", {"remove_prefix": "IMPACT-"}, "01-001"),
        ("01-001", {"add_prefix": "IMPACT-"}, "IMPACT-01-001"),
        ("IMPACT-01-001", {"add_prefix": "IMPACT-"}, "IMPACT-01-001"),
        ("01-001_A", {"remove_suffix": "_A"}, "01-001"),
        ("01-001", {"add_suffix": "_A"}, "01-001_A"),
        ("1-1", {"zero_fill": (2, 3)}, "01-001"),
        ("001-0001", {"zero_fill": (2, 3)}, "01-001"),
        ("0-0", {"zero_fill": (2, 3)}, "00-000"),
        ("111-1111", {"zero_fill": (2, 3)}, "111-1111"),
        ("7", {"zero_fill": (2, 3)}, "7"),
        ("ab 01", {"case": "upper", "replace": {" ": "-"}}, "AB-01"),
        ("1001", {"zero_fill": (5,), "insert": Insertion(after=2, text="-")}, "01-001"),
        ("01-001", {"insert": Insertion(after=2, text="-")}, "01-001"),
        ("", {"add_prefix": "X", "zero_fill": (3,)}, ""),
    ],
)
def test_an_identifier_is_respelt(text: str, keys: dict[str, object], expected: str) -> None:
    assert respell(text, Spelling.model_validate(keys)) == expected


@given(st.from_regex(r"[0-9]{1,3}-[0-9]{1,4}", fullmatch=True))
def test_filling_twice_is_filling_once(text: str) -> None:
    once = fill_numbers(text, (3, 4))
    assert fill_numbers(once, (3, 4)) == once
    assert [int(part) for part in once.split("-")] == [int(part) for part in text.split("-")]


@pytest.mark.parametrize(
    ("text", "factor", "expected"),
    [("126", 0.0555, "6.993"), ("132", 0.5, "66"), ("", 2.0, ""), ("n.d.", 2.0, "n.d."),
     ("0.1", 3.0, "0.3"), ("-2", 2.0, "-4")],
)  # fmt: skip
def test_a_number_is_multiplied_and_a_text_stays(text: str, factor: float, expected: str) -> None:
    assert multiply(text, factor) == expected


def test_values_then_identifiers_then_factors(make_mapping: MakeMapping) -> None:
    mapping = make_mapping(missing_values=["-95"])
    spec = TableMapping(
        values={"SUBJID": {"?": ""}},
        identifiers={"SUBJID": Spelling(case="upper")},
        factors={"WEIGHT": 0.5},
    )
    texts = pd.Series(["s1", "?", "-95"], dtype=str)
    mapped = map_cells(texts, "SUBJID", spec, mapping)
    assert mapped.tolist() == ["S1", "", ""]
    assert count_mapped(texts, mapped) == 3
    weights = map_cells(pd.Series(["132", "-95"], dtype=str), "WEIGHT", spec, mapping)
    assert weights.tolist() == ["66", ""]
