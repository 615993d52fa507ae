r"""Evidence that a split of the subjects is a list in permuted blocks, and no coin.

The evidence is an e-value: the likelihood of the split under lists in permuted blocks, averaged
over block sizes, over shares of errors and over the orders in which a list may have been used up,
over its greatest likelihood without a list in any of these orders (``chance``). Whatever follows
one of those laws of chance is given :math:`1/\alpha` or more with a probability of at most
:math:`\alpha` (Markov's inequality; Vovk & Wang 2021 Ann Stat 49:1736).
"""

from collections.abc import Iterable, Iterator

import numpy as np
from numpy.typing import NDArray

from analysis.edc.allocation.pattern.chance import fit_chance
from analysis.edc.allocation.pattern.lists_in_blocks import BlockLists, join_lists
from analysis.edc.allocation.pattern.randomised import Ints, Randomised
from analysis.edc.allocation.pattern.splits import Classes, iter_batches

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Places = NDArray[np.int32]
"""An order of the subjects, kept in half the bytes."""
Order = tuple[Ints, Flags, int]
"""Subjects in an order, where its stretches begin, how often it is among the orders."""


def measure_blocks(
    sides: Classes, subjects: Randomised, ratio: tuple[int, int], made: Flags
) -> Floats:
    """Return the natural logarithm of the e-value of each split, one row of ``sides`` each.

    ``made``: the split was made from digits or places, which may repeat with a period.
    """
    lists = join_lists(ratio)
    total = np.full(len(sides), -np.inf)
    for rows, gain in _iter_gains(sides, subjects, lists, made):
        total[rows] = np.logaddexp(total[rows], gain)
    return np.asarray(total - np.log(lists.count * len(subjects.orders)), np.float64)


def _iter_gains(
    sides: Classes, subjects: Randomised, lists: BlockLists, made: Flags
) -> Iterator[tuple[Ints, Floats]]:
    """Yield for each order the splits that may be a list, and by how much they are likelier so."""
    orders = list(_count_orders(subjects))
    passed = [_screen_all(sides, order, np.cumsum(starts)) for order, starts, _ in orders]
    ordered = [sides[np.ix_(rows, each[0])] for rows, each in zip(passed, orders, strict=True)]
    of_order = np.repeat(np.arange(len(orders)), [len(rows) for rows in passed])
    every_start = np.array([starts for _, starts, _ in orders])[of_order]
    listed = np.logaddexp.reduce(lists.log_likelihood(np.vstack(ordered), every_start), axis=1)
    chance = _fit_orders(sides, orders, np.unique(np.concatenate(passed)), made)
    for number, (rows, (_, _, times)) in enumerate(zip(passed, orders, strict=True)):
        yield rows, listed[of_order == number] - chance[rows] + np.log(times)


def _fit_orders(sides: Classes, orders: list[Order], rows: Ints, made: Flags) -> Floats:
    """The greatest log-likelihood without a list in any order, of some of the splits.

    Numbers given out in turn alternate in their own order, and look like a list in one that is
    nearly the same (of randomisation, beside that of screening).
    """
    chance = np.full(len(sides), -np.inf)
    for order, starts, _ in orders:
        for batch in iter_batches(len(rows), len(order)):
            some = rows[batch]
            fit = fit_chance(sides[np.ix_(some, order)], made[some], starts)
            chance[some] = np.maximum(chance[some], fit)
    return chance


def measure_own(side: Classes, subjects: Randomised, orders: Iterable[Places]) -> float:
    """Return how much likelier a split is without a list in ``orders`` than in those of a list.

    It was made from digits or places. ``orders``: of its file alone. The natural logarithm of the
    ratio, 0 where none explains it better.
    """
    row, flags = side[None], np.array([True])
    known = _fit_orders(row, list(_count_orders(subjects)), np.zeros(1, np.int64), flags)[0]
    start = np.arange(subjects.count) == 0
    own = (float(fit_chance(row[:, order], flags, start)[0]) for order in orders)
    return max(max(own, default=-np.inf) - float(known), 0.0)


def _count_orders(subjects: Randomised) -> Iterator[Order]:
    """Each order with the starts of its stretches once, and how often it is among the orders."""
    found = [(order, _find_starts(stretch[order])) for order, stretch in subjects.orders]
    keys = [(order.tobytes(), starts.tobytes()) for order, starts in found]
    for place, (order, starts) in enumerate(found):
        if keys.index(keys[place]) == place:
            yield order, starts, keys.count(keys[place])


def _find_starts(stretch: Ints) -> Flags:
    """Where a stretch (a site) begins, in which the list begins with a whole block."""
    return np.concatenate([[True], stretch[1:] != stretch[:-1]])


def _screen_all(sides: Classes, order: Ints, stretch: Ints) -> Ints:
    """The splits that may be a list in blocks in an order, a batch at a time."""
    passed = [
        np.flatnonzero(screen_blocks(np.take(sides[rows], order, axis=1), stretch)) + rows.start
        for rows in iter_batches(*sides.shape)
    ]
    return np.concatenate([np.zeros(0, np.int64), *passed])


def screen_blocks(sides: Classes, stretch: Ints) -> Flags:
    """Return which splits may be a list in blocks, by a cheaper look at near neighbours.

    In blocks, neighbours differ more often than by chance: those up to three apart, by 0.31 (blocks
    of 4) and 0.18 (blocks of 8) standard errors per root of the number of subjects.
    """
    count = (sides >= 0).sum(axis=1)
    mean = (sides == 1).sum(axis=1) / np.maximum(count, 1)
    floor = 0.15 * np.sqrt(count) - 1.5
    return np.asarray(_alternate(sides, mean, stretch) >= floor)


def _alternate(sides: Classes, mean: Floats, stretch: Ints) -> Floats:
    """How much neighbours differ more than by chance, in standard errors.

    They are counted by their sides: the products of what is centred at ``mean`` have three values.
    """
    total, square = np.zeros(len(sides)), np.full(len(sides), 1e-12)
    both, one_of, none = (1 - mean) ** 2, -mean * (1 - mean), mean**2
    for lag, weight in ((1, 3), (2, 2), (3, 1)):
        same = stretch[lag:] == stretch[:-lag]
        has = (sides[:, lag:] >= 0) & (sides[:, :-lag] >= 0) & same
        ones = np.where(has, sides[:, lag:] + sides[:, :-lag], -1)
        counts = [(ones == number).sum(axis=1) for number in (2, 1, 0)]
        products = list(zip(counts, (both, one_of, none), strict=True))
        total -= weight * sum(number * product for number, product in products)
        square += weight**2 * sum(number * product**2 for number, product in products)
    return np.asarray(total / np.sqrt(square), np.float64)
