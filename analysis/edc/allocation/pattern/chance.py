"""How likely a split of the subjects is without a list: coins, runs, alternation, periods."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from analysis.edc.allocation.pattern.splits import Classes

Flags = NDArray[np.bool_]
Ints = NDArray[np.int64]

PERIODS = range(2, 13)
"""Digits of numbers that were given out in turn repeat with such a period."""


def fit_chance(side: Classes, made: bool, starts: Flags) -> float:
    """Return the greatest log-likelihood of a split, in the order of a list, without a list.

    The laws are Markov chains of the first order, among them coins of any share, runs and strict
    alternation, anew at each of ``starts``; odd and even places; where the split was ``made`` from
    digits or places also longer periods, by the value one period before, and by the place in the
    period (less half the logarithm of the number of subjects for each share that is estimated:
    Schwarz 1978 Ann Stat 6:461).
    """
    stretch = np.cumsum(starts).astype(np.int64)
    place = np.arange(len(side)) - np.flatnonzero(starts)[stretch - 1]
    return max(_iter_fits(side, made, stretch, place))


def _iter_fits(side: Classes, made: bool, stretch: Ints, place: Ints) -> Iterator[float]:
    has = side >= 0
    yield _fit_chain(side[has], stretch[has], 1)
    yield _fit_shares(side[has], place[has] % 2)
    for period in PERIODS if made else ():
        yield _fit_chain(side, stretch, period)
        penalty = period / 2 * np.log(max(has.sum(), 1))
        yield _fit_shares(side[has], place[has] % period) - penalty


def _fit_chain(side: Classes, stretch: Ints, lag: int) -> float:
    """By the value ``lag`` subjects before in the same stretch; without one, by its share."""
    before = np.full(len(side), 2, np.int64)
    if len(side) > lag:
        same = (stretch[lag:] == stretch[:-lag]) & (side[:-lag] >= 0)
        before[lag:] = np.where(same, side[:-lag], 2)
    has = side >= 0
    return _fit_shares(side[has], before[has])


def _fit_shares(side: Classes, group: Ints) -> float:
    """The log-likelihood of coins with a share of their own in every group."""
    if not len(side):
        return 0.0
    ones, total = np.bincount(group, weights=side), np.bincount(group)
    counts = np.concatenate([ones, total - ones])
    shares = counts / np.maximum(np.tile(total, 2), 1)
    return float(np.sum(counts * np.log(np.where(counts > 0, shares, 1.0))))
