"""Identifiers as the mapping spells them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.config.cells import Insertion, Piece, Spelling
from analysis.edc.cells.identifiers import fill_numbers, respell


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
        ("1-S0033", {"zero_fill": (2, 3), "keep_zeros": True}, "01-S0033"),
        ("1-07", {"zero_fill": (2, 3), "keep_zeros": True}, "01-007"),
        ("NCT07-SS-12", {"piece": Piece(at="-", number=2)}, "SS"),
        (
            "a.b-7-c",
            {"remove_prefix": "a.", "piece": Piece(at="-", number=2), "zero_fill": (2,)},
            "07",
        ),
        ("b", {"piece": Piece(at="-", number=2)}, "b"),
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
