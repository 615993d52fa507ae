"""Cells by their distinct texts: what is made of the texts is what is made of every row."""

from __future__ import annotations

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from analysis.edc.allocation.pattern.cells import Cells, may_match

TEXTS = st.lists(st.sampled_from(["", "a", "b", "B", "-99", "c d"]), max_size=30)


def _read(cells: Cells) -> list[str]:
    """The text of each row."""
    return ["" if code < 0 else str(cells.texts.iloc[code]) for code in cells.codes]


@given(TEXTS)
def test_every_row_has_its_text_and_every_text_its_count(texts: list[str]) -> None:
    column = pd.Series(texts, dtype="str")
    cells = Cells.of(column)
    assert _read(cells) == texts
    assert dict(zip(cells.texts, cells.counts, strict=True)) == column.value_counts().to_dict()
    assert cells.filled.tolist() == [text != "" for text in texts]


@given(TEXTS)
def test_texts_that_are_renamed_to_one_are_one(texts: list[str]) -> None:
    names = {"-99": "", "B": "b"}
    cells = Cells.of(pd.Series(texts, dtype="str")).rename(names)
    assert _read(cells) == [names.get(text, text) for text in texts]
    assert cells.texts.is_unique


@given(TEXTS)
def test_without_blank_codes_are_those_of_pandas_for_missing_cells(texts: list[str]) -> None:
    column = pd.Series(texts, dtype="str")
    codes, distinct = pd.factorize(column.where(column != ""))
    cells = Cells.of(column).without_blank()
    assert cells.codes.tolist() == codes.tolist()
    assert cells.texts.tolist() == list(distinct)


def test_what_is_more_than_printable_ascii_may_match_anything() -> None:
    texts = pd.Series(["xay", "xby", "x\u00e9y", "x\ty"], dtype="str")
    assert may_match(texts, "A").tolist() == [True, False, True, True]
    assert may_match(texts, "").tolist() == [False, False, True, True]
