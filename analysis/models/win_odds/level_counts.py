"""Counts of two arms by stratum and level, which make rank statistics (docs/methods.md, 4)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from analysis.errors import EstimationError
from analysis.errors.reason_codes import ReasonCode
from analysis.models.data.arms import read_arm, require_rows_in_arms
from analysis.models.data.arrays import read_levels
from analysis.models.types import Matrix, Vector
from analysis.models.win_odds.strata import StrataUse, pool_strata, read_strata


@dataclass(frozen=True)
class TwoArms:
    """``levels`` (n,): index of each row's level, 0 the lowest; ``treated`` (n,): in arm 1."""

    levels: NDArray[np.intp]
    treated: NDArray[np.bool_]

    def keep(self, rows: NDArray[np.bool_]) -> TwoArms:
        """Return the rows that are marked."""
        return TwoArms(self.levels[rows], self.treated[rows])


def read_two_arms(y: ArrayLike, arm: ArrayLike, fewest: int) -> TwoArms:
    """Return the level and the arm of each row.

    ``y`` (n,): integer levels. ``arm`` (n,): 1 for the treatment, 0 for the reference. Raises
    EstimationError for anything but integer levels and arms of 0 and 1, if all rows have one
    level, or if an arm has fewer than ``fewest`` rows.
    """
    observed, levels = read_levels(y)
    treated = read_arm(arm, len(levels))
    if len(observed) < 2:
        raise EstimationError(ReasonCode.ONE_LEVEL, level=observed[0])
    require_rows_in_arms(treated, fewest)
    return TwoArms(levels, treated)


MOST_CELLS = 20_000_000
"""Cells of stratum by level: one table of them then takes 160 MB."""


@dataclass(frozen=True)
class LevelCounts:
    """Rows of each arm by stratum and level, (strata, levels), as floats.

    Axes before these hold further data sets; strata and levels may be empty.
    """

    treated: Matrix
    reference: Matrix

    @property
    def treated_n(self) -> Vector:
        """Rows of arm 1 in each stratum."""
        return _sum_rows(self.treated)

    @property
    def reference_n(self) -> Vector:
        """Rows of arm 0 in each stratum."""
        return _sum_rows(self.reference)

    def count_wins(self) -> Vector:
        """Return in each stratum the pairs in which the treated row is lower, ties half: exact."""
        higher = count_higher(self.reference)
        wins: Vector = np.einsum("...k,...k->...", self.treated, higher)
        return wins


@dataclass(frozen=True)
class StratifiedArms:
    """The rows in the analysis, the stratum of each from 0, and their counts.

    ``rows`` (n,) marks them among the rows given; ``use`` is None without strata.
    """

    arms: TwoArms
    strata: NDArray[np.intp]
    rows: NDArray[np.bool_]
    counts: LevelCounts
    use: StrataUse | None


def stratify(arms: TwoArms, strata: ArrayLike | None, fewest_per_arm: int) -> StratifiedArms:
    """Return the rows by stratum, small strata pooled (SAP 5.4 b); one stratum for None.

    Raises EstimationError for missing labels and where no stratum is left.
    """
    n = len(arms.levels)
    if strata is None:
        codes, use = np.zeros(n, dtype=np.intp), None
    else:
        pooled = pool_strata(read_strata(strata, n), arms.treated, fewest_per_arm)
        codes, use = pooled.codes, pooled.use
    rows = codes >= 0
    kept, codes = arms.keep(rows), codes[rows]
    return StratifiedArms(kept, codes, rows, count_levels(kept, codes), use)


def count_levels(arms: TwoArms, strata: NDArray[np.intp]) -> LevelCounts:
    """Return the rows of each arm by stratum, numbered from 0, and level.

    Raises EstimationError for more than 20 million cells.
    """
    shape = (int(strata.max()) + 1, int(arms.levels.max()) + 1)
    if shape[0] * shape[1] > MOST_CELLS:
        raise EstimationError(f"{shape[0]} strata of {shape[1]} levels are too many to tabulate")
    found = tabulate(arms.levels[None], arms.treated[None], strata[None], shape)
    return LevelCounts(found.treated[0], found.reference[0])


def tabulate(
    levels: NDArray[np.intp],
    treated: NDArray[np.bool_],
    strata: NDArray[np.intp],
    shape: tuple[int, int],
) -> LevelCounts:
    """Return the counts (m, strata, levels) of m data sets of n rows; ``shape``: of one of them.

    ``levels``, ``treated``, ``strata``: (m, n), or (1, n) for what the data sets share.
    """
    cell = (2 * strata + treated) * shape[1] + levels
    cells = 2 * shape[0] * shape[1]
    cell = cell + cells * np.arange(len(cell))[:, None]
    counted = np.bincount(cell.ravel(), minlength=cells * len(cell)).astype(np.float64)
    table = counted.reshape(len(cell), shape[0], 2, shape[1])
    return LevelCounts(table[:, :, 1], table[:, :, 0])


def count_higher(table: Matrix) -> Matrix:
    """Return for each level the rows at higher levels and half of those at the same."""
    above: Matrix = table.sum(axis=-1, keepdims=True) - np.cumsum(table, axis=-1) + 0.5 * table
    return above


def count_lower(table: Matrix) -> Matrix:
    """Return for each level the rows at lower levels and half of those at the same."""
    return np.cumsum(table, axis=-1) - 0.5 * table


def add_in_order(values: Matrix) -> Vector:
    """Return the sums along the last axis, added from first to last.

    Zeros among the values, as empty strata and levels give, then change no bit of a sum.
    """
    total: Vector = np.cumsum(values, axis=-1)[..., -1:].sum(axis=-1)
    return total


def _sum_rows(table: Matrix) -> Vector:
    total: Vector = table.sum(axis=-1)
    return total
