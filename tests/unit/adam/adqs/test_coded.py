"""Records with their texts as codes are the records that they were, in the order that they had."""

from __future__ import annotations

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from analysis.adam.adqs.coded import code_texts, join_coded

CELLS = st.sampled_from(["D90", "D30", "h24", "\u751f", None])
ROWS = st.lists(st.tuples(st.sampled_from(["S1", "S2"]), CELLS, st.integers(0, 3)), max_size=8)
TYPES = {"SUBJID": "str", "AVISIT": "str", "AVAL": "Int64"}


def _frame(rows: list[tuple[str, str | None, int]]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=list(TYPES)).astype(TYPES)


@given(ROWS, ROWS)
def test_joined_and_sorted_they_are_what_texts_would_be(
    first: list[tuple[str, str | None, int]], second: list[tuple[str, str | None, int]]
) -> None:
    parts = [_frame(first), _frame(second)]
    coded = join_coded([code_texts(part) for part in parts])
    order = {"by": ["SUBJID", "AVISIT", "AVAL"], "kind": "stable", "na_position": "first"}
    expected = pd.concat(parts, ignore_index=True).sort_values(**order)
    pd.testing.assert_frame_equal(coded.sort_values(**order).astype(TYPES), expected)


def test_an_identifier_stays_a_text() -> None:
    coded = code_texts(_frame([("S1", "D90", 1)]))
    assert [str(dtype) for dtype in coded.dtypes] == ["str", "category", "Int64"]
