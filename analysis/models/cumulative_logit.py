"""Log likelihood of the cumulative-logit model and its derivatives (docs/methods.md, section 2)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

from analysis.models.newton import Derivatives, Matrix, Vector

TINY = 1e-300
"""A probability below this has underflowed: the point is outside what can be evaluated."""


@dataclass(frozen=True)
class CumulativeLogit:
    """The model logit P(Y <= j) = theta_j + x'beta + offset for data sorted by level.

    ``x`` (n, p), ``weights`` and ``offset`` (n,) are sorted by level; ``starts`` (k,) is the first
    row of each of the k observed levels.
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

        None if the cut points do not increase or a probability underflows.
        """
        theta, beta = parameters[: self.cuts], parameters[self.cuts :]
        if np.any(np.diff(theta) <= 0):
            return None
        upper, lower, probability = self._cumulative(theta, self.x @ beta + self.offset)
        if not np.all(probability > TINY):
            return None
        density_up, density_low = upper * (1.0 - upper), lower * (1.0 - lower)
        return Derivatives(
            float(np.sum(self.weights * np.log(probability))),
            self._gradient(upper, lower, density_up, density_low, probability),
            self._information(upper, lower, density_up, density_low, probability),
        )

    def _cumulative(self, theta: Vector, eta: Vector) -> tuple[Vector, Vector, Vector]:
        """P(Y <= y), P(Y < y) and P(Y = y) of every row."""
        bounds = np.append(self.starts, len(eta))
        above = np.repeat(np.append(theta, np.inf), np.diff(bounds)) + eta
        below = np.repeat(np.insert(theta, 0, -np.inf), np.diff(bounds)) + eta
        upper, lower = expit(above), expit(below)
        # in the upper tail the difference of survival functions keeps its digits
        tail = below > 0
        probability = np.where(tail, expit(-below) - expit(-above), upper - lower)
        return upper, lower, probability

    def _sum_by_level(self, values: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.add.reduceat(values, self.starts, axis=0)

    def _gradient(
        self, upper: Vector, lower: Vector, up: Vector, low: Vector, probability: Vector
    ) -> Vector:
        share = self.weights / probability
        by_cut = self._sum_by_level(share * up)[:-1] - self._sum_by_level(share * low)[1:]
        # f(u) - f(l) = (F(u) - F(l)) (1 - F(u) - F(l)) for the logistic distribution
        return np.concatenate([by_cut, (self.weights * (1.0 - upper - lower)) @ self.x])

    def _information(
        self, upper: Vector, lower: Vector, up: Vector, low: Vector, probability: Vector
    ) -> Matrix:
        cuts, weights = self.cuts, self.weights
        cross = up * low / probability**2
        own_up = (up / probability) ** 2 - up * (1.0 - 2.0 * upper) / probability
        own_low = (low / probability) ** 2 + low * (1.0 - 2.0 * lower) / probability
        information = np.zeros((cuts + self.x.shape[1],) * 2)
        diagonal = self._sum_by_level(weights * own_up)[:-1]
        diagonal = diagonal + self._sum_by_level(weights * own_low)[1:]
        beside = -self._sum_by_level(weights * cross)[1:-1]
        index = np.arange(cuts)
        information[index, index] = diagonal
        information[index[:-1], index[1:]] = information[index[1:], index[:-1]] = beside
        at_up = self._sum_by_level((weights * (own_up - cross))[:, None] * self.x)[:-1]
        at_low = self._sum_by_level((weights * (own_low - cross))[:, None] * self.x)[1:]
        information[:cuts, cuts:] = at_up + at_low
        information[cuts:, :cuts] = information[:cuts, cuts:].T
        information[cuts:, cuts:] = self.x.T @ ((weights * (up + low))[:, None] * self.x)
        return information
