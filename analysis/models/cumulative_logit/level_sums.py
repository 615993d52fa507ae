"""Weighted sums over rows, by level, of the cumulative-logit likelihood (docs/methods.md, 2)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from analysis.models.cumulative_logit.levels import logistic_parts
from analysis.models.types import Matrix, Stack, Vector


@dataclass(frozen=True)
class LevelSums:
    """Weighted sums over the rows of each of m outcomes; u and l are a row's logits.

    ``value`` (m,): log F(u) + log F(-l). ``upper`` and ``lower`` (m, k): F(-u) and F(l) by level.
    ``by_column`` (m, p): (F(-u) - F(l)) x. ``at_cuts`` (m, k - 1) and ``mixed`` (m, k - 1, p): the
    density F(u) F(-u) of the level below a cut point and F(l) F(-l) of the level above it, alone
    and times x. ``products`` (m, p, p): both densities of a row times x x'.
    """

    value: Vector
    upper: Matrix
    lower: Matrix
    by_column: Matrix
    at_cuts: Matrix
    mixed: Stack
    products: Stack

    def __add__(self, other: LevelSums) -> LevelSums:
        pairs = zip(vars(self).values(), vars(other).values(), strict=True)
        return LevelSums(*(mine + theirs for mine, theirs in pairs))


@dataclass(frozen=True)
class RowBlock:
    """Rows of m outcomes. ``design`` (m, 1 + p, n): a row of ones and the columns.

    ``codes`` (m, n): levels 0 to ``levels`` - 1. ``weights`` and ``offset`` (m, n) or None.
    """

    design: Stack
    codes: NDArray[np.intp]
    levels: int
    weights: Matrix | None
    offset: Matrix | None

    @classmethod
    def build(
        cls,
        columns: Stack,
        codes: NDArray[np.intp],
        levels: int,
        weights: Matrix | None,
        offset: Matrix | None,
    ) -> RowBlock:
        """Return the block of ``columns`` (m, p, n)."""
        m, p, n = columns.shape
        design = np.empty((m, 1 + p, n))
        design[:, 0] = 1.0
        design[:, 1:] = columns
        return cls(design, codes, levels, weights, offset)

    @cached_property
    def cells(self) -> NDArray[np.intp]:
        """Outcome and level as one number (m, n)."""
        return self.codes + np.arange(len(self.codes))[:, None] * (self.levels + 1)

    @cached_property
    def places(self) -> NDArray[np.intp]:
        """Where the density at the lower logit stands in the table of ``_products`` (m, n)."""
        m, size, n = self.design.shape
        first = np.arange(m)[:, None] * (self.levels + size)
        places: NDArray[np.intp] = (self.codes + first) * n + np.arange(n)
        return places

    def take(self, chosen: NDArray[np.bool_]) -> RowBlock:
        """Return the rows of the outcomes that are marked."""
        weights = None if self.weights is None else self.weights[chosen]
        offset = None if self.offset is None else self.offset[chosen]
        return RowBlock(self.design[chosen], self.codes[chosen], self.levels, weights, offset)

    def totals(self) -> Matrix:
        """Return the sum of weights by outcome and level (m, k)."""
        return self._sum_by_level(self.weights)

    def weigh(self, by_level: Matrix) -> Matrix:
        """Return the weighted sums (m, p) of the columns times a number (m, k) for each level."""
        # the number of each row's level, times its weight
        cells = np.empty((len(by_level), self.levels + 1))
        cells[:, :-1], cells[:, -1] = by_level, 0.0
        rows = cells.ravel().take(self.cells)
        if self.weights is not None:
            rows = rows * self.weights
        sums: Matrix = np.matmul(rows[:, None, :], self.design[:, 1:].swapaxes(1, 2))[:, 0]
        return sums

    def reach(self, beta: Matrix) -> Vector:
        """Return the largest absolute linear predictor of each outcome (m,)."""
        largest: Vector = np.abs(self._predict(beta)).max(axis=1)
        return largest

    def _predict(self, beta: Matrix) -> Matrix:
        eta: Matrix = np.matmul(beta[:, None, :], self.design[:, 1:])[:, 0]
        if self.offset is not None:
            eta = eta + self.offset
        return eta

    def logits(self, cut_points: Matrix, beta: Matrix) -> Stack:
        """Return u and -l of every row, (2, m, n).

        ``cut_points`` (m, k + 1): with one beyond either end. ``beta`` (m, p).
        """
        eta = self._predict(beta)
        flat = cut_points.ravel()
        logits = np.empty((2, *eta.shape))
        # u = theta_y + x'beta, then -l = -(theta_(y-1) + x'beta)
        np.add(flat[1:].take(self.cells), eta, out=logits[0])
        np.add(flat.take(self.cells), eta, out=logits[1])
        np.negative(logits[1], out=logits[1])
        return logits

    def sums(self, cut_points: Matrix, beta: Matrix) -> LevelSums:
        """Return the sums at cut points (m, k + 1), one beyond either end, and beta (m, p)."""
        logits = self.logits(cut_points, beta)
        # log F(t), F(-t) and F(t) F(-t) of both logits t = u and t = -l, weighted
        decay, _, rest, density = logistic_parts(logits)
        log = np.minimum(logits, 0.0) - np.log1p(decay)
        if self.weights is not None:
            log, rest, density = log * self.weights, rest * self.weights, density * self.weights
        columns = self.design[:, 1:].swapaxes(1, 2)
        # sums of the densities at the cut points, with x, and of both with x x'
        products = self._products(density)
        inner, ends = slice(1, self.levels), self.levels + 1
        return LevelSums(
            value=log.sum(axis=2).sum(axis=0),
            upper=self._sum_by_level(rest[0]),
            lower=self._sum_by_level(rest[1]),
            by_column=np.matmul((rest[0] - rest[1])[:, None, :], columns)[:, 0],
            at_cuts=products[:, inner, 0],
            mixed=products[:, inner, 1:],
            products=products[:, ends:, 1:],
        )

    def _products(self, density: Stack) -> Stack:
        """By outcome: densities at every cut point, then both times each column; all times the
        design. One matrix product gives all sums at once.
        """
        m, size, n = self.design.shape
        ends = self.levels + 1
        table = np.empty((m, ends + size - 1, n))
        table[:, :ends] = 0.0
        # F(l) F(-l) at the cut point below a row's level, F(u) F(-u) at the one above
        flat = table.reshape(-1)
        flat[self.places] = density[1]
        flat[n:][self.places] = density[0]
        # both densities times x
        np.multiply((density[0] + density[1])[:, None, :], self.design[:, 1:], out=table[:, ends:])
        return np.asarray(np.matmul(table, self.design.swapaxes(1, 2)), dtype=np.float64)

    def _sum_by_level(self, values: Matrix | None) -> Matrix:
        m = len(self.codes)
        weights = None if values is None else values.ravel()
        # behind the levels of each outcome one cell stays empty
        length = m * (self.levels + 1)
        sums = np.bincount(self.cells.ravel(), weights=weights, minlength=length)
        return sums.reshape(m, -1)[:, : self.levels].astype(np.float64, copy=False)
