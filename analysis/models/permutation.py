"""Permutation test of the win probability within strata (docs/methods.md, section 4)."""

from __future__ import annotations

from dataclasses import dataclass
from numbers import Integral

import numpy as np
from numpy.typing import ArrayLike

from analysis.errors import EstimationError
from analysis.models.exact_permutation import permute_exactly
from analysis.models.level_counts import LevelCounts, count_lower, stratify
from analysis.models.newton import Matrix, Vector
from analysis.models.placement import place
from analysis.models.strata import FEWEST_PER_ARM, FEWEST_POOLED, StrataUse
from analysis.models.two_arms import read_two_arms

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
    """
    _require_draws(seed, draws)
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
    for start in range(0, draws, at_once):
        drawn = _draw_sums(counts, scores, min(at_once, draws - start), generator)
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


def _require_draws(seed: np.random.SeedSequence, draws: int) -> None:
    if not isinstance(seed, np.random.SeedSequence):
        raise EstimationError("seed must be a numpy SeedSequence")
    whole = isinstance(draws, Integral) and not isinstance(draws, bool)
    if not whole or not 1 <= draws <= MOST_DRAWS:
        raise EstimationError(f"draws must be a whole number from 1 to {MOST_DRAWS}")
