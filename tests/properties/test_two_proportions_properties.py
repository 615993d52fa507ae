"""What must hold for contrasts of any two proportions, empty cells and tiny arms included."""

from __future__ import annotations

import numpy as np
from hypothesis import assume, example, given
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from analysis.models.means_and_risks import Counts, estimate_risk_difference, estimate_risk_ratio
from tests.properties.drawn_data import swap_arms, tables

LIMIT = 1e-10
"""Roots are found to 1e-12."""
ALPHAS = st.sampled_from([0.01, 0.05, 0.2])

ratio_tables = tables().filter(lambda counts: counts.treatment_events + counts.reference_events > 0)


def difference(counts: Counts, alpha: float = 0.05) -> tuple[float, float, float]:
    found = estimate_risk_difference(counts, alpha)
    assert found.ci_low is not None
    assert found.estimate is not None
    assert found.ci_high is not None
    return found.ci_low, found.estimate, found.ci_high


def ratio(counts: Counts, alpha: float = 0.05) -> tuple[float, float]:
    """Limits of the ratio; an infinite one, which is reported as none, as infinity."""
    found = estimate_risk_ratio(counts, alpha)
    assert found.ci_low is not None
    return found.ci_low, np.inf if found.ci_high is None else found.ci_high


@given(tables(), ALPHAS)
@example(Counts(0, 1, 0, 1), 0.05)
@example(Counts(1, 1, 0, 1), 0.05)
@example(Counts(1, 1, 1, 1), 0.01)
@example(Counts(300, 300, 0, 1), 0.01)
def test_the_interval_of_a_difference_holds_it_and_stays_possible(
    counts: Counts, alpha: float
) -> None:
    low, estimate, high = difference(counts, alpha)
    assert -1.0 <= low <= estimate <= high <= 1.0
    assert low < high


@given(tables(), ALPHAS)
def test_swapping_the_arms_turns_the_difference(counts: Counts, alpha: float) -> None:
    low, estimate, high = difference(counts, alpha)
    turned = difference(swap_arms(counts), alpha)
    assert_allclose(turned, (-high, -estimate, -low), atol=LIMIT)


@given(tables(), ALPHAS)
def test_counting_those_without_the_event_turns_the_difference(
    counts: Counts, alpha: float
) -> None:
    low, estimate, high = difference(counts, alpha)
    assert_allclose(difference(counts.complement, alpha), (-high, -estimate, -low), atol=LIMIT)


@given(tables())
def test_a_wider_confidence_gives_a_wider_interval(counts: Counts) -> None:
    limits = [difference(counts, alpha) for alpha in (0.2, 0.05, 0.01)]
    lows, _, highs = (np.array(column) for column in zip(*limits, strict=True))
    assert np.all(np.diff(lows) <= LIMIT)
    assert np.all(np.diff(highs) >= -LIMIT)


@given(tables())
def test_p_value_and_interval_of_a_difference_decide_alike(counts: Counts) -> None:
    found = estimate_risk_difference(counts, 0.05)
    low, _, high = difference(counts)
    nobody_or_everybody = counts.treatment_events + counts.reference_events in (
        0, counts.treatment_n + counts.reference_n,
    )  # fmt: skip
    assert (found.p_value is None) == nobody_or_everybody
    if found.p_value is not None:
        assert (found.p_value < 0.05) == (not low <= 0.0 <= high)


@given(ratio_tables, ALPHAS)
@example(Counts(0, 1, 1, 1), 0.05)
@example(Counts(1, 1, 1, 1), 0.05)
@example(Counts(1, 300, 0, 1), 0.01)
def test_the_interval_of_a_ratio_holds_it(counts: Counts, alpha: float) -> None:
    low, high = ratio(counts, alpha)
    assert 0.0 <= low < high
    if counts.reference_events == 0:
        assert high == np.inf
    else:
        assert low <= counts.risks[0] / counts.risks[1] <= high


@given(ratio_tables, ALPHAS)
def test_swapping_the_arms_inverts_the_ratio(counts: Counts, alpha: float) -> None:
    low, high = ratio(counts, alpha)
    inverse_low, inverse_high = ratio(swap_arms(counts), alpha)
    assert_allclose(inverse_low, 1 / high, rtol=LIMIT)
    assert inverse_high == np.inf if low == 0 else np.isclose(inverse_high, 1 / low, rtol=LIMIT)


@given(tables())
def test_p_value_and_interval_of_a_ratio_decide_alike(counts: Counts) -> None:
    found = estimate_risk_ratio(counts, 0.05)
    assume(found.p_value is not None)
    low, high = ratio(counts)
    assert found.p_value is not None
    assert (found.p_value < 0.05) == (not low <= 1.0 <= high)


@given(tables())
def test_whatever_is_missing_of_a_ratio_has_a_reason(counts: Counts) -> None:
    found = estimate_risk_ratio(counts, 0.05)
    values = (found.estimate, found.ci_low, found.ci_high, found.p_value, found.standard_error)
    assert bool(found.reason) == (None in values)
