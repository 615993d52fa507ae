"""Level probabilities of two arms a common odds ratio apart (docs/methods.md, section 12)."""

from dataclasses import dataclass
from numbers import Real

import numpy as np
from numpy.typing import ArrayLike

from analysis.errors import EstimationError
from analysis.models.data.arrays import read_list
from analysis.models.types import Vector

SUM_ROUNDING = 1e-9
"""How far level probabilities may add up from 1: the rounding of a sum, not of printed shares."""
SMALLEST_LEVEL = 1e-12
"""A rarer level, which nobody of any trial has, would be lost in the rounding of the others."""
LARGEST_ODDS_RATIO = 1e6
"""Odds ratios beyond this, or below its inverse, leave no level in common."""


@dataclass(frozen=True)
class ShiftedLevels:
    """Level probabilities (k,), lowest level first, of two arms and of both together.

    ``mean``: all subjects, each arm weighted by its size.
    """

    reference: Vector
    treatment: Vector
    mean: Vector

    @property
    def untied(self) -> float:
        """1 - sum of mean cubed, which is 0 where all subjects have one level."""
        others = self.mean @ (1.0 - np.eye(len(self.mean)))  # 1 - mean, without cancellation
        return float(np.sum(self.mean * others * (1.0 + self.mean)))


def shift_levels(reference: ArrayLike, odds_ratio: float, *, ratio: float = 1.0) -> ShiftedLevels:
    """Return the distribution of the treatment arm and of both arms together.

    ``reference`` (k,): level probabilities of the reference arm, lowest level first; they may be
    0. ``odds_ratio``: odds of a *lower* level in the treatment arm over those in the reference arm,
    at every cut point. ``ratio``: treatment subjects per reference subject.

    Raises EstimationError for probabilities that are negative or do not add up to 1, for a single
    level, and for an odds ratio or ratio that is not a positive number.

    >>> shift_levels([0.1, 0.2, 0.3, 0.4], odds_ratio=2.0).treatment.round(2).tolist()
    [0.18, 0.28, 0.29, 0.25]
    """
    base = _read_distribution(reference)
    odds, weight = read_odds_ratio(odds_ratio), read_positive(ratio, "ratio")
    below = np.concatenate([[0.0], np.cumsum(base)])
    above = np.concatenate([np.cumsum(base[::-1])[::-1], [0.0]])
    scale = odds * below + above
    treatment = odds * base / (scale[:-1] * scale[1:])
    return ShiftedLevels(base, treatment, (weight * treatment + base) / (weight + 1.0))


def read_odds_ratio(odds_ratio: float) -> float:
    """Return an odds ratio between 1e-6 and 1e6; EstimationError for anything else."""
    odds = read_positive(odds_ratio, "the odds ratio")
    if not 1.0 / LARGEST_ODDS_RATIO <= odds <= LARGEST_ODDS_RATIO:
        raise EstimationError(
            f"the odds ratio must lie between {1 / LARGEST_ODDS_RATIO:g} and "
            f"{LARGEST_ODDS_RATIO:g}, not {odds:g}"
        )
    return odds


def read_positive(value: float, name: str) -> float:
    """Return a finite number above 0; EstimationError, naming it, for anything else."""
    if isinstance(value, bool) or not isinstance(value, Real) or not 0.0 < value < np.inf:
        raise EstimationError(f"{name} must be a positive number, not {value!r}")
    return float(value)


def _read_distribution(values: ArrayLike) -> Vector:
    levels = read_list(values, "the reference distribution")
    unusable = levels[(levels < SMALLEST_LEVEL) & (levels != 0.0)]
    if unusable.size:
        raise EstimationError(
            f"a level's probability must be 0 or at least {SMALLEST_LEVEL:g}, not {unusable[0]:g}"
        )
    total = float(levels.sum())
    if abs(total - 1.0) > SUM_ROUNDING:
        raise EstimationError(f"the level probabilities add up to {total:.10g}, not to 1")
    if np.count_nonzero(levels) < 2:
        raise EstimationError("the reference arm has one level: it cannot shift")
    return levels
