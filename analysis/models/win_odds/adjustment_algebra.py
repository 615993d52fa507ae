"""Covariance adjustment of many win probabilities at once (docs/methods.md, section 4)."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from analysis.models.data.arrays import LARGEST
from analysis.models.data.design_matrix import COLLINEAR
from analysis.models.data.residuals import Residuals
from analysis.models.types import Matrix, Stack, Vector
from analysis.models.win_odds.level_counts import add_in_order


@dataclass(frozen=True)
class StackedGroups:
    """m data sets of n rows in strata and arms.

    ``group`` (m, n): the group of each row, numbered by data set, stratum and arm; ``sizes``
    (m, 2 strata): rows of each; ``weights`` (m, strata): of the strata, 0 for those without rows.
    """

    group: NDArray[np.intp]
    sizes: Matrix
    weights: Matrix

    def average(self, column: Matrix) -> Matrix:
        """Return the means of ``column`` (m, n) in the groups, (m, 2 strata), 0 without rows."""
        sums = np.bincount(self.group.ravel(), weights=column.ravel(), minlength=self.sizes.size)
        return sums.reshape(self.sizes.shape) / np.maximum(self.sizes, 1.0)

    def to_rows(self, numbers: Matrix) -> Matrix:
        """Return for each row (m, n) the number of its group in ``numbers`` (m, 2 strata)."""
        return numbers.ravel()[self.group]

    def scale(self) -> Matrix:
        """Return w / sqrt(n (n - 1)) (m, 2 strata): squares then add up to w^2 s^2 / n."""
        each = self.sizes * (self.sizes - 1.0)
        return np.repeat(self.weights, 2, axis=1) / np.sqrt(np.maximum(each, 1.0))

    def place_rows(self, deviations: Stack, levels: NDArray[np.intp]) -> Matrix:
        """Return each row's placement value less its mean, times the scale of its group, (m, n).

        ``deviations`` (m, strata, 2, levels): of the placement values; ``levels`` (m, n).
        """
        scaled = deviations.reshape(*self.sizes.shape, -1) * self.scale()[:, :, None]
        rows: Matrix = scaled.ravel()[self.group * scaled.shape[2] + levels]
        return rows


LEAST_VARIANCE = 1e-12
"""Share of the variance that the covariates must leave: its root, a millionth, still has nine
digits in double precision."""


@dataclass(frozen=True)
class StackedDeviations:
    """Columns (m, p, n) less their mean in the stratum and arm; the ``largest`` of each (m, p).

    ``gaps`` (m, p, strata): the mean in arm 1 less that in arm 0.
    """

    values: Stack
    largest: Matrix
    gaps: Stack


@dataclass(frozen=True)
class ColumnFaults:
    """Of columns (m, p): ``flat`` ones are constant in each arm of each stratum, ``apart`` ones
    differ between the means of the arms, ``narrow`` ones vary by numbers too small to square.
    """

    flat: NDArray[np.bool_]
    apart: NDArray[np.bool_]
    narrow: NDArray[np.bool_]


@dataclass(frozen=True)
class StackedAdjustment:
    """``shift`` (m,) is taken off the win probability, ``left`` (m,) of its variance is left.

    They mean nothing where a column is ``dependent`` (m, p) on those before it, or the outcome is
    ``explained`` (m,).
    """

    shift: Vector
    left: Vector
    dependent: NDArray[np.bool_]
    explained: NDArray[np.bool_]


def deviate(columns: Stack, groups: StackedGroups) -> StackedDeviations:
    """Return the deviations of ``columns``, (m, p, n) or (1, p, n) for shared ones."""
    centred = columns - columns.mean(axis=2, keepdims=True)
    (m, n), p = groups.group.shape, columns.shape[1]
    values = np.empty((m, p, n))
    gaps = np.empty((m, p, groups.weights.shape[1]))
    for j in range(p):
        column = np.broadcast_to(centred[:, j], (m, n))
        means = groups.average(column)
        np.subtract(column, groups.to_rows(means), out=values[:, j])
        gaps[:, j] = means[:, 1::2] - means[:, ::2]
    return StackedDeviations(values, _find_largest(values), gaps)


def find_faults(columns: Stack, deviations: StackedDeviations) -> ColumnFaults:
    """Return which of ``columns``, (m, p, n) or (1, p, n), cannot be used as they are."""
    size = _find_largest(columns)
    flat = deviations.largest <= COLLINEAR * size
    apart = np.max(np.abs(deviations.gaps), axis=2) > COLLINEAR * size
    return ColumnFaults(flat, apart, ~flat & (size < 1.0 / LARGEST))


def adjust_stack(
    deviations: StackedDeviations,
    groups: StackedGroups,
    outcome: Matrix,
    residuals: Residuals = Residuals.FITTED,
) -> StackedAdjustment:
    """Return C' S^-1 d and what is left of the variance of each data set.

    ``outcome`` (m, n): the deviation of each row's placement value, scaled as its group. d and S,
    like the win probability, are the strata's, combined with the same weights. The columns must
    be fewer than the rows. What is left is the sum of the squared ``residuals`` of the outcome on
    the columns: fitted, it is v - C' S^-1 C.
    """
    scale = np.where(deviations.largest > 0.0, deviations.largest, 1.0)
    (m, p, n), root = deviations.values.shape, groups.to_rows(groups.scale())
    both = np.empty((m, p + 1, n))
    np.divide(deviations.values, scale[:, :, None], out=both[:, :p])
    both[:, :p] *= root[:, None, :]
    both[:, p] = outcome
    difference = add_in_order(groups.weights[:, None, :] * deviations.gaps) / scale
    if residuals is Residuals.FITTED:
        triangle = np.asarray(np.linalg.qr(both.swapaxes(1, 2), mode="r"), dtype=np.float64)
        return _project(triangle, difference)
    basis, triangle = np.linalg.qr(both.swapaxes(1, 2), mode="reduced")
    return replace(_project(triangle, difference), left=_leave_out(basis, triangle))


def _leave_out(basis: Stack, triangle: Stack) -> Vector:
    """Sum of squares of the residuals of (Z, q) = basis triangle, each over 1 - its leverage."""
    p = basis.shape[2] - 1
    rest = 1.0 - np.sum(basis[:, :, :p] ** 2, axis=2)  # 1 / rows of the arm and more, or dependent
    fitted = basis[:, :, p] * triangle[:, p, p, None]
    residuals = np.divide(fitted, rest, out=np.zeros_like(fitted), where=rest > 0.0)
    left: Vector = np.sum(residuals**2, axis=1)
    return left


def _project(triangle: Stack, difference: Matrix) -> StackedAdjustment:
    """From the triangle of (Z, q), where S = Z'Z and C = Z'q."""
    p = difference.shape[1]
    length = np.sqrt(add_in_order(np.ascontiguousarray(triangle.swapaxes(1, 2)) ** 2))
    diagonal = np.abs(np.diagonal(triangle, axis1=1, axis2=2))
    dependent = (diagonal <= COLLINEAR * length)[:, :p]
    left = triangle[:, p, p] ** 2
    square = triangle[:, :p, :p].copy()
    square[dependent.any(axis=1)] = np.eye(p)
    effects = np.linalg.solve(square, triangle[:, :p, p:])[:, :, 0]
    return StackedAdjustment(
        shift=add_in_order(effects * difference),
        left=left,
        dependent=dependent,
        explained=left <= LEAST_VARIANCE * length[:, p] ** 2,
    )


def _find_largest(values: Stack) -> Matrix:
    largest: Matrix = np.maximum(values.max(axis=2), -values.min(axis=2))
    return largest
