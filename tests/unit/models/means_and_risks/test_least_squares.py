"""Least squares by hand, and what has no estimate."""

from __future__ import annotations

import math

import numpy as np
import pytest

from analysis.errors import EstimationError
from analysis.models.means_and_risks.least_squares import fit_linear

ANSWER = 1e-12
"""Relative: closed forms in double precision."""


def test_two_groups_are_the_t_test() -> None:
    """1, 2, 3 against 4, 6, 8: means 2 and 6, pooled variance (2 + 8) / 4 = 2.5."""
    fit = fit_linear([1, 2, 3, 4, 6, 8], [[0], [0], [0], [1], [1], [1]])
    assert fit.intercept == pytest.approx(2, rel=ANSWER)
    assert fit.beta[0] == pytest.approx(4, rel=ANSWER)
    assert fit.beta_errors[0] == pytest.approx(math.sqrt(2.5 * (1 / 3 + 1 / 3)), rel=ANSWER)
    assert (fit.degrees_of_freedom, fit.n) == (4, 6)
    assert fit.residual_sd == pytest.approx(math.sqrt(2.5), rel=ANSWER)


def test_a_line_by_hand() -> None:
    """x 0 1 2 3, y 1 3 2 4: slope 8/2/5 = 0.8, intercept 1.3, residual squares 1.8 on 2 df."""
    fit = fit_linear([1, 3, 2, 4], [[0], [1], [2], [3]])
    assert fit.intercept == pytest.approx(1.3, rel=ANSWER)
    assert fit.beta[0] == pytest.approx(0.8, rel=ANSWER)
    errors = np.sqrt(np.diag(fit.covariance))
    assert errors[1] == pytest.approx(math.sqrt(0.9 / 5), rel=ANSWER)
    assert errors[0] == pytest.approx(math.sqrt(0.9 * (1 / 4 + 1.5**2 / 5)), rel=ANSWER)


def test_columns_far_from_zero_and_of_any_unit_give_the_same() -> None:
    rng = np.random.default_rng(4)
    x, y = rng.normal(size=(50, 2)), rng.normal(size=50)
    near = fit_linear(y, x)
    far = fit_linear(y, x * [1.0, 1e-6] + [1e6, 0.0])
    assert far.beta == pytest.approx(near.beta * [1.0, 1e6], rel=1e-8)  # six digits lost to 1e6
    assert far.beta_errors == pytest.approx(near.beta_errors * [1.0, 1e6], rel=1e-8)


@pytest.mark.parametrize(
    ("y", "x", "reason"),
    [
        ([2, 2, 2, 2], [[0], [1], [0], [1]], "everybody has the same outcome"),
        ([1, 2, 1, 2], [[0], [1], [0], [1]], "the columns determine the outcome"),
        ([1, 2, 3], [[0], [0], [0]], "constant column [0]"),
        ([1, 2, 3, 5], [[0, 0], [1, 2], [2, 4], [3, 6]], "collinear column [1]"),
        ([1, 2, 4], [[0, 1], [1, 1], [2, 0]], "2 columns for 3 rows"),
        ([1, 2, math.nan], [[0], [1], [0]], "finite numbers"),
        ([1, 2], [[0], [1], [0]], "x must have 2 rows"),
        ([], np.empty((0, 1)), "at least one value"),
    ],
)
def test_no_estimate_says_why(y: list[float], x: list[list[float]], reason: str) -> None:
    with pytest.raises(EstimationError) as caught:
        fit_linear(y, x)
    assert reason in str(caught.value)
