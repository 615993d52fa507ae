"""Probability of a level from its two logits, and the closeness of cut points."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.special import expit

from analysis.models.cumulative_logit.levels import (
    gap,
    gap_and_closeness,
    level_probabilities,
    level_scores,
    logistic_parts,
)

CUT_POINTS = np.array([-1.5, -0.2, 0.4, 2.0])


def test_level_probabilities_are_differences_of_cumulative_ones() -> None:
    logits = CUT_POINTS + np.array([[-0.7], [0.0], [3.0]])
    found = level_probabilities(expit(logits), expit(-logits), np.diff(CUT_POINTS))
    expected = np.diff(expit(logits), axis=1, prepend=0.0, append=1.0)
    np.testing.assert_allclose(found, expected, rtol=1e-13)


def test_a_level_far_out_keeps_its_digits() -> None:
    """F(40 + d) - F(40) = e^-40 (1 - e^-d) (1 + O(e^-40)), where the difference is 0."""
    logits = np.array([[40.0, 40.5]])
    found = level_probabilities(expit(logits), expit(-logits), np.array([0.5]))
    assert found[0, 1] == pytest.approx(np.exp(-40.0) * (1.0 - np.exp(-0.5)), rel=1e-14)


@pytest.mark.parametrize("distance", [1e-15, 0.3, 5.0, 800.0])
def test_closeness_is_the_derivative_of_the_logarithm_of_the_gap(distance: float) -> None:
    found, closeness = gap_and_closeness(np.array([distance]))
    assert found == gap(np.array([distance]))
    assert closeness[0] == pytest.approx(0.5 / np.tanh(distance / 2.0) - 0.5, rel=1e-13, abs=1e-15)


def test_an_end_level_has_no_closeness() -> None:
    found, closeness = gap_and_closeness(np.array([np.inf]))
    assert (found[0], closeness[0]) == (1.0, 0.0)


def test_scores_are_the_derivatives_of_the_logarithm_of_a_level() -> None:
    def log_level(u: float, low: float) -> float:
        return float(np.log(expit(u) - expit(low)))

    u, low, h = 0.9, -0.4, 1e-6
    closeness = gap_and_closeness(np.array([u - low]))[1]
    at_upper, at_lower = level_scores(expit(np.array([-u])), expit(np.array([low])), closeness)
    by_upper = (log_level(u + h, low) - log_level(u - h, low)) / (2.0 * h)
    by_lower = (log_level(u, low + h) - log_level(u, low - h)) / (2.0 * h)
    assert at_upper[0] == pytest.approx(by_upper, rel=1e-8)
    assert at_lower[0] == pytest.approx(by_lower, rel=1e-8)


def test_the_parts_of_a_logistic_are_those_of_expit() -> None:
    logits = np.array([-800.0, -2.0, 0.0, 1.5, 800.0, 1e300])
    decay, share, tail, product = logistic_parts(logits)
    np.testing.assert_allclose(decay, np.exp(-np.abs(logits)), rtol=1e-15)
    np.testing.assert_allclose(share, expit(np.abs(logits)), rtol=1e-15)
    np.testing.assert_allclose(tail, expit(-logits), rtol=1e-14)
    np.testing.assert_allclose(product, expit(logits) * expit(-logits), rtol=1e-14)
