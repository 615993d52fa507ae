"""The exact permutation p-value of the win probability (docs/methods.md, section 4)."""

from __future__ import annotations

from math import comb, lcm

import numpy as np
from numpy.typing import NDArray

from analysis.models.level_counts import LevelCounts

MOST_STEPS = 100_000_000
"""Additions to count the divisions of the strata into arms: 0.3 s."""
MOST_SUMS = 2_000_000
"""Sums of two strata's values when strata are put together: 0.3 s and 32 MB."""
LARGEST_EXACT = 2**53
"""Whole numbers up to here are exact in double precision."""


def permute_exactly(counts: LevelCounts) -> float | None:
    """Return the two-sided p-value over all divisions of each stratum's rows into its arms.

    The statistic is the sum over strata of wins / n, as far from its mean as in ``counts`` or
    further; wins are the pairs in which the treated row is lower, ties half. None if counting the
    divisions would take too long. Everything is a whole number: nothing is lost to rounding but in
    the shares.
    """
    small, large = np.sort([counts.treated_n, counts.reference_n], axis=0).astype(np.int64)
    sizes = small + large
    per_unit = lcm(*(2 * int(n) for n in sizes))
    if np.sum(2.0 * small**2 * large * sizes) > MOST_STEPS:
        return None
    if per_unit * int(sizes.sum()) > LARGEST_EXACT:
        return None
    steps = per_unit // (2 * sizes)
    found = _sum_strata(counts, steps)
    if found is None:
        return None
    values, shares = found
    centre = int(np.sum(small * large * steps))
    observed = int(np.sum((2.0 * counts.count_wins()).astype(np.int64) * steps))
    return min(1.0, float(shares[np.abs(values - centre) >= abs(observed - centre)].sum()))


def _sum_strata(
    counts: LevelCounts, steps: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.float64]] | None:
    """Return the values of the statistic, in steps, and the share of the divisions with each."""
    table = (counts.treated + counts.reference).astype(np.int64)
    values: NDArray[np.int64] = np.zeros(1, dtype=np.int64)
    shares: NDArray[np.float64] = np.ones(1)
    sums = 0
    for rows, treated_n, step in zip(table, counts.treated_n, steps, strict=True):
        ways = _count_ways(rows[rows > 0].tolist(), int(treated_n))
        twice_wins = np.flatnonzero(ways)
        sums += len(values) * len(twice_wins)
        if sums > MOST_SUMS:
            return None
        added = np.add.outer(values, twice_wins * step).ravel()
        products = np.multiply.outer(shares, ways[twice_wins]).ravel()
        values, place = np.unique(added, return_inverse=True)
        shares = np.bincount(place, weights=products).astype(np.float64)
    return values, shares


def _count_ways(rows: list[int], treated_n: int) -> NDArray[np.float64]:
    """Return the share of the divisions that gives each number of twice the wins.

    Level by level for the smaller arm: with ``below`` of its rows below and x of m at this level,
    the m - x rows of the other arm here lose 2 below + x half pairs.
    """
    n = sum(rows)
    small = min(treated_n, n - treated_n)
    large = n - small
    ways = np.zeros((small + 1, 2 * small * large + 1))
    ways[0, 0] = 1.0
    seen = 0
    for m in rows:
        after = np.zeros_like(ways)
        seen += m
        for below in range(min(seen - m, small) + 1):
            for x in range(max(0, seen - large - below), min(m, small - below) + 1):
                gain = (m - x) * (2 * below + x)
                after[below + x, gain:] += comb(m, x) * ways[below, : ways.shape[1] - gain]
        ways = after
    shares: NDArray[np.float64] = ways[small] / comb(n, small)
    return shares if small == treated_n else shares[::-1]
