"""Fit of an ordinal model: estimates, standard errors and convergence that all of them have."""

from dataclasses import dataclass

from analysis.models.numerics.newton import NewtonFit
from analysis.models.numerics.wald import standard_errors
from analysis.models.types import Matrix, Vector


@dataclass(frozen=True, kw_only=True)
class OrdinalFit(NewtonFit):
    """A fitted model of the cumulative logits over k observed levels.

    ``dropped_levels``: levels inside the range of y that nobody has. ``theta`` (k - 1,): cut
    points. ``beta``: log odds ratio of a *lower* level per unit of each column with one effect.
    ``covariance`` from the observed information, of theta, beta and what else the model has, in
    this order.
    """

    levels: tuple[int, ...]
    dropped_levels: tuple[int, ...]
    theta: Vector
    beta: Vector
    covariance: Matrix
    log_likelihood: float
    n: int

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
