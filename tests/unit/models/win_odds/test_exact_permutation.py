"""The exact permutation distribution against a list of all divisions into arms."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from analysis.models.win_odds import permutation as exact_permutation
from analysis.models.win_odds.level_counts import LevelCounts
from analysis.models.win_odds.permutation import permute_exactly

SHARE = 1e-12  # a share of whole numbers, summed in another order
ROUNDING = 1e-9  # distances of the listed divisions that differ by rounding alone

Table = NDArray[np.float64]


def list_sums(treated: Table, reference: Table) -> Table:
    """Wins / n less their mean for every division of one stratum's rows, one after the other."""
    rows = np.repeat(np.arange(len(treated)), (treated + reference).astype(int))
    n, n1 = len(rows), int(treated.sum())
    sums = []
    for chosen in combinations(range(n), n1):
        inside = np.isin(np.arange(n), chosen)
        gaps = rows[~inside][None, :] - rows[inside][:, None]
        sums.append((np.sum(gaps > 0) + np.sum(gaps == 0) / 2 - gaps.size / 2) / n)
    return np.array(sums)


def list_p_value(counts: LevelCounts) -> float:
    sums = np.zeros(1)
    for treated, reference in zip(counts.treated, counts.reference, strict=True):
        sums = np.add.outer(sums, list_sums(treated, reference)).ravel()
    wins = counts.count_wins() - counts.treated_n * counts.reference_n / 2
    observed = np.sum(wins / (counts.treated_n + counts.reference_n))
    return float(np.mean(np.abs(sums) >= abs(observed) - ROUNDING))


@st.composite
def stratum(draw: st.DrawFn) -> tuple[list[int], list[int]]:
    """Two to four rows of each arm at four levels."""
    levels = st.lists(st.integers(0, 3), min_size=2, max_size=4)
    return draw(levels), draw(levels)


def count(arms: list[tuple[list[int], list[int]]]) -> LevelCounts:
    treated, reference = (
        np.array([np.bincount(arm[side], minlength=4) for arm in arms], dtype=float)
        for side in (0, 1)
    )
    return LevelCounts(treated, reference)


@settings(max_examples=30, deadline=None)
@given(st.lists(stratum(), min_size=1, max_size=2))
def test_all_divisions_listed(arms: list[tuple[list[int], list[int]]]) -> None:
    counts = count(arms)
    assert permute_exactly(counts) == pytest.approx(list_p_value(counts), rel=SHARE)


@settings(max_examples=30, deadline=None)
@given(st.lists(stratum(), min_size=1, max_size=4))
def test_swapped_arms_have_the_same_p_value(arms: list[tuple[list[int], list[int]]]) -> None:
    counts = count(arms)
    swapped = LevelCounts(counts.reference, counts.treated)
    assert permute_exactly(swapped) == pytest.approx(permute_exactly(counts), rel=SHARE)


def test_complete_separation_of_ten() -> None:
    """2 of the 252 divisions of 5 and 5 are as extreme."""
    counts = LevelCounts(np.eye(10)[:5].sum(axis=0)[None], np.eye(10)[5:].sum(axis=0)[None])
    assert permute_exactly(counts) == pytest.approx(2 / 252, rel=SHARE)


def test_a_p_value_is_never_above_one() -> None:
    """Every division is as far from the mean as 0, and shares can add up to 1 + 2e-16."""
    counts = LevelCounts(np.full((1, 7), 3.0), np.full((1, 7), 3.0))
    assert permute_exactly(counts) == 1.0


@pytest.mark.parametrize("limit", ["MOST_STEPS", "MOST_SUMS", "LARGEST_EXACT"])
def test_beyond_a_limit_nothing_is_returned(limit: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exact_permutation, limit, 10)
    counts = LevelCounts(np.full((2, 3), 2.0), np.full((2, 3), 3.0))
    assert permute_exactly(counts) is None


def test_many_strata_of_different_sizes_are_beyond_exact_numbers() -> None:
    """The sums have no common unit below 2^53: 2 lcm(10, 11, ... 49)."""
    treated = np.arange(5, 45, dtype=float)[:, None] * np.array([[1.0, 0.0]])
    assert permute_exactly(LevelCounts(treated, np.full((40, 2), 2.5).round())) is None
