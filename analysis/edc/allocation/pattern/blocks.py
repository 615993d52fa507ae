r"""Evidence that a split of the subjects is a list in permuted blocks, and no coin.

The evidence is an e-value: the likelihood of the split under lists in permuted blocks, averaged
over block sizes, over shares of errors and over the orders in which a list may have been used up,
over its greatest likelihood without a list in the same order (``chance``). Whatever follows one of
those laws of chance is given :math:`1/\alpha` or more with a probability of at most :math:`\alpha`
(Markov's inequality; Vovk & Wang 2021 Ann Stat 49:1736).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from analysis.edc.allocation.pattern.chance import fit_chance
from analysis.edc.allocation.pattern.randomised import Ints, Randomised
from analysis.edc.allocation.pattern.splits import Classes

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

BLOCKS = (1, 2, 3, 4)
"""Sizes of blocks as multiples of the sum of the ratio; the first three also mixed in one list."""
ERRORS = (0.002, 0.03)
"""Shares of errors in reading the list: a side that is wrong (exchanged, another's number), and a
block that ends early (numbers that no subject of the export has)."""


def measure_blocks(
    sides: Classes, subjects: Randomised, ratio: tuple[int, int], made: Flags
) -> Floats:
    """Return the natural logarithm of the e-value of each split, one row of ``sides`` each.

    ``made``: the split was made from digits or places, which may repeat with a period.
    """
    models = list(_list_models(ratio))
    total = np.full(len(sides), -np.inf)
    for order, stretch in subjects.orders:
        rows = np.flatnonzero(screen_blocks(sides[:, order], stretch[order]))
        if len(rows):
            ordered, starts = sides[np.ix_(rows, order)], _find_starts(stretch[order])
            chance = np.array(
                [fit_chance(*each, starts) for each in zip(ordered, made[rows], strict=True)]
            )
            for model in models:
                gain = model.log_likelihood(ordered, starts) - chance
                total[rows] = np.logaddexp(total[rows], gain)
    return np.asarray(total - np.log(len(models) * len(subjects.orders)), np.float64)


def _list_models(ratio: tuple[int, int]) -> Iterator["_BlockList"]:
    """Lists of one size of blocks and of mixed sizes, either arm on side 1, few and more errors."""
    for one, zero in sorted({ratio, (ratio[1], ratio[0])}):
        for multiples in (*((times,) for times in BLOCKS), BLOCKS[:3]):
            for errors in ERRORS:
                yield _build_list(multiples, one, zero, errors)


def _find_starts(stretch: Ints) -> Flags:
    """Where a stretch (a site) begins, in which the list begins with a whole block."""
    return np.concatenate([[True], stretch[1:] != stretch[:-1]])


@dataclass(frozen=True)
class _BlockList:
    """A list in permuted blocks as a hidden Markov model: what is left of a block is its state.

    The last state is the end of a block. ``from_one`` and ``from_zero`` give for each state the
    one that leads to it by a subject on side 1 or 0, ``by_one`` and ``by_zero`` with what chance.
    """

    from_one: Ints
    from_zero: Ints
    by_one: Floats
    by_zero: Floats
    begin: Floats
    errors: float

    def log_likelihood(self, sides: Classes, starts: Flags) -> Floats:
        """Return the log-likelihood of each row of ``sides``, in the order of the list."""
        belief = np.tile(self.begin, (len(sides), 1))
        total = np.zeros(len(sides))
        as_one = np.array([self.errors, 1 - self.errors, 1.0])[sides]
        as_zero = np.array([1 - self.errors, self.errors, 1.0])[sides]
        for step in range(sides.shape[1]):
            again = 1.0 if starts[step] else self.errors
            belief = (1 - again) * belief + again * self.begin
            belief = (
                as_one[:, step, None] * (belief[:, self.from_one] * self.by_one)
                + as_zero[:, step, None] * (belief[:, self.from_zero] * self.by_zero)
            )  # fmt: skip
            chance = belief.sum(axis=1, keepdims=True)
            belief = (belief + belief[:, -1:] * self.begin) / chance
            belief[:, -1] = 0
            total += np.log(chance[:, 0])
        return total


@cache
def _build_list(multiples: tuple[int, ...], one: int, zero: int, errors: float) -> _BlockList:
    whole = [(one * times, zero * times) for times in multiples]
    left = {(a, b) for x, y in whole for a in range(x + 1) for b in range(y + 1)}
    states = sorted(left, reverse=True)
    row_of = {state: row for row, state in enumerate(states)}
    before_one = [row_of.get((a + 1, b), -1) for a, b in states]
    before_zero = [row_of.get((a, b + 1), -1) for a, b in states]
    return _BlockList(
        from_one=np.maximum(before_one, 0),
        from_zero=np.maximum(before_zero, 0),
        by_one=np.array([(a + 1) / (a + b + 1) for a, b in states]) * (np.array(before_one) >= 0),
        by_zero=np.array([(b + 1) / (a + b + 1) for a, b in states]) * (np.array(before_zero) >= 0),
        begin=np.array([whole.count(state) / len(whole) for state in states]),
        errors=errors,
    )


def screen_blocks(sides: Classes, stretch: Ints) -> Flags:
    """Return which splits may be a list in blocks, by a cheaper look at near neighbours.

    In blocks, neighbours differ more often than by chance: those up to three apart, by 0.31 (blocks
    of 4) and 0.18 (blocks of 8) standard errors per root of the number of subjects.
    """
    has = sides >= 0
    mean = np.where(has, sides, 0).sum(axis=1) / np.maximum(has.sum(axis=1), 1)
    centred = np.where(has, sides - mean[:, None], 0.0)
    floor = 0.15 * np.sqrt(has.sum(axis=1)) - 1.5
    return np.asarray(_alternate(centred, stretch) >= floor)


def _alternate(centred: Floats, stretch: Ints) -> Floats:
    """How much neighbours differ more than by chance, in standard errors."""
    total, square = np.zeros(len(centred)), np.full(len(centred), 1e-12)
    for lag, weight in ((1, 3), (2, 2), (3, 1)):
        same = stretch[lag:] == stretch[:-lag]
        product = centred[:, lag:] * centred[:, :-lag] * same
        total -= weight * product.sum(axis=1)
        square += weight**2 * (product**2).sum(axis=1)
    return np.asarray(total / np.sqrt(square), np.float64)
