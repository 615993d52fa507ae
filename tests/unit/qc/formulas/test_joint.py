"""Bounds over pairings: closed formulas, and every pairing of a few subjects."""

from __future__ import annotations

from itertools import permutations

import numpy as np
import pytest

from analysis.qc.formulas.joint import bound_gain

STEPS = np.arange(3)
BETTER = (STEPS[:, None] < STEPS[None, :]).astype(np.int64)


@pytest.mark.parametrize("gain", [BETTER, BETTER.T, BETTER - BETTER.T])
def test_no_pairing_of_equal_arms_gains_more_or_less(gain: np.ndarray) -> None:
    treated, reference = np.array([0, 1, 1, 2, 2]), np.array([0, 0, 1, 1, 2])
    sums = [int(gain[list(order), reference].sum()) for order in permutations(treated)]
    counts = [np.bincount(levels, minlength=3) for levels in (treated, reference)]
    # each of the five stands for five: the other arm's size
    assert bound_gain(gain, *counts) == (5 * min(sums), 5 * max(sums))


def test_unequal_arms_by_the_closed_formulas() -> None:
    """Fewest: the largest difference of the distribution functions; 7 against 4 subjects."""
    treated, reference = np.array([4, 2, 1]), np.array([1, 1, 2])
    lower = np.cumsum(treated) / 7 - np.cumsum(reference) / 4
    overlap = np.cumsum(reference) / 4 - np.concatenate([[0], np.cumsum(treated)[:-1]]) / 7
    fewest, most = lower.max() * 28, (1 - overlap.max()) * 28
    assert bound_gain(BETTER, treated, reference) == (round(fewest), round(most))
