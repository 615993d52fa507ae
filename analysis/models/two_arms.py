"""An ordered outcome in two arms, as arrays (docs/methods.md, section 4)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from analysis.errors import EstimationError
from analysis.models.inputs import read_levels, read_vector


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
        raise EstimationError(f"the outcome has one observed level ({observed[0]})")
    treated_n = int(treated.sum())
    reference_n = len(levels) - treated_n
    if min(treated_n, reference_n) < fewest:
        raise EstimationError(f"arms of {treated_n} and {reference_n} rows; {fewest} are needed")
    return TwoArms(levels, treated)


def read_arm(arm: ArrayLike, n: int) -> NDArray[np.bool_]:
    """Return which of ``n`` rows are in arm 1; EstimationError for anything but 0 and 1."""
    member = read_vector(arm, n, "arm")
    treated: NDArray[np.bool_] = member == 1.0
    if not np.all(treated | (member == 0.0)):
        raise EstimationError("arm must be 0 or 1")
    return treated
