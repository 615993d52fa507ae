"""Marginal log likelihood of the random-intercept model (docs/methods.md, section 9)."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analysis.models.cumulative_logit.levels import CLOSEST, gap_and_closeness
from analysis.models.numerics.newton import Derivatives
from analysis.models.random_intercept.derivatives import differentiate
from analysis.models.random_intercept.logits import GroupedLogits
from analysis.models.random_intercept.modes import find_modes, follow_modes
from analysis.models.random_intercept.quadrature import Rule, place_nodes
from analysis.models.types import Matrix, Vector

LARGEST_PART = 400_000
"""Logits times nodes that are worked on at once: arrays of 3 MB."""


@dataclass(frozen=True)
class RandomIntercept:
    """The model logit P(Y <= j) = theta_j + x'beta + b, b normal with mean 0 and sd sigma.

    ``between`` (k - 2,): number of rows of each inner level.
    """

    logits: GroupedLogits
    between: NDArray[np.intp]

    @property
    def cuts(self) -> int:
        """Number of cut points."""
        return len(self.between) + 1

    def evaluate(self, parameters: Vector, rule: Rule) -> Derivatives | None:
        """Return value, gradient and observed information at (theta, beta, log sigma).

        None if the cut points do not increase or a mode cannot be found.
        """
        if np.any(np.diff(parameters[: self.cuts]) <= CLOSEST):
            return None
        value, gradient, hessian = self._between_cuts(parameters)
        for part in self.logits.split(max(LARGEST_PART // len(rule.offsets), 1)):
            found = _evaluate_part(part, parameters, rule)
            if found is None:
                return None
            value, gradient, hessian = value + found[0], gradient + found[1], hessian + found[2]
        return Derivatives(value, gradient, -hessian)

    def _between_cuts(self, parameters: Vector) -> tuple[float, Vector, Matrix]:
        """The term of the cut points: the inner levels' sum of log(1 - e^-distance)."""
        distances = np.diff(parameters[: self.cuts])
        between, closeness = gap_and_closeness(distances)
        differences = np.diff(np.eye(self.cuts, len(parameters)), axis=0)
        curvature = self.between * closeness * (1.0 + closeness)
        return (
            float(self.between @ np.log(between)),
            (self.between * closeness) @ differences,
            -differences.T @ (curvature[:, None] * differences),
        )


def _evaluate_part(
    logits: GroupedLogits, parameters: Vector, rule: Rule
) -> tuple[float, Vector, Matrix] | None:
    """Value, gradient and Hessian of the log likelihood of some groups."""
    log_sigma = parameters[-1]
    precision = float(np.exp(-2.0 * log_sigma))
    base = logits.design @ parameters[:-1]
    modes = find_modes(logits, base, precision)
    if modes is None:
        return None
    path = follow_modes(logits, base, precision, modes)
    nodes = place_nodes(logits, base, precision, path, rule)
    constant = logits.groups * (log_sigma + 0.5 * np.log(2.0 * np.pi))
    gradient, hessian = differentiate(logits, precision, path, nodes)
    return float(np.sum(nodes.log_integral) - constant), gradient, hessian
