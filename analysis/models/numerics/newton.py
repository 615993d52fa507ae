"""Newton's method for a concave log likelihood, and how it ended (docs/methods.md, section 2)."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from analysis.models.types import Matrix, Vector

MAX_ITERATIONS = 60
"""Newton needs 4 to 8; where no maximum exists it moves on by about one logit a step."""
MAX_HALVINGS = 30
"""Thirty halvings shrink a step by 1e9: what has not risen by then will not rise."""
STEP_TOLERANCE = 1e-7
"""Largest last step, in standard errors. Newton converges quadratically, so the error left after a
step of 1e-7 standard errors is of the order of 1e-14."""
NEGLIGIBLE_STEP = 1e-10
"""A step of so few standard errors is taken without another look: value and derivatives would be
the same to ten digits."""
LONGEST_STEP = 1e100
"""A longer step comes from an information that is zero but for rounding."""
FLAT = 1e-12
"""Relative rise of the log likelihood that rounding can hide: a step within it is accepted."""


@dataclass(frozen=True, kw_only=True)
class NewtonFit:
    """How a fit by Newton's method ended.

    ``max_gradient`` and ``condition_number`` belong to the solver's uncorrelated columns (the
    information scaled to a unit diagonal), ``coefficient_error`` is the largest last Newton step in
    standard errors.
    """

    convergence: StrEnum
    iterations: int
    max_gradient: float
    condition_number: float
    coefficient_error: float


class Convergence(StrEnum):
    """How the iteration ended."""

    CONVERGED = "converged"
    ITERATION_LIMIT = "iteration limit"
    HALVING_LIMIT = "step halving limit"
    NOT_POSITIVE_DEFINITE = "information not positive definite"


@dataclass(frozen=True)
class Derivatives:
    """Log likelihood, its gradient (p,) and the observed information (p, p) at one point."""

    value: float
    gradient: Vector
    information: Matrix


@dataclass(frozen=True)
class Optimum:
    """Where the iteration ended and how, with the derivatives there or a negligible step before.

    ``last_step`` is the largest component of the last Newton step in standard errors.
    """

    parameters: Vector
    derivatives: Derivatives
    convergence: Convergence
    iterations: int
    last_step: float

    @property
    def max_gradient(self) -> float:
        """The largest absolute component of the gradient."""
        return float(np.max(np.abs(self.derivatives.gradient)))


def maximise(evaluate: Callable[[Vector], Derivatives | None], start: Vector) -> Optimum:
    """Return the maximum of a log likelihood by Newton steps, halved until it does not fall.

    ``evaluate`` returns None for parameters outside the parameter space. The information must
    factorise by Cholesky: an indefinite one ends the iteration with its name.

    >>> at = lambda b: Derivatives(-float(b @ b) / 2 + 2 * b[0], 2 - b, np.eye(1))
    >>> maximise(at, np.zeros(1)).parameters.tolist()
    [2.0]
    """
    point = start
    now = evaluate(point)
    if now is None:
        raise ValueError("the start lies outside the parameter space")
    last_step = np.inf
    for iteration in range(1, MAX_ITERATIONS + 1):
        step = _newton_step(now)
        if step is None:
            return Optimum(point, now, Convergence.NOT_POSITIVE_DEFINITE, iteration, last_step)
        last_step = float(np.max(np.abs(step) * np.sqrt(np.diag(now.information)), initial=0.0))
        if last_step <= NEGLIGIBLE_STEP:
            return Optimum(point + step, now, Convergence.CONVERGED, iteration, last_step)
        moved = _move(evaluate, point, step, now)
        if moved is None:
            return Optimum(point, now, Convergence.HALVING_LIMIT, iteration, last_step)
        point, now = moved
        if last_step <= STEP_TOLERANCE:
            return Optimum(point, now, Convergence.CONVERGED, iteration, last_step)
    return Optimum(point, now, Convergence.ITERATION_LIMIT, iteration, last_step)


def _newton_step(now: Derivatives) -> Vector | None:
    try:
        np.linalg.cholesky(now.information)
        step = np.linalg.solve(now.information, now.gradient)
    except np.linalg.LinAlgError:
        return None
    if not np.all(np.abs(step) <= LONGEST_STEP):
        return None
    return np.asarray(step, dtype=np.float64)


def _move(
    evaluate: Callable[[Vector], Derivatives | None], point: Vector, step: Vector, now: Derivatives
) -> tuple[Vector, Derivatives] | None:
    """Take the step, halved as often as it needs for the log likelihood not to fall."""
    floor = now.value - FLAT * abs(now.value)
    scale = 1.0
    for _ in range(MAX_HALVINGS):
        candidate = point + scale * step
        found = evaluate(candidate)
        if found is not None and found.value >= floor:
            return candidate, found
        scale /= 2.0
    return None


def condition_number(information: Matrix) -> float:
    """Return the largest over the smallest eigenvalue of ``information`` (p, p), unit diagonal.

    >>> round(condition_number(np.array([[4.0, 1.0], [1.0, 1.0]])), 3)
    3.0
    """
    scale = 1.0 / np.sqrt(np.diag(information))
    values = np.linalg.eigvalsh(information * np.outer(scale, scale))
    return float(values[-1] / values[0])
