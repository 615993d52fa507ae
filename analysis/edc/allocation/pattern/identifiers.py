"""Identifiers without case, marks and leading zeros, and whose they are."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from analysis.edc.allocation.pattern.cells import Cells

Ints = NDArray[np.int64]

_NUMBER = re.compile(r"(\d+)")
_MARKS, _ZEROS = "[^a-z0-9]", "(^|[^0-9])0+([0-9])"


@dataclass(frozen=True)
class Identifiers:
    """Identifiers that belong to one subject each.

    ``folded``: as :func:`fold_all` writes them, each once; ``subjects``: the number of the subject.
    """

    folded: pa.LargeStringArray
    subjects: Ints

    @classmethod
    def of(cls, texts: pd.Series, subjects: Ints) -> Identifiers:
        """Return some texts as identifiers; of those that are folded to one the last counts."""
        folded = fold_all(texts)
        last = ~folded.duplicated(keep="last").to_numpy()
        return cls(_as_array(folded[last]), subjects[last])

    def find(self, texts: pd.Series) -> Ints:
        """Return for each text the subject that it names, -1 for none.

        >>> known = Identifiers.of(pd.Series(["S-01", "S-02"]), np.arange(2))
        >>> known.find(pd.Series(["s 2", "S-03"])).tolist()
        [1, -1]
        """
        cells = Cells.of(texts)
        places = pc.index_in(_as_array(fold_all(cells.texts)), value_set=self.folded)
        found = np.asarray(pc.fill_null(places, -1), np.int64)
        by_text = np.append(self.subjects, np.int64(-1))[found]
        return np.asarray(cells.pick(by_text, -1), np.int64)

    def link(self, further: Iterable[tuple[pd.Series, Ints]]) -> Identifiers:
        """Return these identifiers, and further ones that name one subject alone.

        ``further``: texts with their subjects, -1 for none. An empty text is no identifier.
        """
        pairs = [_fold_used(texts, subjects) for texts, subjects in further]
        if not pairs:
            return self
        cells = Cells.of(pd.concat([folded for folded, _ in pairs], ignore_index=True))
        owners = np.concatenate([subjects for _, subjects in pairs])
        lowest = np.full(len(cells.texts), np.iinfo(np.int64).max)
        highest = np.full(len(cells.texts), -1, np.int64)
        np.minimum.at(lowest, cells.codes, owners)
        np.maximum.at(highest, cells.codes, owners)
        own = np.asarray(pc.is_in(_as_array(cells.texts), value_set=self.folded), bool)
        alone = (lowest == highest) & ~own
        folded = pa.chunked_array([self.folded, _as_array(cells.texts[alone])])
        return Identifiers(folded.combine_chunks(), np.append(self.subjects, lowest[alone]))


NOBODY = Identifiers(pa.array([], pa.large_string()), np.zeros(0, np.int64))
"""No identifiers."""


def fold_all(texts: pd.Series) -> pd.Series:
    """Return identifiers without case, width, punctuation and leading zeros of their numbers.

    Rows are numbered anew.

    >>> fold_all(pd.Series(["S-007", "\uff33\uff0d7", "s7"])).tolist()
    ['s/7', 's/7', 's7']
    """
    array = _as_array(texts)
    marked = pc.replace_substring_regex(pc.ascii_lower(array), _MARKS, "/")
    plain = pc.replace_substring_regex(marked, _ZEROS, r"\1\2")
    folded: pd.Series = plain.to_pandas().astype("str")
    other = np.flatnonzero(~np.asarray(pc.string_is_ascii(array), bool))
    if len(other):
        folded.iloc[other] = [fold_identifier(array[place].as_py()) for place in other]
    return folded


def fold_identifier(text: str) -> str:
    """Return one identifier as :func:`fold_all` does, whatever characters it has."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    parts = _NUMBER.split("".join(c if c.isalnum() else " " for c in folded))
    return "".join((part.lstrip("0") or "0") if part.isdigit() else part for part in parts).replace(
        " ", "/"
    )


def _fold_used(texts: pd.Series, subjects: Ints) -> tuple[pd.Series, Ints]:
    """The texts that are of a subject, folded."""
    used = np.asarray(texts != "", bool) & (subjects >= 0)
    cells = Cells.of(texts[used])
    return fold_all(cells.texts).take(cells.codes), subjects[used]


def _as_array(texts: pd.Series) -> pa.LargeStringArray:
    """A column of text as one array of Arrow."""
    array = pa.array(texts, pa.large_string())
    return array.combine_chunks() if isinstance(array, pa.ChunkedArray) else array
