"""Rubin's rules by hand, their limits, and what is refused."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import ArrayLike

from analysis.errors import EstimationError
from analysis.models.imputation.rubin import combine_rubin

EXACT = 1e-12  # a handful of operations
ALPHA = 0.05


def test_two_imputations_by_hand() -> None:
    """Within 2, between 2, so 3 are added to 2; 10 complete degrees of freedom.

    Share added 3/5; (m - 1) / share^2 = 25/9; observed 10 * 11/13 * 2/5 = 44/13.
    """
    pooled = combine_rubin([1.0, 3.0], [1.5, 2.5], 10, ALPHA)
    df = 1 / (9 / 25 + 13 / 44)
    missing = (3 / 2 + 2 / (df + 3)) / (3 / 2 + 1)
    assert pooled.estimate == 2.0
    assert pooled.within == 2.0
    assert pooled.between == pytest.approx(2.0, rel=EXACT)
    assert pooled.standard_error == pytest.approx(np.sqrt(5), rel=EXACT)
    assert pooled.variance_increase == pytest.approx(3 / 2, rel=EXACT)
    assert pooled.degrees_of_freedom == pytest.approx(df, rel=EXACT)
    assert pooled.missing_information == pytest.approx(missing, rel=EXACT)
    assert pooled.relative_efficiency == pytest.approx(1 / (1 + missing / 2), rel=EXACT)
    assert pooled.imputations == 2


def test_interval_and_p_value_are_those_of_t() -> None:
    """df = 1 / (1 / 4 + 1 / 12) = 3 by choice of ``complete_df``: t quantile 3.182446305284263."""
    # share 1/2 with m = 2: imputed df 4; observed = complete (complete + 1) / (complete + 3) / 2
    complete = (23 + np.sqrt(23**2 + 4 * 72)) / 2  # the root of c^2 - 23 c - 72 = 0
    pooled = combine_rubin([-1.0, 1.0], [3.0, 3.0], complete, ALPHA)
    assert pooled.degrees_of_freedom == pytest.approx(3.0, rel=EXACT)
    assert pooled.high == pytest.approx(3.182446305284263 * np.sqrt(6), rel=EXACT)
    assert pooled.low == pytest.approx(-pooled.high, rel=EXACT)
    assert pooled.p_value == pytest.approx(1.0, rel=EXACT)


def test_equal_estimates_have_the_complete_data_degrees_of_freedom() -> None:
    """Nothing is missing: complete_df (complete_df + 1) / (complete_df + 3)."""
    pooled = combine_rubin([0.5] * 5, [0.04] * 5, 20, ALPHA)
    assert pooled.standard_error == pytest.approx(0.2, rel=EXACT)
    assert pooled.degrees_of_freedom == pytest.approx(20 * 21 / 23, rel=EXACT)
    normal = combine_rubin([0.5] * 5, [0.04] * 5, np.inf, ALPHA)
    assert np.isinf(normal.degrees_of_freedom)
    assert normal.missing_information == 0.0
    assert normal.high == pytest.approx(0.5 + 1.959963984540054 * 0.2, rel=EXACT)


def test_more_missing_information_takes_degrees_of_freedom() -> None:
    spreads = (0.0, 0.1, 0.3, 1.0)
    pooled = [combine_rubin([-s, 0.0, s], [0.1] * 3, 100, ALPHA) for s in spreads]
    freedoms = [result.degrees_of_freedom for result in pooled]
    shares = [result.missing_information for result in pooled]
    assert freedoms == sorted(freedoms, reverse=True)
    assert shares == sorted(shares)
    assert all(0.0 < share < 1.0 for share in shares)


@pytest.mark.parametrize(
    ("estimates", "variances", "complete_df", "alpha", "text"),
    [
        ([1.0], [1.0], 10, ALPHA, "at least 2 imputations"),
        ([], [], 10, ALPHA, "at least 2 imputations"),
        ([1.0, 2.0], [1.0], 10, ALPHA, "variances must hold 2"),
        ([[1.0, 2.0]], [1.0, 1.0], 10, ALPHA, "estimates must hold 2"),
        ([1.0, np.nan], [1.0, 1.0], 10, ALPHA, "estimates must hold 2 finite"),
        ([1.0, 2.0], [1.0, np.inf], 10, ALPHA, "variances must hold 2 finite"),
        ([1.0, 2.0], [1.0, 0.0], 10, ALPHA, "variances must be positive"),
        ([1.0, 2.0], [1.0, -1.0], 10, ALPHA, "variances must be positive"),
        (["a", "b"], [1.0, 1.0], 10, ALPHA, "estimates must hold numbers"),
        ([1.0, 2.0], [1.0, 1.0], 0, ALPHA, "complete_df must be positive"),
        ([1.0, 2.0], [1.0, 1.0], np.nan, ALPHA, "complete_df must be positive"),
        ([1.0, 2.0], [1.0, 1.0], 10, 0.0, "alpha must lie between"),
        ([1.0, 2.0], [1.0, 1.0], 10, 1.0, "alpha must lie between"),
        ([-1e90, 1e90], [1e-90, 1e-90], 10, ALPHA, "the interval is without bounds"),
    ],
)
def test_what_is_refused(
    estimates: ArrayLike, variances: ArrayLike, complete_df: float, alpha: float, text: str
) -> None:
    with pytest.raises(EstimationError, match=text):
        combine_rubin(estimates, variances, complete_df, alpha)
