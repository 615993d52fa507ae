"""Likelihood of cumulative logits with free effects at every cut point: partial proportional odds.

Value, gradient and observed information, row by row (docs/methods.md, section 8). With a free
intercept alone the model is that of ``common_effects``, which has a faster form; the covariances of
a proportional-odds fit, of scores by row or by cluster, come from the form here.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit, log_expit

from analysis.models.cumulative_logit.levels import CLOSEST, gap_and_closeness, level_scores
from analysis.models.numerics.newton import Derivatives
from analysis.models.types import Matrix, Stack, Vector


@dataclass(frozen=True)
class Curvature:
    """Minus the second derivatives of each row's log likelihood, or the products of its scores.

    (n,) each: at the upper logit, at the lower logit, and across the two.
    """

    upper: Vector
    lower: Vector
    across: Vector


@dataclass(frozen=True)
class PartialLogit:
    """The model logit P(Y <= j) = w'alpha_j + x'beta for rows sorted by level.

    ``w`` (n, m): a column of ones and the columns with free effects. ``x`` (n, p): the columns with
    one effect. Parameters: alpha cut by cut, then beta. ``starts`` (k,): first row of each level.

    Outside its own level a row puts no bound on its cumulative logits. The log likelihood is
    concave in all of them, so a maximum at which the logits of every row increase is the maximum.
    """

    w: Matrix
    x: Matrix
    weights: Vector
    starts: NDArray[np.intp]

    @property
    def cuts(self) -> int:
        """Number of cut points."""
        return len(self.starts) - 1

    @property
    def size(self) -> int:
        """Number of parameters."""
        return int(self.cuts * self.w.shape[1] + self.x.shape[1])

    def split(self, parameters: Vector) -> tuple[Matrix, Vector]:
        """Return alpha (cuts, m) and beta (p,)."""
        free = self.cuts * self.w.shape[1]
        return parameters[:free].reshape(self.cuts, -1), parameters[free:]

    def levels(self) -> Iterator[tuple[int, slice]]:
        """Yield every level with its rows."""
        ends = [*self.starts[1:], len(self.weights)]
        for level, (start, end) in enumerate(zip(self.starts, ends, strict=True)):
            yield level, slice(int(start), int(end))

    def logits(self, parameters: Vector) -> tuple[Vector, Vector, Vector]:
        """Return the logits of P(Y <= y) and P(Y < y) of every row, and their distance."""
        alpha, beta = self.split(parameters)
        shared = self.x @ beta
        upper, distance = np.full((2, len(shared)), np.inf)
        lower = np.full(len(shared), -np.inf)
        for level, rows in self.levels():
            if level < self.cuts:
                upper[rows] = self.w[rows] @ alpha[level] + shared[rows]
            if level > 0:
                lower[rows] = self.w[rows] @ alpha[level - 1] + shared[rows]
            if 0 < level < self.cuts:
                distance[rows] = self.w[rows] @ (alpha[level] - alpha[level - 1])
        return upper, lower, distance

    def evaluate(self, parameters: Vector) -> Derivatives | None:
        """Return value, gradient and observed information; None if a row has no probability."""
        upper, lower, distance = self.logits(parameters)
        if np.any(distance <= CLOSEST):
            return None
        # log P = log F(u) + log F(-l) + log(1 - e^-d)
        between, closeness = gap_and_closeness(distance)
        log_rows = log_expit(upper) + log_expit(-lower) + np.log(between)
        # F(-u) and F(l); minus the second derivatives, with c (1 + c) across
        above, below = expit(-upper), expit(lower)
        tied = closeness * (1.0 + closeness)
        curvature = Curvature(expit(upper) * above + tied, below * expit(-lower) + tied, -tied)
        return Derivatives(
            float(self.weights @ log_rows),
            self.sum_scores(*level_scores(above, below, closeness)),
            self.assemble(curvature),
        )

    def scores(self, parameters: Vector) -> tuple[Vector, Vector]:
        """Return the derivatives of each row's log likelihood by its upper and lower logit."""
        upper, lower, distance = self.logits(parameters)
        return level_scores(expit(-upper), expit(lower), gap_and_closeness(distance)[1])

    def sum_scores(self, at_upper: Vector, at_lower: Vector) -> Vector:
        """Return the gradient from each row's derivatives by its two logits."""
        at_upper, at_lower = self.weights * at_upper, self.weights * at_lower
        # alpha_j: u of the rows of level j, l of those of level j + 1
        by_cut = np.add.reduceat(at_upper[:, None] * self.w, self.starts)[:-1]
        by_cut = by_cut + np.add.reduceat(at_lower[:, None] * self.w, self.starts)[1:]
        return np.concatenate([by_cut.ravel(), (at_upper + at_lower) @ self.x])

    def assemble(self, rows: Curvature) -> Matrix:
        """Return the weighted sum over rows of their curvature in the parameters."""
        total = np.zeros((self.size, self.size))
        m, free = self.w.shape[1], self.cuts * self.w.shape[1]
        upper, lower, across = (
            self.weights * part for part in (rows.upper, rows.lower, rows.across)
        )
        for level, at in self.levels():
            # alpha of the cut point above the level, then of that below, each with beta
            w, x = self.w[at], self.x[at]
            above, below = slice(level * m, (level + 1) * m), slice((level - 1) * m, level * m)
            if level < self.cuts:
                total[above, above] += w.T @ (upper[at, None] * w)
                total[above, free:] += w.T @ ((upper + across)[at, None] * x)
            if level > 0:
                total[below, below] += w.T @ (lower[at, None] * w)
                total[below, free:] += w.T @ ((lower + across)[at, None] * x)
            if 0 < level < self.cuts:
                total[below, above] = w.T @ (across[at, None] * w)
        # beta: both logits of a row move with it
        total[free:, free:] = self.x.T @ ((upper + lower + 2.0 * across)[:, None] * self.x)
        return mirror(total)


def mirror(upper: Stack) -> Stack:
    """Return the symmetric matrices (..., r, r) with these upper triangles."""
    return np.triu(upper) + np.triu(upper, 1).swapaxes(-2, -1)
