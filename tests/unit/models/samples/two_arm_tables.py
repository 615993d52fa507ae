"""Counts of two arms by level, as a model reads them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class TwoArms:
    """One row for each arm and level that somebody has; ``w`` (n,) is how many."""

    y: NDArray[np.int64]
    x: NDArray[np.float64]
    w: NDArray[np.float64]

    def repeat(self) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
        """Outcome and column with one row for each subject."""
        times = self.w.astype(int)
        return np.repeat(self.y, times), np.repeat(self.x, times, axis=0)


def build_two_arms(reference: Sequence[int], treatment: Sequence[int]) -> TwoArms:
    """Levels 0 to k - 1 with these counts; the one column is 1 for the treatment."""
    counts = np.array([reference, treatment])
    arm, level = np.nonzero(counts)
    return TwoArms(level, arm[:, None].astype(float), counts[arm, level].astype(float))
