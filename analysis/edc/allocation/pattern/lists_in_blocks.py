"""Lists in permuted blocks as hidden Markov models, and how likely a split is under each."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from analysis.edc.allocation.pattern.randomised import Ints
from analysis.edc.allocation.pattern.splits import Classes

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

BLOCKS = (1, 2, 3, 4)
"""Sizes of blocks as multiples of the sum of the ratio; the first three also mixed in one list."""
SUBJECTS_AT_ONCE = 512
"""Chances are summed after so many subjects, in the order of the subjects."""
ERRORS = (0.002, 0.03)
"""Shares of errors in reading the list: a side that is wrong (exchanged, another's number), and a
block that ends early (numbers that no subject of the export has)."""


@dataclass(frozen=True)
class BlockLists:
    """One list or several side by side; what is left of a block is a state of a list.

    The last state of a list is the end of a block. ``from_one`` and ``from_zero`` give for each
    state the one that leads to it by a subject on side 1 or 0, ``by_one`` and ``by_zero`` with what
    chance, ``begin`` the chance that a block begins there, ``errors`` the errors of its list.
    ``first`` is the first state of each list.
    """

    from_one: Ints
    from_zero: Ints
    by_one: Floats
    by_zero: Floats
    begin: Floats
    errors: Floats
    first: Ints

    @property
    def count(self) -> int:
        """How many lists there are."""
        return len(self.first)

    def log_likelihood(self, sides: Classes, starts: Flags) -> Floats:
        """Return the log-likelihood of each row of ``sides`` by list.

        Columns are in the order in which a list was used up; it begins with a whole block at each
        of ``starts`` (of the same shape).
        """
        of_list = np.repeat(np.arange(self.count), np.diff([*self.first, len(self.begin)]))
        ends = np.array([*self.first[1:], len(self.begin)]) - 1
        # By side: 0, 1, none (the last, for -1). States are rows here, splits columns.
        rate = np.array([0.0, 1.0, 1.0])[:, None] + np.outer([1.0, -1.0, 0.0], self.errors)
        as_one, as_zero = (rate * self.by_one).T, (rate[[1, 0, 2]] * self.by_zero).T
        begin, errors = self.begin[:, None], self.errors[:, None]
        belief = np.repeat(begin, len(sides), axis=1)
        chances = np.ones((SUBJECTS_AT_ONCE, self.count, len(sides)))
        total = np.zeros((1, self.count, len(sides)))
        by_subject = (np.ascontiguousarray(each.T) for each in (sides, starts))
        for place, (side, start) in enumerate(zip(*by_subject, strict=True), start=1):
            chance = chances[(place - 1) % SUBJECTS_AT_ONCE]
            belief += np.where(start, 1.0, errors) * (begin - belief)
            by_one = as_one.take(side, axis=1, mode="wrap") * belief.take(self.from_one, axis=0)
            by_zero = as_zero.take(side, axis=1, mode="wrap") * belief.take(self.from_zero, axis=0)
            belief = by_one + by_zero
            np.add.reduceat(belief, self.first, axis=0, out=chance)
            belief += belief.take(ends, axis=0).take(of_list, axis=0) * begin
            belief[ends] = 0
            belief /= chance.take(of_list, axis=0)
            if place % SUBJECTS_AT_ONCE == 0 or place == sides.shape[1]:
                filled = chances[: (place - 1) % SUBJECTS_AT_ONCE + 1]
                total = np.concatenate([total, np.log(filled)]).sum(axis=0, keepdims=True)
        return np.asarray(total[0].T, np.float64)


@cache
def join_lists(ratio: tuple[int, int]) -> BlockLists:
    """Return the lists that are thought of, side by side."""
    lists = list(_iter_lists(ratio))
    first = np.cumsum([0, *(len(each.begin) for each in lists)])[:-1]
    pairs = list(zip(lists, first, strict=True))
    return BlockLists(
        from_one=np.concatenate([each.from_one + start for each, start in pairs]),
        from_zero=np.concatenate([each.from_zero + start for each, start in pairs]),
        by_one=np.concatenate([each.by_one for each in lists]),
        by_zero=np.concatenate([each.by_zero for each in lists]),
        begin=np.concatenate([each.begin for each in lists]),
        errors=np.concatenate([each.errors for each in lists]),
        first=first,
    )


def _iter_lists(ratio: tuple[int, int]) -> Iterator[BlockLists]:
    """Lists of one size of blocks and of mixed sizes, either arm on side 1, few and more errors."""
    for one, zero in sorted({ratio, (ratio[1], ratio[0])}):
        for multiples in (*((times,) for times in BLOCKS), BLOCKS[:3]):
            for errors in ERRORS:
                yield _build_list(multiples, one, zero, errors)


def _build_list(multiples: tuple[int, ...], one: int, zero: int, errors: float) -> BlockLists:
    whole = [(one * times, zero * times) for times in multiples]
    left = {(a, b) for x, y in whole for a in range(x + 1) for b in range(y + 1)}
    states = sorted(left, reverse=True)
    row_of = {state: row for row, state in enumerate(states)}
    before_one = np.array([row_of.get((a + 1, b), -1) for a, b in states])
    before_zero = np.array([row_of.get((a, b + 1), -1) for a, b in states])
    return BlockLists(
        from_one=np.maximum(before_one, 0),
        from_zero=np.maximum(before_zero, 0),
        by_one=np.array([(a + 1) / (a + b + 1) for a, b in states]) * (before_one >= 0),
        by_zero=np.array([(b + 1) / (a + b + 1) for a, b in states]) * (before_zero >= 0),
        begin=np.array([whole.count(state) / len(whole) for state in states]),
        errors=np.full(len(states), errors),
        first=np.zeros(1, np.int64),
    )
