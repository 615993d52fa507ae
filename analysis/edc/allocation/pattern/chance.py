"""How likely splits of the subjects are without a list: coins, runs, alternation, periods."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from analysis.edc.allocation.pattern.splits import Classes

Flags = NDArray[np.bool_]
Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

PERIODS = range(2, 13)
"""Digits of numbers that were given out in turn repeat with such a period."""


def fit_chance(sides: Classes, made: Flags, starts: Flags) -> Floats:
    """Return the greatest log-likelihood of each row of ``sides`` without a list.

    Columns are in the order of a list. The laws are Markov chains of the first order, among them
    coins of any share, runs and strict alternation, anew at each of ``starts``; odd and even
    places; where a split was ``made`` from digits or places also longer periods, by the value one
    period before, and by the place in the period (less half the logarithm of the number of subjects
    for each share that is estimated: Schwarz 1978 Ann Stat 6:461).
    """
    stretch = np.cumsum(starts).astype(np.int64)
    place = np.arange(sides.shape[1]) - np.flatnonzero(starts)[stretch - 1]
    greatest = np.full(len(sides), -np.inf)
    for fit in (_fit_neighbours(sides, stretch), _fit_places(sides, place, 2)):
        np.maximum(greatest, fit, out=greatest)
    rows = np.flatnonzero(made)
    for fit in _iter_periods(sides[rows], stretch, place) if len(rows) else ():
        greatest[rows] = np.maximum(greatest[rows], fit)
    return greatest


def _iter_periods(sides: Classes, stretch: Ints, place: Ints) -> Iterator[Floats]:
    count = np.maximum((sides >= 0).sum(axis=1), 1)
    for period in PERIODS:
        yield _fit_chain(sides, stretch, period)
        yield _fit_places(sides, place, period) - period / 2 * np.log(count)


def _fit_neighbours(sides: Classes, stretch: Ints) -> Floats:
    """By the last value before in the same stretch, whoever stands between without one."""
    has = sides >= 0
    last = np.maximum.accumulate(np.where(has, np.arange(sides.shape[1]), -1), axis=1)
    before = np.column_stack([np.full(len(sides), -1), last[:, :-1]])
    same = (before >= 0) & (stretch[before] == stretch)
    value = np.take_along_axis(sides, np.maximum(before, 0), axis=1)
    return _fit_before(sides, np.where(same, value, -1).astype(np.int8))


def _fit_chain(sides: Classes, stretch: Ints, lag: int) -> Floats:
    """By the value ``lag`` subjects before in the same stretch; without one, by its share."""
    before = np.full(sides.shape, -1, np.int8)
    if sides.shape[1] > lag:
        same = stretch[lag:] == stretch[:-lag]
        before[:, lag:] = np.where(same, sides[:, :-lag], -1)
    return _fit_before(sides, before)


def _fit_before(sides: Classes, before: Classes) -> Floats:
    """Coins with a share of their own after 1, after 0, and after neither."""
    pair = np.where(sides >= 0, 2 * before + sides, -9)
    counts = np.stack([(pair == 2 * b + s).sum(axis=1) for s in (1, 0) for b in (-1, 0, 1)])
    return _sum_shares(counts[:3].T, counts[3:].T)


def _fit_places(sides: Classes, place: Ints, period: int) -> Floats:
    """Coins with a share of their own at every place of a period."""
    at = (place[:, None] % period == np.arange(period)).astype(float)
    return _sum_shares((sides == 1) @ at, (sides == 0) @ at)


def _sum_shares(ones: NDArray[np.generic], zeros: NDArray[np.generic]) -> Floats:
    """The greatest log-likelihood of coins, one row a split, one column a coin."""
    counts = np.stack([ones, zeros]).astype(float)
    shares = counts / np.maximum(counts.sum(axis=0), 1)
    terms = counts * np.log(np.where(counts > 0, shares, 1.0))
    return np.asarray(terms.sum(axis=(0, 2)), np.float64)
