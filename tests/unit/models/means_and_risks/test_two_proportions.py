"""Two proportions: by hand, at the edges, and refused."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest

from analysis.errors import EstimationError
from analysis.models.means_and_risks.two_proportions import (
    Counts,
    estimate_risk_difference,
    estimate_risk_ratio,
)

Z = 1.959963984540054  # 97.5 % quantile of the normal distribution
ALPHA = 0.05


def two_sided_tail(z: float) -> float:
    return math.erfc(z / math.sqrt(2))


def test_a_risk_ratio_by_hand() -> None:
    """20 of 100 against 10 of 100: ratio 2, variance of its log 1/20 - 1/100 + 1/10 - 1/100."""
    found = estimate_risk_ratio(Counts(20, 100, 10, 100), ALPHA)
    assert found.estimate == pytest.approx(2.0)
    assert found.log_estimate == pytest.approx(np.log(2))
    assert found.standard_error == pytest.approx(np.sqrt(0.13))
    assert found.ci_low == pytest.approx(2 / np.exp(Z * np.sqrt(0.13)))
    assert found.ci_high == pytest.approx(2 * np.exp(Z * np.sqrt(0.13)))
    assert found.p_value == pytest.approx(two_sided_tail(np.log(2) / np.sqrt(0.13)))
    assert found.reason is None


def test_a_ratio_of_equal_risks_is_one() -> None:
    found = estimate_risk_ratio(Counts(10, 40, 5, 20), ALPHA)
    assert found.estimate == 1.0
    assert found.p_value == 1.0
    assert found.ci_low is not None
    assert found.ci_high == pytest.approx(1 / found.ci_low)


@pytest.mark.parametrize(
    ("counts", "estimate", "low", "high", "reason"),
    [
        (Counts(0, 20, 3, 25), None, True, True, "no event in the treatment arm"),
        (Counts(3, 25, 0, 20), None, True, False, "no event in the reference arm"),
        (Counts(0, 20, 0, 25), None, False, False, "no event in either arm"),
        (Counts(20, 20, 25, 25), 1.0, True, True, "everybody has an event: no Wald interval"),
    ],
)
def test_what_a_ratio_lacks_is_none_with_a_reason(
    counts: Counts, estimate: float | None, low: bool, high: bool, reason: str
) -> None:
    found = estimate_risk_ratio(counts, ALPHA)
    assert found.estimate == estimate
    assert (found.ci_low is not None, found.ci_high is not None) == (low, high)
    assert found.p_value is None
    assert str(found.reason) == reason


def test_a_ratio_without_events_in_the_treatment_arm_starts_at_zero() -> None:
    assert estimate_risk_ratio(Counts(0, 20, 3, 25), ALPHA).ci_low == 0.0


def test_a_risk_difference_without_effect_by_hand() -> None:
    """Equal risks r = 0.3 in arms of 50: the p-value is 1 and the interval symmetric. Its limits d
    solve d^2 = z^2 V(d), and V(d) is near 2 r (1 - r) / 50 times 100 / 99."""
    found = estimate_risk_difference(Counts(15, 50, 15, 50), ALPHA)
    assert found.estimate == 0.0
    assert found.p_value == pytest.approx(1.0)
    assert found.ci_low == pytest.approx(-found.ci_high)
    assert found.ci_high == pytest.approx(Z * np.sqrt(2 * 0.21 / 50 * 100 / 99), rel=0.02)


def test_the_p_value_of_a_difference_by_hand() -> None:
    """At d = 0 the restricted risk is the pooled one, 30 / 200."""
    found = estimate_risk_difference(Counts(20, 100, 10, 100), ALPHA)
    assert found.estimate == pytest.approx(0.1)
    variance = 0.15 * 0.85 * (1 / 100 + 1 / 100) * 200 / 199
    assert found.p_value == pytest.approx(two_sided_tail(0.1 / np.sqrt(variance)))


def test_no_event_against_none_by_hand() -> None:
    """0 of n against 0 of n: under d > 0 the likelihood is largest at risks of d and 0, so
    d^2 = z^2 d (1 - d) / n * 2 n / (2 n - 1), and d = c / (1 + c) with c = 2 z^2 / (2 n - 1)."""
    n = 30
    c = 2 * Z**2 / (2 * n - 1)
    found = estimate_risk_difference(Counts(0, n, 0, n), ALPHA)
    assert found.ci_high == pytest.approx(c / (1 + c), rel=1e-10)
    assert found.ci_low == pytest.approx(-c / (1 + c), rel=1e-10)
    assert found.p_value is None
    assert str(found.reason) == "nobody or everybody has an event: no p-value"


@pytest.mark.parametrize(("counts", "end"), [((9, 9, 0, 7), 1.0), ((0, 9, 7, 7), -1.0)])
def test_a_difference_of_one_ends_at_the_end(counts: tuple[int, ...], end: float) -> None:
    found = estimate_risk_difference(Counts(*counts), ALPHA)
    assert found.estimate == end
    assert end in (found.ci_low, found.ci_high)


@pytest.mark.parametrize("alpha", [1e-10, 1e-4, 0.5, 0.999])
@pytest.mark.parametrize("counts", [(1, 1, 0, 1), (0, 1, 0, 1), (3, 10, 5, 11)])
def test_any_confidence(counts: tuple[int, ...], alpha: float) -> None:
    found = estimate_risk_difference(Counts(*counts), alpha)
    assert -1 <= found.ci_low <= found.estimate <= found.ci_high <= 1


def test_a_million_subjects() -> None:
    """So many that the interval is Wald's, which is 0.001 +- z sqrt(2 * 0.25 / 1e6)."""
    found = estimate_risk_difference(Counts(500_500, 10**6, 499_500, 10**6), ALPHA)
    half = Z * np.sqrt(0.5 / 1e6)
    assert (found.ci_low, found.ci_high) == pytest.approx((0.001 - half, 0.001 + half), rel=1e-5)


def test_the_complement_counts_those_without_the_event() -> None:
    assert Counts(3, 10, 4, 20).complement == Counts(7, 10, 16, 20)


@pytest.mark.parametrize(
    ("counts", "reason"),
    [
        ((0, 0, 1, 5), "an arm has no subjects"),
        ((1, 5, 0, 0), "an arm has no subjects"),
        ((0, -3, 1, 5), "an arm has no subjects"),
        ((6, 5, 1, 5), "between 0 and the number of subjects"),
        ((1, 5, 6, 5), "between 0 and the number of subjects"),
        ((-1, 5, 1, 5), "between 0 and the number of subjects"),
        ((1.5, 5, 1, 5), "whole numbers"),
        ((1, 5, 1, np.inf), "whole numbers"),
        ((np.nan, 5, 1, 5), "whole numbers"),
        (("1", 5, 1, 5), "whole numbers"),
        ((None, 5, 1, 5), "whole numbers"),
    ],
)
def test_bad_counts(counts: tuple[Any, ...], reason: str) -> None:
    with pytest.raises(EstimationError, match=reason):
        Counts(*counts)


def test_counts_of_numpy_are_whole_numbers() -> None:
    assert Counts(*np.array([1, 5, 2, 5])).risks == (0.2, 0.4)
