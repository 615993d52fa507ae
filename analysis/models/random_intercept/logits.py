"""Logits of the random-intercept model, sorted by group (docs/methods.md, section 9)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

from analysis.models.numerics.separation import design_of_logits
from analysis.models.types import Matrix, Vector


@dataclass(frozen=True)
class GroupedLogits:
    """The finite logits t = design @ (theta, beta) + sign * intercept (docs/methods.md, section 9).

    A row of level j has two: u, the logit of P(Y <= j), with sign 1, and -l, minus the logit of
    P(Y < j), with sign -1; an end level has only one. Apart from a term in the cut points, the log
    likelihood is the sum of log F(t).

    ``design`` (m, cuts + p) and ``sign`` (m,) are sorted by group, ``starts`` (g,) is the first
    logit of each group.
    """

    design: Matrix
    sign: Vector
    starts: NDArray[np.intp]

    @property
    def groups(self) -> int:
        """Number of groups."""
        return len(self.starts)

    @cached_property
    def sizes(self) -> NDArray[np.intp]:
        """Number of logits of each group."""
        return np.diff(np.append(self.starts, len(self.sign)))

    def sum_groups(self, values: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the sums by group of values (..., m)."""
        return np.add.reduceat(values, self.starts, axis=-1)

    def spread(self, values: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return group values (..., g) for each logit (..., m)."""
        return np.repeat(values, self.sizes, axis=-1)

    def slopes(self, logits: Vector) -> tuple[Vector, Vector]:
        """Return by group the slope of the sum of log F(t) in the intercept, and its curvature.

        ``logits`` (m,): t. The slope is the sum of sign * F(-t), the curvature, minus the second
        derivative, that of F(t) F(-t).
        """
        tail = expit(-logits)
        return self.sum_groups(self.sign * tail), self.sum_groups(tail * (1.0 - tail))

    def sum_design(self, weights: Vector) -> Matrix:
        """Return the sums by group of weight * design row, (g, cuts + p)."""
        return np.add.reduceat(weights[:, None] * self.design, self.starts, axis=0)

    def sum_design_at_nodes(self, weights: Matrix) -> NDArray[np.float64]:
        """Return the same for weights (nodes, m), as (g, nodes, cuts + p)."""
        sums = np.empty((self.groups, len(weights), self.design.shape[1]))
        ends = np.append(self.starts[1:], len(self.sign))
        for group, (start, end) in enumerate(zip(self.starts, ends, strict=True)):
            np.matmul(weights[:, start:end], self.design[start:end], out=sums[group])
        return sums

    def multiply_design(self, weights: Vector) -> Matrix:
        """Return the sum of weight * design row * design row'."""
        return self.design.T @ (weights[:, None] * self.design)

    def split(self, largest: int) -> Iterator[GroupedLogits]:
        """Yield whole groups in parts of about ``largest`` logits."""
        if len(self.sign) <= largest:
            yield self
            return
        # the first group of each part, and the group after its last
        part = self.starts // largest
        firsts = np.flatnonzero(np.diff(part, prepend=-1))
        for first, after in zip(firsts, np.append(firsts[1:], self.groups), strict=True):
            start = self.starts[first]
            end = self.starts[after] if after < self.groups else len(self.sign)
            yield GroupedLogits(
                self.design[start:end], self.sign[start:end], self.starts[first:after] - start
            )


def stack_logits(
    codes: NDArray[np.intp], columns: Matrix, group: NDArray[np.intp]
) -> GroupedLogits:
    """Return the logits of levels ``codes`` (n,), columns (n, p) and group numbers (n,).

    Levels and groups are numbered from 0 and all observed.
    """
    design, upper, lower = design_of_logits(codes, columns)
    sign = np.repeat([1.0, -1.0], [len(upper), len(lower)])
    of_group = np.concatenate([group[upper], group[lower]])
    order = np.argsort(of_group, kind="stable")
    starts = np.searchsorted(of_group[order], np.arange(int(group.max()) + 1))
    return GroupedLogits(design[order], sign[order], starts)
