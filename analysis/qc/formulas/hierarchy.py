"""Pairs compared by levels in an order: a matrix of signs for each, the first that is not 0 wins.

Effects and their errors come from what each subject adds to the effect itself (influence values),
where the engine takes the covariance of both shares.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analysis.qc.formulas.likelihood.complex_step import Matrix, Vector

DECIMALS = 9
"""Differences of scores that agree so far are one."""
FEWEST = 2
"""Subjects that an arm needs: a variance within it."""


@dataclass(frozen=True)
class Shares:
    """Of all pairs: won and lost by the treatment at a level, and open after it."""

    won: float
    lost: float
    left: float


@dataclass(frozen=True)
class PairEffects:
    """Estimates with their standard errors, ratios and odds as logarithms, and the shares."""

    log_ratio: tuple[float, float]
    log_odds: tuple[float, float]
    net: tuple[float, float]
    levels: Sequence[Shares]
    whole: Shares


def compare_scores(score: Vector, treated: NDArray[np.bool_], margin: float) -> Matrix:
    """Return 1 where the treated subject of a pair scores more, -1 where less, by over a margin.

    (treated, others); 0 where the difference is within the margin, or one has no score.
    """
    gap = np.round(score[treated][:, None] - score[~treated][None, :], DECIMALS)
    return np.where(gap > margin, 1.0, np.where(gap < -margin, -1.0, 0.0))


def compare_deaths(
    day: Vector, died: NDArray[np.bool_], treated: NDArray[np.bool_], margin: float
) -> Matrix:
    """Return 1 where the other subject of a pair is known to have died first, -1 where the own.

    The survivor died later by over the margin, or was alive when the margin had passed.
    """
    ahead = np.round(day[:, None] - day[None, :], DECIMALS)
    outlives = died[None, :] & ((ahead > margin) | (~died[:, None] & (ahead >= margin)))
    return np.subtract(
        outlives[np.ix_(treated, ~treated)], outlives.T[np.ix_(treated, ~treated)], dtype=float
    )


def compare_by_levels(signs: Sequence[Matrix]) -> PairEffects | str:
    """Return the effects over all pairs, each decided by its first sign; or why there are none."""
    if min(signs[0].shape) < FEWEST:
        return "fewer than two subjects in an arm"
    decided, levels = np.zeros_like(signs[0]), []
    for matrix in signs:
        new = np.where(decided == 0.0, matrix, 0.0)
        decided += new
        levels.append(_share(new, decided))
    whole = _share(decided, decided)
    if min(whole.won, whole.lost) == 0.0:
        return "one arm wins every pair"
    net, error = whole.won - whole.lost, _find_error(decided)
    ratio_error = _find_error((decided > 0.0) / whole.won - (decided < 0.0) / whole.lost)
    if not min(error, ratio_error) > 0.0:
        return "no variance within the arms"
    theta = (1.0 + net) / 2.0
    log_odds = float(np.log(theta / (1.0 - theta)))
    return PairEffects(
        (float(np.log(whole.won / whole.lost)), ratio_error),
        (log_odds, error / 2.0 / (theta * (1.0 - theta))),
        (net, error), levels, whole,
    )  # fmt: skip


def _share(new: Matrix, decided: Matrix) -> Shares:
    return Shares(*(float(np.mean(found)) for found in (new > 0.0, new < 0.0, decided == 0.0)))


def _find_error(values: Matrix) -> float:
    """Standard error of the mean over all pairs, from the mean over those of each subject."""
    parts = (values.mean(axis=1), values.mean(axis=0))
    return float(np.sqrt(sum(np.var(part, ddof=1) / len(part) for part in parts)))
