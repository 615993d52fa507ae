"""Log likelihood of the cumulative-logit model and its derivatives (docs/methods.md, section 2)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit, log_expit

from analysis.models.newton import Derivatives, Matrix, Vector

CLOSEST = 1e-100
"""Cut points nearer than this coincide: the square of the inverse distance must stay finite."""


@dataclass(frozen=True)
class CumulativeLogit:
    """The model logit P(Y <= j) = theta_j + x'beta + offset for data sorted by level.

    ``x`` (n, p), ``weights`` and ``offset`` (n,) are sorted by level; ``starts`` (k,) is the first
    row of each of the k observed levels.

    With u and l the upper and lower logit of a row's level and F the logistic function,

        P = F(u) - F(l) = F(u) F(-l) (1 - e^-(u - l)),

    where u - l is a distance of cut points, the same for every row of a level. Nothing in this form
    cancels or underflows, and it is what the derivatives are taken from.
    """

    x: Matrix
    weights: Vector
    offset: Vector
    starts: NDArray[np.intp]

    @property
    def cuts(self) -> int:
        """Number of cut points."""
        return len(self.starts) - 1

    def evaluate(self, parameters: Vector) -> Derivatives | None:
        """Return value, gradient and observed information at (theta, beta).

        None if the cut points do not increase.
        """
        distances = np.diff(parameters[: self.cuts])
        if np.any(distances <= CLOSEST):
            return None
        upper, lower = self.logits(parameters)
        log_rows = self.weights * (log_expit(upper) + log_expit(-lower))
        totals = self._sum_by_level(self.weights)[1:-1]
        log_distances = totals * np.log(-np.expm1(-distances))
        # 1 / (e^distance - 1), the share of the distance in the derivatives, without overflow
        closeness = np.exp(-distances) / -np.expm1(-distances)
        return Derivatives(
            float(np.sum(log_rows) + np.sum(log_distances)),
            self._gradient(expit(-upper), expit(lower), totals * closeness),
            self._information(upper, lower, totals * closeness * (1.0 + closeness)),
        )

    def logits(self, parameters: Vector) -> tuple[Vector, Vector]:
        """Return the logits of P(Y <= y) and P(Y < y) of every row; infinite at the ends."""
        theta, beta = parameters[: self.cuts], parameters[self.cuts :]
        eta = self.x @ beta + self.offset
        rows = np.diff(np.append(self.starts, len(eta)))
        upper = np.repeat(np.append(theta, np.inf), rows) + eta
        lower = np.repeat(np.insert(theta, 0, -np.inf), rows) + eta
        return upper, lower

    def _sum_by_level(self, values: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.add.reduceat(values, self.starts, axis=0)

    def _gradient(self, above: Vector, below: Vector, pushed: Vector) -> Vector:
        """From P(Y > y) and P(Y < y) of every row, and what pushes inner cut points apart."""
        by_cut = self._sum_by_level(self.weights * above)[:-1]
        by_cut = by_cut - self._sum_by_level(self.weights * below)[1:]
        by_cut[1:] += pushed
        by_cut[:-1] -= pushed
        return np.concatenate([by_cut, (self.weights * (above - below)) @ self.x])

    def _information(self, upper: Vector, lower: Vector, tied: Vector) -> Matrix:
        cuts = self.cuts
        at_upper = self.weights * expit(upper) * expit(-upper)
        at_lower = self.weights * expit(lower) * expit(-lower)
        diagonal = self._sum_by_level(at_upper)[:-1] + self._sum_by_level(at_lower)[1:]
        diagonal[1:] += tied
        diagonal[:-1] += tied
        mixed = self._sum_by_level(at_upper[:, None] * self.x)[:-1]
        mixed = mixed + self._sum_by_level(at_lower[:, None] * self.x)[1:]
        index = np.arange(cuts)
        information = np.zeros((cuts + self.x.shape[1],) * 2)
        information[index, index] = diagonal
        information[index[:-1], index[1:]] = information[index[1:], index[:-1]] = -tied
        information[:cuts, cuts:] = mixed
        information[cuts:, :cuts] = mixed.T
        information[cuts:, cuts:] = self.x.T @ ((at_upper + at_lower)[:, None] * self.x)
        return information
