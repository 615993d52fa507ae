"""Cells that a spreadsheet would compute."""

from __future__ import annotations

import pytest
from hypothesis import given

from analysis.io.formula_cells import escape_formula, is_formula, unescape_formula
from tests.unit.io.any_text import ANY_TEXT, FORMULAS, NUMBERS


@pytest.mark.parametrize("text", FORMULAS)
def test_a_formula_is_written_as_text(text: str) -> None:
    assert escape_formula(text) == f"'{text}"
    assert unescape_formula(escape_formula(text)) == text


@pytest.mark.parametrize("text", NUMBERS)
def test_numbers_and_words_stay(text: str) -> None:
    assert escape_formula(text) == text
    assert unescape_formula(text) == text


@given(ANY_TEXT)
def test_any_text_comes_back(text: str) -> None:
    assert unescape_formula(escape_formula(text)) == text


@given(ANY_TEXT)
def test_no_cell_begins_as_a_formula(text: str) -> None:
    for mark in "=+-@＝＋－＠\t\r":
        cell = escape_formula(mark + text)
        assert cell[0] == "'" or (mark == "-" and not is_formula(mark + text))


@given(ANY_TEXT)
def test_two_texts_are_never_one_cell(text: str) -> None:
    assert escape_formula(f"'{text}") != escape_formula(text)
