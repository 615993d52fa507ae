"""What every fit of an ordered outcome has in common."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from analysis.models.numerics.wald import standard_errors
from analysis.models.types import Matrix, Vector


@dataclass(frozen=True, kw_only=True)
class OrdinalFit:
    """A fitted model of the cumulative logits over k observed levels.

    ``dropped_levels``: levels inside the range of y that nobody has. ``theta`` (k - 1,): cut
    points. ``beta``: log odds ratio of a *lower* level per unit of each column with one effect.
    ``covariance`` from the observed information, of theta, beta and what else the model has, in
    this order. ``max_gradient`` and ``condition_number`` belong to the solver's uncorrelated
    columns (the information scaled to a unit diagonal), ``coefficient_error`` is the largest last
    Newton step in standard errors.
    """

    levels: tuple[int, ...]
    dropped_levels: tuple[int, ...]
    theta: Vector
    beta: Vector
    covariance: Matrix
    log_likelihood: float
    n: int
    convergence: StrEnum
    iterations: int
    max_gradient: float
    condition_number: float
    coefficient_error: float

    @property
    def standard_errors(self) -> Vector:
        """Standard errors of the parameters, in the order of ``covariance``."""
        return standard_errors(self.covariance)

    @property
    def theta_errors(self) -> Vector:
        """Standard errors of theta."""
        return self.standard_errors[: len(self.theta)]

    @property
    def beta_errors(self) -> Vector:
        """Standard errors of beta."""
        return self.standard_errors[len(self.theta) : len(self.theta) + len(self.beta)]


def list_dropped(levels: tuple[int, ...]) -> tuple[int, ...]:
    """Return the levels inside the range of the observed ones that nobody has."""
    return tuple(sorted(set(range(levels[0], levels[-1])) - set(levels)))
