"""Rows counted by level, placement values and their combination over strata, by hand."""

from __future__ import annotations

import numpy as np
import pytest

from analysis.errors import EstimationError
from analysis.models.win_odds import level_counts
from analysis.models.win_odds.level_counts import (
    LevelCounts,
    TwoArms,
    count_higher,
    count_levels,
    count_lower,
)
from analysis.models.win_odds.placement import place

EXACT = 1e-15  # a few operations on small fractions

# Stratum 0: treatment 0, 1, 3 against 1, 2, 3. Stratum 1: treatment 2, 2 against 2, 2.
COUNTS = LevelCounts(
    treated=np.array([[1.0, 1.0, 0.0, 1.0], [0.0, 0.0, 2.0, 0.0]]),
    reference=np.array([[0.0, 1.0, 1.0, 1.0], [0.0, 0.0, 2.0, 0.0]]),
)


def test_rows_are_counted_by_stratum_and_level() -> None:
    arms = TwoArms(
        levels=np.array([3, 1, 0, 2, 3, 1, 2, 2, 2, 2]),
        treated=np.array([1, 1, 1, 0, 0, 0, 1, 0, 1, 0], dtype=bool),
    )
    counts = count_levels(arms, np.array([0, 0, 0, 0, 0, 0, 1, 1, 1, 1]))
    assert np.array_equal(counts.treated, COUNTS.treated)
    assert np.array_equal(counts.reference, COUNTS.reference)


def test_too_many_cells_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(level_counts, "MOST_CELLS", 5)
    arms = TwoArms(np.array([0, 1, 2]), np.array([True, False, True]))
    with pytest.raises(EstimationError, match="2 strata of 3 levels are too many"):
        count_levels(arms, np.array([0, 1, 1]))


def test_higher_and_lower_rows_count_ties_half() -> None:
    table = np.array([[2.0, 0.0, 4.0]])
    assert count_higher(table).tolist() == [[5.0, 4.0, 2.0]]
    assert count_lower(table).tolist() == [[1.0, 2.0, 4.0]]


def test_placement_by_hand() -> None:
    """Shares beaten 1, 5/6, 1/6 and beaten by 1/2, 2/3, 5/6: variances 7/36 and 1/36 over 3."""
    placement = place(COUNTS)
    assert placement.treated[0] == pytest.approx([1, 5 / 6, 1 / 2, 1 / 6], rel=EXACT)
    assert placement.reference[0] == pytest.approx([1 / 6, 1 / 2, 2 / 3, 5 / 6], rel=EXACT)
    assert placement.win_probability == pytest.approx([6 / 9, 1 / 2], rel=EXACT)
    assert placement.variance == pytest.approx([2 / 27, 0], rel=EXACT)


def test_strata_are_weighted_by_n1_n0_over_n() -> None:
    """Weights 9/6 and 4/4, as shares 3/5 and 2/5."""
    placement = place(COUNTS)
    assert placement.weights == pytest.approx([3 / 5, 2 / 5], rel=EXACT)
    probability, variance = placement.combine()
    assert probability == pytest.approx(3 / 5 * 2 / 3 + 2 / 5 / 2, rel=EXACT)
    assert variance == pytest.approx(9 / 25 * 2 / 27, rel=EXACT)
