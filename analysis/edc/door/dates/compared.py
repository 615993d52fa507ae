"""Dates as numbers, to be compared at the precision that both have, without a text a row."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

UNITS = ("Y", "M", "D", "h", "m", "s")
LENGTHS = np.array([4, 7, 10, 13, 16, 19])
"""Of ISO texts to the year, month, day, hour, minute and second."""
DAY, SECOND = UNITS.index("D"), UNITS.index("s")
NONE = -1


@dataclass(frozen=True)
class Dates:
    """One date a row. ``seconds``: from 1970 to where it begins; ``precision``: which of
    :data:`UNITS` it names last, or :data:`NONE` for a missing one."""

    seconds: NDArray[np.int64]
    precision: NDArray[np.int8]

    def take(self, positions: NDArray[np.int64]) -> "Dates":
        """Return the dates at some positions; at -1 a missing one."""
        if not len(self.seconds):
            none = np.full(len(positions), NONE, dtype=np.int8)
            return Dates(np.zeros(len(positions), dtype=np.int64), none)
        precision = np.where(positions < 0, NONE, self.precision[positions])
        return Dates(self.seconds[positions], precision.astype(np.int8))

    def are_after(self, others: "Dates") -> NDArray[np.bool_]:
        """Return for each row whether it lies after the other; none where either is missing.

        A moment is compared with a day by the day, ``2025-03`` with a day by the month.

        >>> left = read_dates(pd.Series(["2026-03-06", "2026", None], dtype="str"))
        >>> right = read_dates(pd.Series(["2026-03-05T10:00", "2025-12", "2025"], dtype="str"))
        >>> left.are_after(right).tolist()
        [True, True, False]
        """
        shared = np.minimum(self.precision, others.precision)
        after = np.zeros(len(shared), dtype=bool)
        for unit in np.unique(shared[shared != NONE]):
            alike = np.flatnonzero(shared == unit)
            left, right = (_cut(each.seconds[alike], int(unit)) for each in (self, others))
            after[alike] = left > right
        return after

    def are_comparable(self, others: "Dates") -> NDArray[np.bool_]:
        """Return for each row whether both dates are there."""
        both: NDArray[np.bool_] = (self.precision != NONE) & (others.precision != NONE)
        return both


def read_dates(values: pd.Series, *, is_day: bool = False) -> Dates:
    """Return dates, moments or ISO texts as numbers, same rows; ``is_day``: to the day at most."""
    most = DAY if is_day else SECOND
    if pd.api.types.is_datetime64_any_dtype(values):
        moments = values.to_numpy(dtype="datetime64[s]")
        precision = np.where(np.isnat(moments), NONE, most)
        return Dates(_cut(moments.astype(np.int64), most), precision.astype(np.int8))
    codes, distinct = pd.factorize(values)
    texts = distinct.to_numpy(dtype=object).astype(f"U{LENGTHS[most]}")  # which cuts what is longer
    lengths = np.searchsorted(LENGTHS, np.char.str_len(texts), side="right") - 1
    known = Dates(texts.astype("datetime64[s]").astype(np.int64), lengths.astype(np.int8))
    return known.take(codes.astype(np.int64))


def _cut(seconds: NDArray[np.int64], unit: int) -> NDArray[np.int64]:
    """Moments as counts of years, months, days or less, as seconds where that is the unit."""
    if unit == SECOND:
        return seconds
    cut = seconds.astype("datetime64[s]").astype(f"datetime64[{UNITS[unit]}]")
    return cut.astype("datetime64[s]").astype(np.int64)
