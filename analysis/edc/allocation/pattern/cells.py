"""The cells of a column by their distinct texts: what each says is asked once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Value = TypeVar("Value", bound=np.generic)


@dataclass(frozen=True)
class Cells:
    """A column of text.

    ``codes``: int32, for each row the place of its text in ``texts``, -1 for none; ``texts``: str,
    each distinct text once, in the order of the rows.

    >>> cells = Cells.of(pd.Series(["b", "", "a", "b"]))
    >>> cells.codes.tolist(), cells.texts.tolist(), cells.counts.tolist()
    ([0, 1, 2, 0], ['b', '', 'a'], [2, 1, 1])
    >>> cells.rename({"a": "b"}).without_blank().codes.tolist()
    [0, -1, 0, 0]
    """

    codes: NDArray[np.int32]
    texts: pd.Series

    @classmethod
    def of(cls, texts: pd.Series) -> Cells:
        """Return the cells of a column, a text each."""
        codes, distinct = pd.factorize(texts)
        return cls(codes.astype(np.int32), pd.Series(distinct, dtype="str"))

    @property
    def counts(self) -> Ints:
        """How many rows hold each text."""
        used = self.codes[self.codes >= 0] if (self.codes < 0).any() else self.codes
        return np.bincount(used, minlength=len(self.texts)).astype(np.int64)

    @property
    def filled(self) -> NDArray[np.bool_]:
        """For each row, whether it holds anything."""
        return self.pick(np.asarray(self.texts != "", bool), False)

    def pick(self, by_text: NDArray[Value], otherwise: object) -> NDArray[Value]:
        """Return for each row what is given for its text, ``otherwise`` where it has none."""
        last = np.asarray([otherwise], by_text.dtype)
        return np.concatenate([by_text, last])[self.codes]

    def rename(self, texts: Mapping[str, str]) -> Cells:
        """Return the cells with other texts for some; those that become the same are one."""
        if not texts:
            return self
        renamed = Cells.of(self.texts.replace(dict(texts)))
        return Cells(renamed.pick_codes(self.codes), renamed.texts)

    def without_blank(self) -> Cells:
        """Return the cells with no text where it is empty."""
        keep = np.asarray(self.texts != "", bool)
        if keep.all():
            return self
        places = np.where(keep, np.cumsum(keep) - 1, -1).astype(np.int32)
        moved = Cells(places, self.texts)
        return Cells(moved.pick_codes(self.codes), self.texts[keep].reset_index(drop=True))

    def pick_codes(self, codes: NDArray[np.int32]) -> NDArray[np.int32]:
        """Return the codes of rows that are numbered by the rows of these cells."""
        return np.append(self.codes, np.int32(-1))[codes]


def may_match(texts: pd.Series, pattern: str) -> NDArray[np.bool_]:
    """Return which texts hold ``pattern`` (RE2, of any case), or more than printable ASCII.

    Of the latter none is judged: they may look like something else. An empty pattern is in none.

    >>> may_match(pd.Series(["Arm A", "b", "\u0410"]), "a$").tolist()
    [True, False, True]
    """
    array = pa.array(texts, pa.large_string())
    plain = np.asarray(pc.ascii_is_printable(array), bool)
    if not pattern:
        return ~plain
    held = np.asarray(pc.match_substring_regex(array, pattern, ignore_case=True), bool)
    return np.asarray(~plain | held, bool)
