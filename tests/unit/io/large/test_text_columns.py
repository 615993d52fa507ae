"""Columns of text by Arrow are as pandas has them."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.io.large.text_columns import find_first, is_among

TEXTS = pd.Series(["S1", None, "", "S2", "S1"], index=[4, 3, 2, 1, 0], dtype="str")


@pytest.mark.parametrize("known", [set(), {"S1"}, {"", "S9"}, ["S2", "S2"]])
def test_known_texts_are_those_of_pandas(known: set[str]) -> None:
    pd.testing.assert_series_equal(is_among(TEXTS, known), TEXTS.isin(known), check_names=False)


def test_a_missing_text_is_never_known() -> None:
    assert is_among(TEXTS, TEXTS).tolist() == [True, False, True, True, True]


def as_texts(texts: list[str | None]) -> pd.Series:
    return pd.Series(texts, dtype="str")


@given(st.lists(st.sampled_from("ABCDE")), st.lists(st.sampled_from("ABCDEF")))
def test_the_first_of_several_is_found(known: list[str], wanted: list[str]) -> None:
    expected = [known.index(text) if text in known else -1 for text in wanted]
    assert find_first(as_texts(wanted), as_texts(known)).tolist() == expected


def test_a_missing_text_is_nowhere() -> None:
    assert find_first(as_texts([None]), as_texts([None, "S1"])).tolist() == [-1]
