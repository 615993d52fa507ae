"""Common odds ratio and win odds of two distributions, and their gradients."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.special import expit, logit

from analysis.errors import EstimationError
from analysis.models.predictions.contrasts import common_log_odds_ratio, log_win_odds

EXACT = 1e-12
"""A converged fit is within about 1e-14 standard errors."""
DIFFERENCES = 1e-7
"""Central differences with a step of 1e-5 keep 9 digits of a gradient."""
STEP = 1e-5
DERIVATIVE = 1e-10
"""Relative: of the fit's covariance, good to a step of 1e-10 standard errors."""

Floats = NDArray[np.float64]
Measure = Callable[[Floats, Floats], tuple[float, Floats]]

TREATMENT = np.array([0.25, 0.2, 0.25, 0.1, 0.2])
REFERENCE = np.array([0.1, 0.25, 0.2, 0.3, 0.15])
measures = pytest.mark.parametrize("measure", [common_log_odds_ratio, log_win_odds])


@measures
def test_gradient_is_that_of_differences(measure: Measure) -> None:
    stacked = np.append(TREATMENT, REFERENCE)

    def value(probabilities: Floats) -> float:
        return measure(*np.split(probabilities, 2))[0]

    steps = STEP * np.eye(len(stacked))
    numeric = [(value(stacked + s) - value(stacked - s)) / (2 * STEP) for s in steps]
    np.testing.assert_allclose(measure(TREATMENT, REFERENCE)[1], numeric, atol=DIFFERENCES)


@measures
def test_swapped_arms_change_the_sign(measure: Measure) -> None:
    assert measure(TREATMENT, REFERENCE)[0] == pytest.approx(
        -measure(REFERENCE, TREATMENT)[0], rel=EXACT
    )


@measures
def test_two_equal_distributions_have_none(measure: Measure) -> None:
    assert measure(TREATMENT, TREATMENT)[0] == pytest.approx(0.0, abs=EXACT)


def test_proportional_distributions_have_their_odds_ratio() -> None:
    log_odds = 0.7
    shifted = expit(logit(np.cumsum(REFERENCE)[:-1]) + log_odds)
    treatment = np.diff(np.concatenate([[0.0], shifted, [1.0]]))
    assert common_log_odds_ratio(treatment, REFERENCE)[0] == pytest.approx(log_odds, rel=EXACT)


def test_two_levels_give_the_odds_ratio_and_its_derivative() -> None:
    value, gradient = common_log_odds_ratio(np.array([0.4, 0.6]), np.array([0.25, 0.75]))
    assert value == pytest.approx(np.log(0.4 / 0.6 * 0.75 / 0.25), rel=EXACT)
    assert gradient == pytest.approx([1 / 0.4, -1 / 0.6, -1 / 0.25, 1 / 0.75], rel=DERIVATIVE)


def test_win_odds_by_hand() -> None:
    """Wins 0.4 * 0.75, losses 0.6 * 0.25, the rest ties."""
    value, _ = log_win_odds(np.array([0.4, 0.6]), np.array([0.25, 0.75]))
    assert value == pytest.approx(np.log((0.3 + 0.275) / (0.15 + 0.275)), rel=EXACT)


def test_probabilities_too_far_apart_are_refused() -> None:
    rare = np.array([1e-9, 0.5, 0.5 - 1e-9])
    with pytest.raises(EstimationError, match="no common odds ratio of the standardised levels"):
        common_log_odds_ratio(rare, REFERENCE[:3])
