"""Permutation test of the win probability, exact or by Monte Carlo (docs/methods.md, section 4)."""

from dataclasses import dataclass
from math import comb, lcm

import numpy as np
from numpy.typing import ArrayLike, NDArray

from analysis.errors import EstimationError
from analysis.models.data.arrays import chunks
from analysis.models.data.draws import require_draws
from analysis.models.types import Matrix, Vector
from analysis.models.win_odds.level_counts import LevelCounts, count_lower, read_two_arms, stratify
from analysis.models.win_odds.placement import place
from analysis.models.win_odds.strata import FEWEST_PER_ARM, FEWEST_POOLED, StrataUse

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


DRAWS = 10_000
"""Random permutations: a p-value of 0.05 then has a Monte Carlo error of 0.002."""
MOST_DRAWS = 100_000_000
"""More would run for hours."""
CELLS_AT_ONCE = 4_000_000
"""Draws by levels held in memory: 32 MB. The stream of random numbers depends on it."""
SAME = 1e-11
"""Sums of wins / n, relative to their range, that differ by rounding alone."""


@dataclass(frozen=True)
class PermutationTest:
    """A two-sided permutation p-value of the (stratified) win probability.

    ``exact``: from all permutations, else from ``draws`` random ones, of which ``as_extreme`` are
    at least as far from no effect as the data; then ``p_value`` = (as_extreme + 1) / (draws + 1),
    with standard error ``monte_carlo_error``.
    """

    win_probability: float
    p_value: float
    exact: bool
    draws: int
    as_extreme: int
    monte_carlo_error: float
    n: int
    strata: StrataUse | None


def permute_win_probability(
    y: ArrayLike,
    arm: ArrayLike,
    *,
    seed: np.random.SeedSequence,
    strata: ArrayLike | None = None,
    draws: int = DRAWS,
    fewest_per_arm: int = FEWEST_PER_ARM,
) -> PermutationTest:
    """Return the p-value of the win probability when arms are permuted within strata.

    ``y``, ``arm``, ``strata``, ``fewest_per_arm`` as in ``estimate_win_odds``, whose win
    probability, unadjusted for covariates, is the statistic; arms are permuted within the strata
    that it compares, the pooled one included. Far from no effect means far from 1/2, its mean over
    the permutations. All permutations are taken where they can be counted quickly, whatever the
    seed. Raises EstimationError as ``estimate_win_odds`` does, if every permutation is alike, and
    for a seed or a number of draws of another kind.

    >>> mrs, arm = [0, 0, 1, 1, 2, 3, 0, 1, 2, 2, 3, 3], [1] * 6 + [0] * 6
    >>> found = permute_win_probability(mrs, arm, seed=np.random.SeedSequence(1))
    >>> round(found.p_value, 3), found.exact
    (0.472, True)
    """
    require_draws(seed, draws, MOST_DRAWS)
    data = stratify(read_two_arms(y, arm, FEWEST_POOLED), strata, fewest_per_arm)
    counts = _keep_informative(data.counts)
    p_value, as_extreme, error = permute_exactly(counts), 0, 0.0
    exact = p_value is not None
    if p_value is None:
        as_extreme = _count_extreme(counts, draws, np.random.default_rng(seed))
        p_value = (as_extreme + 1) / (draws + 1)
        error = float(np.sqrt(p_value * (1.0 - p_value) / draws))
    return PermutationTest(
        win_probability=float(place(data.counts).combine()[0]),
        p_value=p_value,
        exact=exact,
        draws=0 if exact else draws,
        as_extreme=as_extreme,
        monte_carlo_error=error,
        n=len(data.strata),
        strata=data.use,
    )


def _count_extreme(counts: LevelCounts, draws: int, generator: np.random.Generator) -> int:
    """Return how many random divisions lie as far from the mean as ``counts``, or further."""
    scores = _score(counts)
    observed = float(np.sum(counts.treated_n / 2.0) - np.sum(counts.treated * scores))
    least = abs(observed) - SAME * float(counts.treated_n.sum())
    at_once = max(1, CELLS_AT_ONCE // counts.treated.shape[1])
    extreme = 0
    for some in chunks(draws, at_once):
        drawn = _draw_sums(counts, scores, some.stop - some.start, generator)
        extreme += int(np.sum(np.abs(drawn) >= least))
    return extreme


def _score(counts: LevelCounts) -> Matrix:
    """Return the midrank less 1/2, over n, of each stratum's levels.

    Wins / n less its mean is n1 / 2 less the sum of the treated rows' scores.
    """
    table = counts.treated + counts.reference
    scores: Matrix = count_lower(table) / table.sum(axis=1, keepdims=True)
    return scores


def _draw_sums(
    counts: LevelCounts, scores: Matrix, draws: int, generator: np.random.Generator
) -> Vector:
    """Return the statistic less its mean for random divisions of each stratum into its arms."""
    table = (counts.treated + counts.reference).astype(np.int64)
    sums = np.zeros(draws)
    for rows, score, treated_n in zip(table, scores, counts.treated_n, strict=True):
        present = rows > 0
        drawn = generator.multivariate_hypergeometric(
            rows[present], int(treated_n), size=draws, method="marginals"
        )
        sums += (treated_n / 2.0) - drawn @ score[present]
    return sums


def _keep_informative(counts: LevelCounts) -> LevelCounts:
    several = np.sum(counts.treated + counts.reference > 0, axis=1) > 1
    if not several.any():
        raise EstimationError("every permutation is alike: each stratum has one observed level")
    return LevelCounts(counts.treated[several], counts.reference[several])
