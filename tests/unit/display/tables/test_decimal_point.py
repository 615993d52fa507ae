"""Decimal points of a column stand below each other, by the widths of the letters."""

from __future__ import annotations

import pytest

from analysis.display.tables.table import is_number, measure_gaps, split_number

WIDTHS = {" ": 0.278, "(": 0.333, ")": 0.333, ".": 0.278, "%": 0.889, "digit": 0.556}
"""Of the size of the letters: Adobe's metrics of Helvetica."""


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("1.36 (1.09 to 1.70)", ("1", ".36 (1.09 to 1.70)")),
        ("65 (12.4%)", ("65", " (12.4%)")),
        ("<0.001", ("<0", ".001")),
        ("-7.0", ("-7", ".0")),
        ("5e-05", ("5", "e-05")),
        ("12", ("12", "")),
        ("not estimable", None),
        ("2b50", None),
        ("", None),
    ],
)
def test_a_number_is_parted_at_its_point(text: str, parts: tuple[str, str] | None) -> None:
    assert split_number(text) == parts


def test_the_gap_is_what_the_longest_tail_has_more() -> None:
    gaps = measure_gaps(["1.5", "12", "7 (5.1%)", "not estimable", "12"])
    tail = sum(WIDTHS[sign] for sign in " (.)%") + 2 * WIDTHS["digit"]
    short = WIDTHS["."] + WIDTHS["digit"]
    assert gaps.keys() == {"1.5", "12"}
    assert float(gaps["12"]) == pytest.approx(tail, abs=0.005)
    assert float(gaps["1.5"]) == pytest.approx(tail - short, abs=0.005)


def test_alike_numbers_and_words_need_none() -> None:
    assert measure_gaps(["1.5", "2.7", "word"]) == {}
    assert measure_gaps([]) == {}


def test_what_is_one_number() -> None:
    assert [is_number(text) for text in ("1.5", "<0.001", "-3", "3 (1)", "x")] == [
        True, True, True, False, False,
    ]  # fmt: skip
