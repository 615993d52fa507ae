"""Maximum of a log likelihood from its value alone: derivatives by complex steps.

The imaginary part of f(x + ih) / h is the derivative of f at x without any subtraction, exact to
the last digits (Squire & Trapp 1998). The curvature is taken from differences of such gradients.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

Vector = NDArray[np.float64]
Matrix = NDArray[np.float64]
Complex = NDArray[np.complex128]

IMAGINARY = 1e-30
"""Squares of the step vanish beside 1."""
STEP = 1e-3
"""Of the differences of gradients, four to a column: their error is STEP**4 / 30 of the fifth
derivative, with columns of standard deviation 1."""
WEIGHTS = {-2: 1.0 / 12.0, -1: -2.0 / 3.0, 1: 2.0 / 3.0, 2: -1.0 / 12.0}
POLISHED = 1e-10
"""The last Newton step in standard errors: the maximum is reached."""
ARRIVED = 1e-6
"""The same where only the height of the maximum is wanted: it is flat there, to 1e-12."""
MOST_STEPS = 12


class LogLikelihood(Protocol):
    """A log likelihood of q parameters as a sum of m contributions."""

    def contributions(self, point: Complex) -> Complex:
        """Return the contributions (m,) at a complex point (q,)."""

    def row_scores(self, point: Vector) -> Matrix:
        """Return their derivatives (m, q)."""

    def information(self, point: Vector) -> Matrix:
        """Return minus the second derivatives of their sum (q, q)."""


@dataclass(frozen=True)
class ByParameters:
    """Derivatives of any contributions: one parameter after another."""

    function: Callable[[Complex], Complex]

    def contributions(self, point: Complex) -> Complex:
        """Return the contributions (m,)."""
        return self.function(point)

    def row_scores(self, point: Vector) -> Matrix:
        """Return their derivatives (m, q)."""
        return differentiate(self.function, point)

    def information(self, point: Vector) -> Matrix:
        """Return minus the second derivatives of their sum (q, q)."""
        curvature = differentiate_twice(self.function, point).sum(axis=0)
        return -np.asarray(curvature + curvature.T, dtype=np.float64) / 2.0


def differentiate(function: Callable[[Complex], Complex], point: Vector) -> Matrix:
    """Return the derivatives (m, q) of the values (m,) of a function at a point (q,)."""
    steps = 1j * IMAGINARY * np.eye(len(point))
    return np.column_stack([function(point + step).imag / IMAGINARY for step in steps])


def differentiate_twice(
    function: Callable[[Complex], Complex], point: Vector
) -> NDArray[np.float64]:
    """Return the second derivatives (m, q, q) of the values (m,) of a function at a point (q,)."""
    columns = [
        sum(
            weight * differentiate(function, point + offset * STEP * unit) / STEP
            for offset, weight in WEIGHTS.items()
        )
        for unit in np.eye(len(point))
    ]
    return np.stack(columns, axis=2)


@dataclass(frozen=True)
class Maximum:
    """The maximum ``point`` (q,), its ``value`` and ``information`` (q, q), minus the curvature."""

    point: Vector
    value: float
    information: Matrix

    @property
    def covariance(self) -> Matrix:
        """The inverse of the information."""
        return np.asarray(np.linalg.inv(self.information), dtype=np.float64)


def maximise(
    likelihood: LogLikelihood, start: Vector, precision: float = POLISHED
) -> Maximum | None:
    """Return the maximum, by BFGS and then Newton steps, or None if it is not reached.

    ``precision``: the last step in standard errors.
    """

    def loss(point: Vector) -> tuple[float, Vector]:
        rows = likelihood.contributions(point.astype(np.complex128)).real
        return -float(rows.mean()), -likelihood.row_scores(point).mean(axis=0)

    with np.errstate(all="ignore"):
        point = np.asarray(minimize(loss, start, jac=True, method="BFGS").x, dtype=np.float64)
        for _ in range(MOST_STEPS):
            information = likelihood.information(point)
            if not _is_peak(information):
                return None
            point, first = _climb(likelihood, point, information, precision)
            if first <= precision:
                value = _height(likelihood, point)
                return Maximum(point, value, information)
    return None


def maximise_along(
    likelihood: LogLikelihood, maximum: Maximum, fixed: int, value: float
) -> float | None:
    """Return the highest log likelihood with parameter ``fixed`` at ``value``; None if not reached.

    Newton steps of the other parameters with the information of the free maximum; where these do
    not arrive, the maximum is found anew.
    """
    free = np.delete(np.arange(len(maximum.point)), fixed)
    block = maximum.information[np.ix_(free, free)]
    point = maximum.point.copy()
    point[fixed] = value
    shift = np.linalg.solve(block, maximum.information[free, fixed])
    point[free] -= shift * (value - maximum.point[fixed])
    with np.errstate(all="ignore"):
        for _ in range(MOST_STEPS):
            step = np.linalg.solve(block, likelihood.row_scores(point).sum(axis=0)[free])
            point[free] += step
            if float(step @ block @ step) ** 0.5 <= ARRIVED:
                return _height(likelihood, point)
    others = ByParameters(lambda part: likelihood.contributions(np.insert(part, fixed, value)))
    again = maximise(others, maximum.point[free], ARRIVED)
    return None if again is None else again.value


def _is_peak(information: Matrix) -> bool:
    return bool(np.all(np.isfinite(information)) and np.linalg.eigvalsh(information)[0] > 0.0)


def _climb(
    likelihood: LogLikelihood, point: Vector, information: Matrix, precision: float
) -> tuple[Vector, float]:
    """Steps with the same information, until they are short; and the length of the first."""
    lengths: list[float] = []
    while len(lengths) < MOST_STEPS:
        step = np.linalg.solve(information, likelihood.row_scores(point).sum(axis=0))
        length = float(step @ information @ step) ** 0.5
        if not np.isfinite(length):
            break
        lengths.append(length)
        point = point + step
        if length <= precision:
            break
    return point, lengths[0] if lengths else np.inf


def _height(likelihood: LogLikelihood, point: Vector) -> float:
    return float(likelihood.contributions(point.astype(np.complex128)).real.sum())
