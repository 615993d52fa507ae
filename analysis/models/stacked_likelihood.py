"""The proportional-odds log likelihood of one outcome for many sets of columns at once.

Value and derivatives of docs/methods.md, section 2, stacked: the outcome is the same everywhere,
the columns and the parameters differ. No entry of a stack depends on another.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analysis.models.cumulative_logit import CLOSEST
from analysis.models.newton import Matrix, Vector

Stack = NDArray[np.float64]
"""Matrices stacked along the first axis."""


@dataclass(frozen=True)
class StackedDerivatives:
    """Value (m,), minus infinity where cut points do not increase; gradient (m, r), observed
    information (m, r, r) and largest absolute logit (m,) by (theta, beta).
    """

    value: Vector
    gradient: Matrix
    information: Stack
    largest_logit: Vector

    def take(self, chosen: NDArray[np.bool_]) -> StackedDerivatives:
        """Return the entries that are marked."""
        return StackedDerivatives(
            self.value[chosen],
            self.gradient[chosen],
            self.information[chosen],
            self.largest_logit[chosen],
        )


@dataclass(frozen=True)
class SortedLevels:
    """An outcome of n rows sorted by level; ``starts`` (k,): the first row of each level."""

    starts: NDArray[np.intp]
    n: int

    @property
    def cuts(self) -> int:
        """Number of cut points."""
        return len(self.starts) - 1

    def marginal_start(self, columns: int) -> Vector:
        """Return the cut points of the marginal distribution, followed by no effects."""
        below = self.starts[1:]
        return np.append(np.log(below / (self.n - below)), np.zeros(columns))

    def evaluate(self, x: Stack, parameters: Matrix) -> StackedDerivatives:
        """Return the derivatives for the columns ``x`` (m, n, q) at ``parameters`` (m, r)."""
        theta, beta = parameters[:, : self.cuts], parameters[:, self.cuts :]
        eta = np.matmul(x, beta[:, :, None])[:, :, 0]
        first, last = self.starts[1], self.starts[-1]  # rows above the first, below the last level
        sizes = np.diff(np.append(self.starts, self.n))
        upper = _Logistic.of(np.repeat(theta, sizes[:-1], axis=1) + eta[:, :last])
        lower = _Logistic.of(-np.repeat(theta, sizes[1:], axis=1) - eta[:, first:])
        distances = np.diff(theta, axis=1)
        ordered = np.all(distances > CLOSEST, axis=1)
        distances = np.where(ordered[:, None], distances, 1.0)
        shrink = -np.expm1(-distances)
        closeness = np.exp(-distances) / shrink
        value = upper.log.sum(axis=1) + lower.log.sum(axis=1) + np.log(shrink) @ sizes[1:-1]
        residual, weight = np.zeros((2, *eta.shape))
        residual[:, :last] += upper.rest
        residual[:, first:] -= lower.rest
        weight[:, :last] += upper.density
        weight[:, first:] += lower.density
        by_cut = self._by_cut(upper.rest, -lower.rest)
        pushed = closeness * sizes[1:-1]
        by_cut[:, 1:] += pushed
        by_cut[:, :-1] -= pushed
        by_column = np.matmul(residual[:, None, :], x)[:, 0, :]
        tied = pushed * (1.0 + closeness)
        return StackedDerivatives(
            np.where(ordered, value, -np.inf),
            np.hstack([by_cut, by_column]),
            self._information(x, weight, upper.density, lower.density, tied),
            np.maximum(np.abs(upper.logit).max(axis=1), np.abs(lower.logit).max(axis=1)),
        )

    def _by_cut(self, upper: Matrix, lower: Matrix) -> Matrix:
        """Sums over the rows of the level below each cut point and of the level above it."""
        above = np.add.reduceat(lower, self.starts[1:] - self.starts[1], axis=1)
        return np.add.reduceat(upper, self.starts[:-1], axis=1) + above

    def _information(
        self, x: Stack, weight: Matrix, upper: Matrix, lower: Matrix, tied: Matrix
    ) -> Stack:
        cuts = self.cuts
        information = np.zeros((len(x),) + (cuts + x.shape[2],) * 2)
        index = np.arange(cuts)
        diagonal = self._by_cut(upper, lower)
        diagonal[:, 1:] += tied
        diagonal[:, :-1] += tied
        information[:, index, index] = diagonal
        information[:, index[:-1], index[1:]] = information[:, index[1:], index[:-1]] = -tied
        first, ends = self.starts[1], np.append(self.starts, self.n)
        for j in range(cuts):
            own, next_up = slice(ends[j], ends[j + 1]), slice(ends[j + 1], ends[j + 2])
            shifted = slice(next_up.start - first, next_up.stop - first)
            mixed = np.matmul(upper[:, None, own], x[:, own])
            mixed += np.matmul(lower[:, None, shifted], x[:, next_up])
            information[:, j, cuts:] = information[:, cuts:, j] = mixed[:, 0, :]
        information[:, cuts:, cuts:] = np.matmul(x.swapaxes(1, 2), weight[:, :, None] * x)
        return information


@dataclass(frozen=True)
class _Logistic:
    """Of logits z: log F(z), F(-z) and F(z) F(-z), from one exponential."""

    logit: Matrix
    log: Matrix
    rest: Matrix
    density: Matrix

    @classmethod
    def of(cls, logit: Matrix) -> _Logistic:
        decay = np.exp(-np.abs(logit))
        share = 1.0 / (1.0 + decay)
        rest = np.where(logit > 0.0, decay, 1.0) * share
        return cls(logit, np.minimum(logit, 0.0) - np.log1p(decay), rest, decay * share * share)
