"""Evidence of permuted blocks: lists have it; coins, and numbers given out in turn, have none."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from analysis.edc.allocation.pattern import splits
from analysis.edc.allocation.pattern.blocks import measure_blocks
from analysis.edc.allocation.pattern.identifiers import NOBODY
from analysis.edc.allocation.pattern.randomised import Randomised

COUNT, RATIO = 210, (1, 1)
NUMBERS = np.arange(COUNT)
EVERYBODY = np.zeros(COUNT, np.int64)
LOWEST_LIMIT = 2.5


def _describe(*orders: np.ndarray) -> Randomised:
    pairs = tuple((order.astype(np.int64), EVERYBODY) for order in orders)
    times = pd.Series(dtype="datetime64[s]")
    return Randomised(COUNT, EVERYBODY, pairs, NOBODY, pd.Series(dtype="str"), times)


def _swap_neighbours(share: float) -> np.ndarray:
    """An order that is nearly that of the numbers, as of randomisation beside screening."""
    return np.argsort(NUMBERS + np.random.default_rng(1).uniform(0, share, COUNT))


def _measure(side: np.ndarray, subjects: Randomised, made: bool = True) -> float:
    return float(measure_blocks(side[None].astype(np.int8), subjects, RATIO, np.array([made]))[0])


def test_odd_numbers_are_no_list_in_an_order_that_is_nearly_theirs() -> None:
    nearly = _swap_neighbours(3.0)
    assert _measure(NUMBERS % 2, _describe(nearly)) > LOWEST_LIMIT
    assert _measure(NUMBERS % 2, _describe(NUMBERS, nearly)) < 0


def test_a_list_in_blocks_is_found_beside_other_orders() -> None:
    rng = np.random.default_rng(2)
    side = rng.permuted(np.tile([0, 1, 0, 1], (COUNT // 4 + 1, 1)), axis=1).ravel()[:COUNT]
    assert _measure(side, _describe(NUMBERS, _swap_neighbours(3.0), rng.permutation(COUNT))) > 5.5


def test_an_order_given_twice_counts_as_two() -> None:
    side, nearly = NUMBERS % 4 // 2, _swap_neighbours(2.0)
    once, twice = _describe(NUMBERS, nearly), _describe(NUMBERS, nearly, NUMBERS, nearly)
    assert np.isclose(_measure(side, once), _measure(side, twice))


def test_the_side_that_is_called_1_does_not_matter() -> None:
    side = np.random.default_rng(3).permuted(np.tile([0, 1], (105, 1)), axis=1).ravel()
    subjects = _describe(NUMBERS)
    assert np.isclose(_measure(side, subjects), _measure(1 - side, subjects))


def test_the_size_of_batches_does_not_matter(monkeypatch: pytest.MonkeyPatch) -> None:
    sides = np.random.default_rng(4).permuted(np.tile([0, 1], (7, COUNT // 2)), axis=1)
    sides[::2] = np.tile([0, 1, 1, 0], COUNT)[:COUNT]
    made, subjects = np.arange(7) % 2 == 0, _describe(NUMBERS, _swap_neighbours(3.0))
    expected = measure_blocks(sides.astype(np.int8), subjects, RATIO, made)
    monkeypatch.setattr(splits, "CELLS_AT_ONCE", 2 * COUNT)
    found = measure_blocks(sides.astype(np.int8), subjects, RATIO, made)
    assert np.isfinite(expected).any()
    assert found.tolist() == expected.tolist()
