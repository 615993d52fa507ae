"""Pairs by levels: three against three by hand, margins, censoring, and no comparison."""

from __future__ import annotations

import numpy as np
import pytest

from analysis.qc.formulas.hierarchy import (
    PairEffects,
    Shares,
    compare_by_levels,
    compare_deaths,
    compare_scores,
)

EXACT = 1e-13
"""Relative: a few sums of fractions."""
TREATED = np.array([True, True, True, False, False, False])
DAYS = np.array([90.0, 90.0, 30.0, 90.0, 90.0, 10.0])
DIED = np.array([False, False, True, False, False, True])
SCORES = -np.array([1.0, 2.0, 6.0, 2.0, 3.0, 6.0])


def effects(found: PairEffects | str) -> PairEffects:
    assert isinstance(found, PairEffects), found
    return found


def test_three_against_three_by_hand() -> None:
    """Deaths: all three outlive day 10, and day 30 loses to both alive. The mRS: 1 beats 2 and 3,
    2 beats 3 and ties 2."""
    deaths = compare_deaths(DAYS, DIED, TREATED, 0.0)
    assert deaths.tolist() == [[0, 0, 1], [0, 0, 1], [-1, -1, 1]]
    scores = compare_scores(SCORES, TREATED, 0.0)
    assert scores.tolist() == [[1, 1, 1], [0, 1, 1], [-1, -1, 0]]
    found = effects(compare_by_levels([deaths, scores]))
    assert found.levels == [Shares(3 / 9, 2 / 9, 4 / 9), Shares(3 / 9, 0.0, 1 / 9)]
    assert found.whole == Shares(6 / 9, 2 / 9, 1 / 9)
    assert found.log_ratio[0] == pytest.approx(np.log(3.0), rel=EXACT)
    assert found.log_odds[0] == pytest.approx(np.log(6.5 / 2.5), rel=EXACT)
    assert found.net[0] == pytest.approx(4 / 9, rel=EXACT)


def test_the_errors_by_hand() -> None:
    """Of the same pairs: wins less losses 1, 2/3, -1/3 by treated, 0, 1/3, 1 by the others.

    What each adds to the log ratio is its wins over 6/9 less its losses over 2/9.
    """
    signs = np.array([[1.0, 1.0, 1.0], [0.0, 1.0, 1.0], [-1.0, -1.0, 1.0]])
    found = effects(compare_by_levels([signs]))
    by_treated, by_others = np.array([1, 2 / 3, -1 / 3]), np.array([0, 1 / 3, 1])
    error = np.sqrt((np.var(by_treated, ddof=1) + np.var(by_others, ddof=1)) / 3)
    assert found.net[1] == pytest.approx(error, rel=EXACT)
    theta = 6.5 / 9
    assert found.log_odds[1] == pytest.approx(error / 2 / (theta * (1 - theta)), rel=EXACT)
    own = np.array([3, 2, 1]) / 3 / (6 / 9) - np.array([0, 0, 2]) / 3 / (2 / 9)
    other = np.array([1, 2, 3]) / 3 / (6 / 9) - np.array([1, 1, 0]) / 3 / (2 / 9)
    wanted = np.sqrt((np.var(own, ddof=1) + np.var(other, ddof=1)) / 3)
    assert found.log_ratio[1] == pytest.approx(wanted, rel=EXACT)


def test_margins_and_what_is_missing() -> None:
    treated = np.array([True, True, False, False])
    scores = np.array([0.3, np.nan, 0.2, 0.1])
    assert compare_scores(scores, treated, 0.1).tolist() == [[0, 1], [0, 0]]  # 0.3 - 0.2 > 0.1 in
    # binary, and equal to nine decimals
    assert compare_scores(scores, treated, 0.05).tolist() == [[1, 1], [0, 0]]


def test_censoring_hides_an_order_and_a_margin_may_pass_alive() -> None:
    treated = np.array([True, True, True, False])
    days = np.array([40.0, 37.0, 36.0, 30.0])
    died = np.array([True, False, False, True])
    assert compare_deaths(days, died, treated, 7.0).tolist() == [[1], [1], [0]]
    assert compare_deaths(days, died, treated, 10.0).tolist() == [[0], [0], [0]]
    unknown = np.array([True, False, False, False])
    assert compare_deaths(days, unknown, treated, 0.0).tolist() == [[0], [0], [0]]


@pytest.mark.parametrize(
    ("signs", "reason"),
    [
        ([[1.0, 1.0]], "fewer than two subjects in an arm"),
        ([[1.0, 0.0], [1.0, 1.0]], "one arm wins every pair"),
        ([[0.0, 0.0], [0.0, 0.0]], "one arm wins every pair"),
        ([[1.0, -1.0], [-1.0, 1.0]], "no variance within the arms"),
    ],
)
def test_no_comparison_says_why(signs: list[list[float]], reason: str) -> None:
    assert compare_by_levels([np.array(signs)]) == reason
