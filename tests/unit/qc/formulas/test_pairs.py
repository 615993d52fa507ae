"""Win odds by all pairs: small trials by hand."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from analysis.qc.formulas.pairs import (
    Wins,
    compare_adjusted,
    compare_pairs,
    compare_strata,
    pool_strata,
)

EXACT = 1e-13
"""Relative: a few sums of fractions."""
LEVELS = np.array([0, 2, 3, 1, 2, 5])
TREATED = np.array([True, True, True, False, False, False])


def wins(found: Wins | str) -> Wins:
    assert isinstance(found, Wins), found
    return found


def test_three_against_three_by_hand() -> None:
    """0 beats all of (1, 2, 5); 2 loses, ties and wins; 3 loses, loses and wins.

    Shares won 1, 1/2, 1/3, with variance 13/108; shares lost to the treatment 1/3, 1/2, 1, the
    same. The mean is 11/18 and its variance 13/108 / 3 twice over.
    """
    found = wins(compare_pairs(LEVELS, TREATED))
    assert found.probability == pytest.approx(11 / 18, rel=EXACT)
    assert found.variance == pytest.approx(2 * 13 / 324, rel=EXACT)
    assert found.log_odds == pytest.approx(np.log(11 / 7), rel=EXACT)
    error = np.sqrt(2 * 13 / 324) / (11 / 18 * 7 / 18)
    assert found.log_odds_error == pytest.approx(error, rel=EXACT)


def test_strata_are_weighted_by_hand() -> None:
    """Two strata of 3 + 3 and 2 + 2: weights 3/2 and 1, win probabilities 11/18 and 1/2."""
    levels = np.concatenate([LEVELS, [0, 1, 0, 1]])
    treated = np.concatenate([TREATED, [True, True, False, False]])
    found = wins(compare_strata(levels, treated, np.array(["a"] * 6 + ["b"] * 4)))
    assert found.probability == pytest.approx(0.6 * 11 / 18 + 0.4 / 2, rel=EXACT)
    # shares 3/4 and 1/4 in both arms: variance 1/8, over 2, twice
    assert found.variance == pytest.approx(0.36 * 26 / 324 + 0.16 / 8, rel=EXACT)


def test_a_covariate_without_relation_changes_nothing() -> None:
    """Both arms have the covariate 0, 1, -1 with equal means, and it is free of the shares."""
    levels = np.array([0, 1, 1, 0, 2, 2, 0, 3])
    treated = np.array([True] * 4 + [False] * 4)
    covariate = np.array([1.0, 1, -1, -1, 1, -1, 1, -1])[:, None]
    plain = wins(compare_pairs(levels, treated))
    adjusted = wins(compare_adjusted(levels, treated, covariate))
    own = np.cov(covariate[treated, 0], [0.875, 0.75, 0.75, 0.875])[0, 1]
    other = np.cov(covariate[~treated, 0], [1.0, 1.0, 0.25, 1.0])[0, 1]
    spread = 2 * (4 / 3) / 4  # the covariate's variance 4/3 in each arm, over 4
    slope = (own / 4 - other / 4) / spread
    assert adjusted.probability == pytest.approx(plain.probability, rel=EXACT)
    assert adjusted.variance == pytest.approx(plain.variance - slope**2 * spread, rel=EXACT)


def test_a_variance_that_leaves_each_subject_out() -> None:
    """Shares 1, 5/6, 1/6 against 1/2, 2/3, 5/6, covariate 0, 1, 2 against 1, 1, 4: slope -1/6.

    Residuals 1/6, 1/6, -1/3 and 0, 1/6, -1/6; leverages x^2 / 8: 1/8, 0, 1/8 and 1/8, 1/8, 1/2."""
    covariate = np.array([0.0, 1, 2, 1, 1, 4])[:, None]
    levels = np.array([0, 1, 3, 1, 2, 3])
    treated = np.array([True] * 3 + [False] * 3)
    found = wins(compare_adjusted(levels, treated, covariate, leaves_out=True))
    assert found.probability == pytest.approx(1 / 2, rel=EXACT)
    variance = (16 / 441 + 1 / 36 + 64 / 441 + 16 / 441 + 1 / 9) / 6
    assert found.variance == pytest.approx(variance, rel=EXACT)


def test_small_strata() -> None:
    labels = pd.Series(["a"] * 8 + ["b"] * 3 + ["c"])
    treated = np.array([True, False] * 6)
    pooled = pool_strata(labels, treated, 4)
    assert (pooled.given, pooled.small, pooled.small_rows) == (3, ("b", "c"), 4)
    assert pooled.is_pooled
    assert not pool_strata(labels[:11], treated[:11], 4).is_pooled  # one of b is in the reference


@pytest.mark.parametrize(
    ("levels", "treated", "reason"),
    [
        ([0, 0, 1, 1], [True, True, False, False], "one arm wins every pair"),
        ([1, 1, 1, 1], [True, True, False, False], "no variance within the arms"),
        ([0, 1, 2], [True, True, False], "fewer than two subjects in an arm"),
    ],
)
def test_no_comparison_says_why(levels: list[int], treated: list[bool], reason: str) -> None:
    assert compare_pairs(np.array(levels), np.array(treated)) == reason


def test_collinear_covariates_say_so() -> None:
    twice = np.column_stack([np.arange(6.0), 2 * np.arange(6.0)])
    assert compare_adjusted(LEVELS, TREATED, twice[:, :1]) != "collinear covariates"
    levels, treated = np.tile(LEVELS, 3), np.tile(TREATED, 3)
    columns = np.column_stack([np.arange(18.0) ** 2, 2 * np.arange(18.0) ** 2])
    assert compare_adjusted(levels, treated, columns) == "collinear covariates"
