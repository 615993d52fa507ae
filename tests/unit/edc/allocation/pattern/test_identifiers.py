"""Identifiers: whatever way they are written, and whose they are."""

from __future__ import annotations

import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from analysis.edc.allocation.pattern.identifiers import (
    NOBODY,
    Identifiers,
    fold_all,
    fold_identifier,
)

TEXTS = st.lists(st.text("aZ019 -_./\t\u00e9\uff11\u0660", max_size=9), max_size=20)
SUBJECTS = Identifiers.of(pd.Series(["S-01", "S-02", "S-03"]), np.arange(3))


def _find(known: Identifiers, *texts: str) -> list[int]:
    return known.find(pd.Series(texts, dtype="str")).tolist()


@given(TEXTS)
def test_all_at_once_are_folded_as_one_by_one(texts: list[str]) -> None:
    column = pd.Series(texts, dtype="str")
    assert fold_all(column).tolist() == [fold_identifier(text) for text in texts]


def test_of_texts_that_are_folded_to_one_the_last_counts() -> None:
    known = Identifiers.of(pd.Series(["S1", "s01"]), np.arange(2))
    assert _find(known, "S001", "S2") == [1, -1]


def test_a_further_identifier_names_a_subject_if_it_is_of_no_other() -> None:
    kits = pd.Series(["K1", "K2", "K2", "", "S-02", "K3", "K4"])
    owners = np.array([0, 0, 1, 2, 0, 2, -1])
    known = SUBJECTS.link([(kits, owners), (pd.Series(["k-03"]), np.array([2]))])
    assert _find(known, "k1", "K2", "", "S-2", "K3", "K-3", "K4") == [0, -1, -1, 1, 2, 2, -1]


def test_without_further_ones_nothing_changes() -> None:
    assert SUBJECTS.link([]) is SUBJECTS
    assert _find(NOBODY, "S-01", "") == [-1, -1]
