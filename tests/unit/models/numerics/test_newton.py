"""Newton's method: every named ending, reached by a function of one or two parameters."""

from __future__ import annotations

import numpy as np
import pytest

from analysis.models.numerics.newton import MAX_ITERATIONS, Convergence, Derivatives, maximise
from analysis.models.types import Vector


def quadratic(point: Vector) -> Derivatives:
    """-((a - 1)^2 + 10 (b + 2)^2) / 2 and its derivatives; the maximum is at (1, -2)."""
    centre, curvature = np.array([1.0, -2.0]), np.array([1.0, 10.0])
    away = point - centre
    return Derivatives(-float(curvature @ away**2) / 2, -curvature * away, np.diag(curvature))


def binomial(point: Vector) -> Derivatives:
    """Log likelihood of 3 events of 10 in the logit; the maximum is log(3 / 7)."""
    risk = 1 / (1 + np.exp(-point))
    value = float(3 * np.log(risk[0]) + 7 * np.log(1 - risk[0]))
    return Derivatives(value, 3 - 10 * risk, 10 * np.diag(risk * (1 - risk)))


def square_root(point: Vector) -> Derivatives:
    """-sqrt(1 + a^2), whose Newton step from a is -a (1 + a^2): from 3 it overshoots to -27."""
    root = np.sqrt(1 + point**2)
    return Derivatives(-float(root[0]), -point / root, np.diag(root**-3.0))


def rising(point: Vector) -> Derivatives:
    """log a, which rises for ever: every step doubles a and is one standard error."""
    return Derivatives(float(np.log(point[0])), 1 / point, np.diag(point**-2.0))


def test_a_quadratic_is_solved_in_one_step_and_confirmed_by_a_second() -> None:
    optimum = maximise(quadratic, np.array([50.0, 50.0]))
    assert optimum.convergence is Convergence.CONVERGED
    assert optimum.iterations == 2
    np.testing.assert_allclose(optimum.parameters, [1.0, -2.0], rtol=1e-15)


def test_the_maximum_of_a_binomial_likelihood() -> None:
    optimum = maximise(binomial, np.array([0.0]))
    assert optimum.parameters[0] == pytest.approx(np.log(3 / 7), abs=1e-14)
    assert optimum.last_step <= 1e-7
    assert optimum.derivatives.gradient[0] == pytest.approx(0.0, abs=1e-14)


def test_a_step_that_overshoots_is_halved() -> None:
    optimum = maximise(square_root, np.array([3.0]))
    assert optimum.convergence is Convergence.CONVERGED
    assert optimum.parameters[0] == pytest.approx(0.0, abs=1e-14)


def test_a_step_out_of_the_parameter_space_is_halved() -> None:
    visited = []

    def positive_only(point: Vector) -> Derivatives | None:
        """log a - a: the Newton step from 3 is to -3; the maximum is at 1."""
        visited.append(point[0])
        if point[0] <= 0:
            return None
        return Derivatives(float(np.log(point[0]) - point[0]), 1 / point - 1, np.diag(point**-2.0))

    optimum = maximise(positive_only, np.array([3.0]))
    assert min(visited) == pytest.approx(-3.0)
    assert optimum.parameters[0] == pytest.approx(1.0, abs=1e-14)


def test_a_likelihood_without_maximum_reaches_the_iteration_limit() -> None:
    optimum = maximise(rising, np.array([1.0]))
    assert optimum.convergence is Convergence.ITERATION_LIMIT
    assert optimum.iterations == MAX_ITERATIONS


@pytest.mark.parametrize(
    "information", [-np.eye(2), np.array([[1.0, 2.0], [2.0, 1.0]]), np.zeros((2, 2))]
)
def test_an_information_that_is_not_positive_definite_is_named(information: np.ndarray) -> None:
    optimum = maximise(lambda _: Derivatives(0.0, np.ones(2), information), np.zeros(2))
    assert optimum.convergence is Convergence.NOT_POSITIVE_DEFINITE


def test_a_step_beyond_all_numbers_counts_as_no_information() -> None:
    tiny = np.diag([1e-250])
    optimum = maximise(lambda _: Derivatives(0.0, np.ones(1), tiny), np.zeros(1))
    assert optimum.convergence is Convergence.NOT_POSITIVE_DEFINITE


def test_a_gradient_of_the_wrong_sign_ends_at_the_halving_limit() -> None:
    def wrong(point: Vector) -> Derivatives:
        right = quadratic(point)
        return Derivatives(right.value, -right.gradient, right.information)

    assert maximise(wrong, np.zeros(2)).convergence is Convergence.HALVING_LIMIT


def test_the_start_must_lie_in_the_parameter_space() -> None:
    with pytest.raises(ValueError, match="start"):
        maximise(lambda _: None, np.zeros(1))
