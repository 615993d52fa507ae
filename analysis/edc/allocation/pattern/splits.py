"""Splits of the subjects in two, which may be the arms: how they were found, and who is where."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import IntEnum
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from analysis.edc.allocation.pattern.randomised import Ints

Classes = NDArray[np.int8]
"""The side of each distinct text, or of each row: 1 or 0, -1 for neither."""

SAME = 0.9
"""Nearly all rows of a subject are on one side from this share on."""
CELLS_AT_ONCE = 2**23
"""Splits are measured in batches: what is made of one has 8 bytes a subject and more."""
FEW = 20
"""Splits of fewer subjects are no finding: their balance says nothing."""


class Nature(IntEnum):
    """How a split looks.

    ``CODES``: two values that say nothing else (A and B, blue and red), so that a balance near the
    ratio is enough. ``FLAG``: yes and no, male and female and the like. ``DERIVED``: made from the
    values (parity, a character, the upper half), of which every column has some.
    """

    CODES = 0
    FLAG = 1
    DERIVED = 2


@dataclass(frozen=True)
class Split:
    """A split of the subjects: side 1 or 0, -1 without one, and by what.

    ``given``: what a split is balanced by the way in which it was made, in nats.
    """

    by: str
    nature: Nature
    side: Classes
    given: float = 0.0

    @property
    def count(self) -> int:
        """How many subjects have a side."""
        return int((self.side >= 0).sum())

    def is_near(self, ratio: tuple[int, int], tolerance: float = 3.0) -> bool:
        """Return whether the sides are within ``tolerance`` standard errors of the ratio."""
        if self.count < FEW:
            return False
        share, planned = float((self.side == 1).sum()) / self.count, ratio[0] / sum(ratio)
        width = tolerance * (planned * (1 - planned) / self.count) ** 0.5
        return bool(min(abs(share - planned), abs(1 - share - planned)) <= width)


def reduce_rows(rows: Classes, subjects: Ints, count: int) -> Classes:
    """Return the side of each subject in nearly all rows that have one; -1 where they differ."""
    known = subjects >= 0
    ones, zeros = (np.bincount(subjects[known & (rows == s)], minlength=count) for s in (1, 0))
    total = ones + zeros
    share = np.divide(ones, total, out=np.full(count, 0.5), where=total > 0)
    return np.where(share >= SAME, 1, np.where(share <= 1 - SAME, 0, -1)).astype(np.int8)


def drop_repeated(splits: Iterable[Split]) -> list[Split]:
    """Return each split once, whichever side is called 1; the first that found it is kept."""
    kept: dict[bytes, Split] = {}
    for split in splits:
        if (split.side >= 0).any():
            kept.setdefault(digest(turn_first(split.side)), split)
    return list(kept.values())


def digest(side: Classes) -> bytes:
    """Return by what splits are known to be the same, in the place of a byte a subject."""
    return blake2b(np.ascontiguousarray(side).data, digest_size=32).digest()


def iter_batches(count: int, width: int) -> Iterator[slice]:
    """Yield slices of so many splits that their subjects together are :data:`CELLS_AT_ONCE`.

    >>> [(batch.start, batch.stop) for batch in iter_batches(3, CELLS_AT_ONCE // 2)]
    [(0, 2), (2, 3)]
    """
    step = max(CELLS_AT_ONCE // max(width, 1), 1)
    for start in range(0, count, step):
        yield slice(start, min(start + step, count))


def turn_first(side: Classes) -> Classes:
    """Return a split with 1 for the side of the first subject that has one."""
    has = np.flatnonzero(side >= 0)
    if not len(has) or side[has[0]] == 1:
        return side
    return np.where(side >= 0, 1 - side, -1).astype(np.int8)
