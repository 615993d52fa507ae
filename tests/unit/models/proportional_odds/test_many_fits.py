"""Many fits at once: the same as one by one, and none that the engine would refuse."""

from __future__ import annotations

import numpy as np
import pytest

from analysis.errors import EstimationError
from analysis.models.cumulative_logit.common_effects import CumulativeLogit
from analysis.models.imputation.fits import fit_normal_stack
from analysis.models.proportional_odds.fit import fit_proportional_odds
from analysis.models.proportional_odds.many_fits import StackedFit, fit_stack
from analysis.models.types import Stack

PARAMETERS = 1e-10
"""In standard errors. Both end with a step below 1e-7 of Newton's method."""
COVARIANCES = 1e-8
"""Relative to the standard errors. The information is that of the last point on both sides."""
DIFFERENCES = 1e-6
STEP = 1e-5
STACK, ROWS, COLUMNS = 6, 120, 3


def draw_columns(y: np.ndarray, count: int = STACK, seed: int = 5) -> Stack:
    """Standardised columns that tell of the level."""
    rng = np.random.default_rng(seed)
    x = rng.normal(size=(count, len(y), COLUMNS)) + 0.3 * y[:, None]
    x -= x.mean(axis=1, keepdims=True)
    return x / x.std(axis=1, keepdims=True)


def stack(y: np.ndarray, x: Stack) -> CumulativeLogit:
    """The same levels for every set of columns (m, n, q)."""
    levels, codes = np.unique(y, return_inverse=True)
    return CumulativeLogit.build(x.swapaxes(1, 2), np.broadcast_to(codes, x.shape[:2]), len(levels))


def fit(y: np.ndarray, x: Stack, start: np.ndarray | None = None) -> StackedFit:
    model = stack(y, x)
    first = model.start() if start is None else np.tile(start, (len(x), 1))
    return fit_stack(model, first)


@pytest.mark.parametrize("levels", [2, 3, 7])
def test_each_fit_is_that_of_the_engine(levels: int) -> None:
    y = np.sort(np.arange(ROWS) % levels)
    x = draw_columns(y)
    found = fit(y, x)
    assert found.fitted.all()
    for parameters, root, columns in zip(found.parameters, found.root, x, strict=True):
        single = fit_proportional_odds(y, columns)
        expected = np.append(single.theta, single.beta)
        scale = np.outer(single.standard_errors, single.standard_errors)
        np.testing.assert_allclose(
            (parameters - expected) / single.standard_errors, 0.0, atol=PARAMETERS
        )
        np.testing.assert_allclose(
            root @ root.T / scale, single.covariance / scale, atol=COVARIANCES
        )


def test_unequal_levels_and_one_row_of_a_level() -> None:
    y = np.repeat([0, 1, 2, 3], [60, 1, 40, 19])
    found = fit(y, draw_columns(y))
    single = fit_proportional_odds(y, draw_columns(y)[2])
    np.testing.assert_allclose(found.parameters[2, 3:], single.beta, rtol=1e-9)


def test_gradient_and_information_are_those_of_differences() -> None:
    y = np.sort(np.arange(ROWS) % 5)
    x = draw_columns(y, count=1)
    outcome = stack(y, x)
    point = outcome.start()[0] + 0.1 * np.arange(4 + COLUMNS)
    steps = STEP * np.eye(len(point))
    here = outcome.evaluate(point[None, :])
    ahead = [outcome.evaluate((point + step)[None, :]) for step in steps]
    behind = [outcome.evaluate((point - step)[None, :]) for step in steps]
    slope = [(a.value[0] - b.value[0]) / (2 * STEP) for a, b in zip(ahead, behind, strict=True)]
    curve = [
        (b.gradient[0] - a.gradient[0]) / (2 * STEP) for a, b in zip(ahead, behind, strict=True)
    ]
    np.testing.assert_allclose(here.gradient[0], slope, atol=DIFFERENCES)
    np.testing.assert_allclose(here.information[0], curve, atol=DIFFERENCES)


def test_cut_points_out_of_order_have_no_likelihood() -> None:
    y = np.sort(np.arange(ROWS) % 3)
    values = (
        stack(y, draw_columns(y, count=2))
        .evaluate(np.array([[1.0, -1.0, 0, 0, 0], [-1.0, 1.0, 0, 0, 0]]))
        .value
    )
    assert values[0] == -np.inf
    assert np.isfinite(values[1])


def test_what_the_engine_refuses_is_not_fitted() -> None:
    """Separated, collinear and constant columns; their neighbours are not touched."""
    y = np.sort(np.arange(ROWS) % 4)
    x = draw_columns(y)
    clean = fit(y, x)
    x[1, :, 0] = (y > 1) - 0.5
    x[3, :, 2] = x[3, :, 0] + x[3, :, 1]
    x[4, :, 1] = 0.0
    found = fit(y, x)
    assert found.fitted.tolist() == [True, False, True, False, False, True]
    for broken in (1, 3, 4):
        with pytest.raises(EstimationError):
            fit_proportional_odds(y, x[broken])
    for kept in (0, 2, 5):
        assert np.array_equal(found.parameters[kept], clean.parameters[kept])
        assert np.array_equal(found.root[kept], clean.root[kept])


def test_a_bad_start_is_given_up_not_followed() -> None:
    y = np.sort(np.arange(ROWS) % 3)
    found = fit(y, draw_columns(y), start=np.array([-60.0, -59.0, 9.0, -9.0, 9.0]))
    assert not found.fitted.any()


def test_a_fit_does_not_depend_on_its_neighbours() -> None:
    y = np.sort(np.arange(ROWS) % 5)
    x = draw_columns(y)
    together, apart = fit(y, x), fit(y, x[[4, 1]])
    assert np.array_equal(together.parameters[[4, 1]], apart.parameters)
    assert np.array_equal(together.root[[4, 1]], apart.root)


def test_linear_models_are_least_squares() -> None:
    rng = np.random.default_rng(8)
    y = rng.normal(size=40)
    x = rng.normal(size=(3, 40, 2))
    x[2, :, 1] = x[2, :, 0]
    found = fit_normal_stack(y, x)
    assert found.fitted.tolist() == [True, True, False]
    for j in (0, 1):
        design = np.column_stack([np.ones(40), x[j]])
        coefficients, residual, *_ = np.linalg.lstsq(design, y)
        np.testing.assert_allclose(found.coefficients[j], coefficients, rtol=1e-10)
        np.testing.assert_allclose(found.residual[j], residual[0], rtol=1e-10)
        inverse = np.linalg.inv(design.T @ design)
        np.testing.assert_allclose(found.root[j] @ found.root[j].T, inverse, rtol=1e-10, atol=1e-15)
    assert found.freedom == 37
