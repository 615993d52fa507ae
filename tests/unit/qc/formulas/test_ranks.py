"""Scores of the treated over all arrangements: every one of them counted; midranks by hand."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pandas as pd
import pytest

from analysis.qc.formulas.ranks import arrange, can_differ, score_ranks

EXACT = 1e-12
"""Relative: sums of a few fractions."""


def test_the_moments_are_those_of_all_arrangements() -> None:
    scores = np.array([0.1, 0.4, -0.3, 1.0, 0.2, 0.7, -0.5])
    treated = np.array([True, False, False, True, True, False, False])
    strata = pd.Series([*"aaab", *"bbb"])
    sums = [
        scores[list(first)].sum() + scores[[3 + place for place in second]].sum()
        for first in combinations(range(3), 1)
        for second in combinations(range(4), 2)
    ]
    found = arrange(scores, treated, strata)
    assert found.excess == pytest.approx(scores[treated].sum() - np.mean(sums), rel=EXACT)
    assert found.variance == pytest.approx(np.var(sums), rel=EXACT)
    assert (found.given, found.alone, found.alone_rows) == (2, 0, 0)
    assert (found.rows, found.smaller_arms) == (7, 3)


def test_strata_of_one_arm_move_nothing_and_are_counted() -> None:
    scores, treated = (
        np.array([0.0, 1.0, 5.0, 7.0, 9.0]),
        np.array([True, False, True, True, False]),
    )
    found = arrange(scores, treated, pd.Series([*"aabbc"]))
    assert (found.given, found.alone, found.alone_rows, found.rows) == (3, 2, 3, 2)
    assert found.z == pytest.approx(-1.0, rel=EXACT)


def test_midranks_over_one_more_than_the_stratum_holds() -> None:
    scores = score_ranks(np.array([3, 0, 3, 5, 1]), pd.Series([*"aaabb"]))
    assert scores == pytest.approx([2.5 / 4, 1 / 4, 2.5 / 4, 2 / 3, 1 / 3], rel=EXACT)


@pytest.mark.parametrize(
    ("levels", "strata", "differs"),
    [([1, 1, 2, 2], "aabb", False), ([1, 2, 1, 2], "aabb", True), ([1, 2, 1, 2], "abcb", False)],
)
def test_a_stratum_needs_both_arms_and_two_values(
    levels: list[int], strata: str, differs: bool
) -> None:
    treated = np.array([True, False, True, True])
    assert can_differ(np.array(levels), treated, pd.Series([*strata])) is differs
