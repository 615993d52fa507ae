"""Win probabilities of many data sets at once (docs/methods.md, section 4)."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from analysis.models.data.arrays import chunks
from analysis.models.data.residuals import Residuals
from analysis.models.types import Matrix, Stack, Vector
from analysis.models.win_odds.adjustment_algebra import (
    StackedGroups,
    adjust_stack,
    deviate,
    find_faults,
)
from analysis.models.win_odds.batch.data import StackedArms
from analysis.models.win_odds.level_counts import LevelCounts, tabulate
from analysis.models.win_odds.placement import Placement, place
from analysis.models.win_odds.strata import FEWEST_POOLED, find_small

CELLS_AT_ONCE = 2**18
"""Cells of data set by stratum by level tabulated at once: a table of them takes 2 MB."""


@dataclass(frozen=True)
class StackedProbability:
    """Win probabilities (m,) and their variances, from ``n`` rows. They mean nothing where not
    ``sound``: there the single function decides.
    """

    probability: Vector
    variance: Vector
    n: Vector
    sound: NDArray[np.bool_]


def estimate_stack(
    arms: StackedArms, fewest_per_arm: int, residuals: Residuals
) -> StackedProbability:
    """Return the win probability of each data set, a number of them at a time.

    A data set's numbers do not depend, to the last bit, on those beside it.
    """
    strata = 0 if arms.strata is None else int(arms.strata.max())
    shape = (strata + 1, int(arms.levels.max()) + 1)
    at_once = max(1, CELLS_AT_ONCE // (shape[0] * shape[1]))
    parts = [
        _estimate(arms.take(some), shape, fewest_per_arm, residuals)
        for some in chunks(len(arms.sound), at_once)
    ]
    names = ("probability", "variance", "n", "sound")
    return StackedProbability(*(np.concatenate([getattr(p, k) for p in parts]) for k in names))


def _estimate(
    arms: StackedArms, shape: tuple[int, int], fewest_per_arm: int, residuals: Residuals
) -> StackedProbability:
    strata = np.zeros((1, 1), dtype=np.intp) if arms.strata is None else arms.strata
    counts = tabulate(arms.levels, arms.treated, strata, shape)
    if arms.strata is not None:
        counts, numbers = _pool(counts, fewest_per_arm)
        strata = numbers[np.arange(len(numbers))[:, None], strata]
    placement = place(counts)
    found = _combine(counts, placement, arms.sound)
    if arms.columns is None:
        return found
    sizes = np.stack([counts.reference_n, counts.treated_n], axis=2).reshape(len(found.n), -1)
    first = sizes.shape[1] * np.arange(len(sizes))[:, None]
    groups = StackedGroups(2 * strata + arms.treated + first, sizes, placement.weights)
    outcome = groups.place_rows(placement.deviations(), arms.levels)
    return _adjust(found, arms.columns, groups, outcome, residuals)


def _pool(counts: LevelCounts, fewest_per_arm: int) -> tuple[LevelCounts, NDArray[np.intp]]:
    """Return the counts with the small strata put into a further one, and its number for theirs.

    It stays empty where they are left out.
    """
    small, pools = find_small(counts.treated_n, counts.reference_n, fewest_per_arm)
    moved = (small & pools[:, None])[:, :, None]
    treated, reference = (
        np.concatenate(
            [np.where(small[:, :, None], 0.0, table), np.sum(table * moved, axis=1, keepdims=True)],
            axis=1,
        )
        for table in (counts.treated, counts.reference)
    )
    own = np.arange(small.shape[1])
    return LevelCounts(treated, reference), np.where(small, len(own), own)


def _combine(
    counts: LevelCounts, placement: Placement, sound: NDArray[np.bool_]
) -> StackedProbability:
    probability, variance = placement.combine()
    n = np.array([counts.treated_n.sum(axis=1), counts.reference_n.sum(axis=1)])
    usable = sound & (n.min(axis=0) >= FEWEST_POOLED) & ~placement.find_one_sided()
    return StackedProbability(probability, variance, n.sum(axis=0), usable & (variance > 0.0))


def _adjust(
    found: StackedProbability,
    columns: Stack,
    groups: StackedGroups,
    outcome: Matrix,
    residuals: Residuals,
) -> StackedProbability:
    """Adjust what has every row in the analysis and no column left out; the rest is not sound."""
    rows, p = outcome.shape[1], columns.shape[1]
    freedom = rows - np.sum(groups.sizes > 0.0, axis=1)
    usable = found.sound & (found.n == rows) & (p < freedom)
    if not usable.any():
        return replace(found, sound=usable)
    deviations = deviate(columns, groups)
    faults = find_faults(columns, deviations)
    adjusted = adjust_stack(deviations, groups, outcome, residuals)
    usable &= ~np.any(faults.flat | faults.narrow | adjusted.dependent, axis=1)
    probability = found.probability - adjusted.shift
    usable &= ~adjusted.explained & (probability > 0.0) & (probability < 1.0)
    return StackedProbability(probability, adjusted.left, found.n, usable)
