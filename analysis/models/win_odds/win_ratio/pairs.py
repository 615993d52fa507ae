"""All pairs of two arms, decided by the first level that tells them apart."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analysis.models.data.arrays import chunks
from analysis.models.types import Matrix
from analysis.models.win_odds.win_ratio.priorities import Bounds

CELLS_AT_ONCE = 1_000_000
"""Pairs held in memory: 30 MB."""


@dataclass(frozen=True)
class LevelShares:
    """Shares of all pairs that one level decides: ``won`` and ``lost`` by arm 1; ``left``: open.

    ``left`` is the share that this level and those before it leave undecided.
    """

    won: float
    lost: float
    left: float


@dataclass(frozen=True)
class PairCounts:
    """Pairs by row and by level. Column 0: won by arm 1; column 1: lost.

    ``treated`` (n1, 2) and ``reference`` (n0, 2): pairs of each row; ``levels`` (levels, 2).
    """

    treated: Matrix
    reference: Matrix
    levels: NDArray[np.int64]

    @property
    def pairs(self) -> int:
        """How many there are."""
        return len(self.treated) * len(self.reference)

    def share_levels(self) -> tuple[LevelShares, ...]:
        """Return the shares of the pairs by level, in its order."""
        left = self.pairs - np.cumsum(self.levels.sum(axis=1))
        return tuple(
            LevelShares(won / self.pairs, lost / self.pairs, open_ / self.pairs)
            for (won, lost), open_ in zip(self.levels.tolist(), left.tolist(), strict=True)
        )


def count_pairs(levels: Sequence[Bounds], treated: NDArray[np.bool_]) -> PairCounts:
    """Return the pairs that each row and each level wins and loses; ``treated`` (n,): arm 1."""
    ours = [level.take(treated) for level in levels]
    others = [level.take(~treated) for level in levels]
    n1, n0 = int(treated.sum()), int((~treated).sum())
    by_treated, by_reference = np.zeros((n1, 2)), np.zeros((n0, 2))
    by_level = np.zeros((len(levels), 2), dtype=np.int64)
    for rows in chunks(n1, max(1, CELLS_AT_ONCE // n0)):
        undecided = np.ones((rows.stop - rows.start, n0), dtype=np.bool_)
        for number, (our, other) in enumerate(zip(ours, others, strict=True)):
            some = our.take(rows)
            decided = (some.beats(other) & undecided, other.beats(some).T & undecided)
            for column, pairs in enumerate(decided):
                by_treated[rows, column] += pairs.sum(axis=1)
                by_reference[:, column] += pairs.sum(axis=0)
                by_level[number, column] += int(pairs.sum())
                undecided &= ~pairs
    return PairCounts(by_treated, by_reference, by_level)
