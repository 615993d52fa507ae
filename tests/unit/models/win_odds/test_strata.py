"""Strata: which labels are read, which strata are pooled or left out."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest

from analysis.errors import EstimationError
from analysis.models.win_odds.strata import StrataUse, pool_strata, read_strata

BIG = 2**80  # beyond any integer type of numpy

LABELS: dict[str, Any] = {
    "list of text": ["b", "a", "b"],
    "array of text": np.array(["b", "a", "b"]),
    "numpy strings": np.array(["b", "a", "b"], dtype=np.dtypes.StringDType()),
    "text in a column": pd.Series(["b", "a", "b"]),
    "categories": pd.Series(["b", "a", "b"], dtype="category"),
    "integers": np.array([20, 3, 20]),
    "list of integers": [20, 3, 20],
    "integers of any size": [BIG, 3, BIG],
    "negative": [-1.5, -2.0, -1.5],
    "nullable integers": pd.Series([20, 3, 20], dtype="Int64"),
    "booleans": np.array([True, False, True]),
}


@pytest.mark.parametrize("name", LABELS)
def test_labels_are_numbered_in_their_order(name: str) -> None:
    assert read_strata(LABELS[name], 3).tolist() == [1, 0, 1]


BAD: dict[str, tuple[Any, str]] = {
    "too few": (["a", "b"], "3 labels, one for each row"),
    "a table": (np.ones((3, 2)), "3 labels, one for each row"),
    "one label": ("abc", "3 labels, one for each row"),
    "NaN": ([1.0, 2.0, np.nan], "in row 2"),
    "infinity": (np.array([1.0, np.inf, 2.0]), "in row 1"),
    "NaN in text": (["a", float("nan"), "b"], "in row 1"),
    "NaN in an array": (np.array(["a", np.nan, "b"], dtype=object), "in row 1"),
    "NaN in a column": (pd.Series(["a", None, "b"]), "in row 1"),
    "nullable integers": (pd.Series([1, None, 2], dtype="Int64"), "in row 1"),
    "None": ([None, None, "a"], "in row 0, 1"),
    "blank": (["a", " ", "b"], "in row 1"),
    "masked": (np.ma.masked_array([1, 2, 3], [False, True, False]), "in row 1"),
    "two kinds": (["a", 1, "b"], "in row 1"),
    "days": (np.array(["2020-01-01"] * 3, dtype="datetime64[D]"), "text or numbers"),
    "complex": (np.array([1j, 2, 3]), "text or numbers"),
    "bytes": (np.array([b"a", b"b", b"c"]), "text or numbers"),
    "nested": ([[1], [1, 2], [3]], "in row 0, 1, 2"),
}


@pytest.mark.parametrize("name", BAD)
def test_labels_refused(name: str) -> None:
    labels, reason = BAD[name]
    with pytest.raises(EstimationError, match=reason):
        read_strata(labels, 3)


def test_five_rows_are_named_at_most() -> None:
    with pytest.raises(EstimationError, match=r"in row 0, 1, 2, 3, 4, \.\.\.$"):
        read_strata([None] * 9, 9)


def make_strata(*sizes: tuple[int, int]) -> tuple[Any, Any]:
    """Codes and treated rows of strata with the numbers of treated and reference rows given."""
    codes = np.concatenate([np.full(sum(size), i) for i, size in enumerate(sizes)])
    treated = np.concatenate([np.repeat([True, False], size) for size in sizes])
    return codes, treated


def test_strata_with_enough_rows_stay() -> None:
    pooled = pool_strata(*make_strata((4, 4), (5, 4)), 4)
    assert pooled.codes.tolist() == [0] * 8 + [1] * 9
    assert pooled.use == StrataUse(
        given=2, analysed=2, pooled=0, pooled_rows=0, left_out=0, left_out_rows=0
    )


def test_small_strata_become_the_last() -> None:
    pooled = pool_strata(*make_strata((3, 9), (4, 4), (1, 0)), 4)
    assert pooled.codes.tolist() == [1] * 12 + [0] * 8 + [1]
    assert pooled.use == StrataUse(
        given=3, analysed=2, pooled=2, pooled_rows=13, left_out=0, left_out_rows=0
    )


def test_small_strata_with_one_row_in_an_arm_are_left_out() -> None:
    pooled = pool_strata(*make_strata((0, 3), (4, 4), (1, 2)), 4)
    assert pooled.codes.tolist() == [-1] * 3 + [0] * 8 + [-1] * 3
    assert pooled.use == StrataUse(
        given=3, analysed=1, pooled=0, pooled_rows=0, left_out=2, left_out_rows=6
    )


def test_the_threshold_is_a_parameter() -> None:
    strata = make_strata((2, 2), (3, 3))
    assert [pool_strata(*strata, fewest).use.pooled for fewest in (2, 3, 4)] == [0, 1, 2]


def test_nothing_left_is_refused() -> None:
    with pytest.raises(EstimationError, match="no stratum has 4 rows in each arm"):
        pool_strata(*make_strata((1, 3), (0, 5)), 4)


@pytest.mark.parametrize("fewest", [1, 0, -3, 4.0, True, "4", None])
def test_thresholds_refused(fewest: Any) -> None:
    with pytest.raises(EstimationError, match="whole number of at least 2"):
        pool_strata(*make_strata((4, 4)), fewest)
