"""Design matrix: columns made uncorrelated for the solver, and checked for collinearity."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analysis.errors import EstimationError
from analysis.errors.reason_codes import ReasonCode
from analysis.models.data.arrays import LARGEST, chunks, name_columns
from analysis.models.types import Matrix, Vector

COLLINEAR = 1e-9
"""A column whose part outside the span of the others is below this share of it adds nothing but
rounding: double precision holds 16 digits, and the estimate keeps what is left of them."""
NEARLY_COLLINEAR = 1e-3
"""Below this share the squares of the columns lose more than six of sixteen digits."""
PANEL_ROWS = 65_536
"""Rows whose triangle is taken at once: the factorisation copies them."""


@dataclass(frozen=True)
class Basis:
    """Columns (n, p) as combinations of uncorrelated ones with mean 0 and variance 1.

    ``columns = centre + (scores @ triangle) * scale``. The information of the scores is well
    conditioned however the columns are scaled and correlated.
    """

    centre: Vector
    scale: Vector
    triangle: Matrix
    scores: Matrix

    def back_transform(self, cuts: int) -> Matrix:
        """Return the matrix that takes (cut points, effects) of the scores to the columns'.

        With ``cuts`` = 0 it takes the effects alone.
        """
        back: Matrix = self.stack().back_transforms(cuts)[0]
        return back

    def to_scores(self, theta: Vector, beta: Vector) -> tuple[Vector, Vector]:
        """Return cut points and effects of the scores from those of the columns."""
        return theta + self.centre @ beta, self.triangle @ (self.scale * beta)

    def stack(self) -> StackedBases:
        """Return the basis as a stack of one."""
        return StackedBases(
            self.centre[None],
            self.scale[None],
            self.triangle[None],
            self.scores.T[None],
            np.ones(1, dtype=bool),
        )


@dataclass(frozen=True)
class StackedBases:
    """m bases: ``centre`` and ``scale`` (m, p), ``triangle`` (m, p, p), ``scores`` (m, p, n) with
    the rows along the last axis. ``sound`` (m,): False where columns are constant or collinear, and
    the others mean nothing.
    """

    centre: Matrix
    scale: Matrix
    triangle: NDArray[np.float64]
    scores: NDArray[np.float64]
    sound: NDArray[np.bool_]

    def back_transforms(self, cuts: int) -> NDArray[np.float64]:
        """Return the matrices that take (cut points, effects) of the scores to the columns'."""
        m, p = self.centre.shape
        effects = np.linalg.inv(self.triangle) / self.scale[:, :, None]
        back = np.zeros((m, cuts + p, cuts + p))
        index = np.arange(cuts)
        back[:, index, index] = 1.0
        back[:, cuts:, cuts:] = effects
        back[:, :cuts, cuts:] = -np.matmul(self.centre[:, None, :], effects)
        return back


def build_basis(columns: Matrix) -> Basis:
    """Return the basis of the columns (n, p).

    Raises EstimationError naming columns that are constant or combinations of earlier ones, and
    for as many columns as rows.

    >>> build_basis(np.array([[0.0], [2.0], [2.0], [0.0]])).scores.round(6).tolist()
    [[-1.0], [1.0], [1.0], [-1.0]]
    """
    n, p = columns.shape
    _require_spread(columns)
    if p >= n:
        raise EstimationError(ReasonCode.TOO_FEW_ROWS, width=p, rows=n)
    rows = columns.T.copy(order="C")
    centre, scale = _standardise(rows)
    triangle = _find_triangle(rows)
    dependent = name_columns(_leaves_nothing(triangle))
    if dependent:
        raise EstimationError(ReasonCode.COLLINEAR_COLUMN, columns=dependent)
    return Basis(centre, scale, triangle, _divide(rows, triangle).T)


def build_bases(columns: NDArray[np.float64]) -> StackedBases:
    """Return the bases of m sets of columns (m, p, n), rows along the last axis, p < n."""
    low, high = columns.min(axis=2), columns.max(axis=2)
    rows = columns.copy()
    with np.errstate(invalid="ignore", divide="ignore"):
        centre, scale = _standardise(rows)
    sound = np.all(_spreads(low, high) & (high - low >= 1.0 / LARGEST), axis=1)
    rows[~sound], scale[~sound] = 0.0, 1.0
    triangle = np.linalg.qr(rows.swapaxes(1, 2), mode="r") / np.sqrt(columns.shape[2])
    sound &= ~np.any(_leaves_nothing(triangle), axis=1)
    triangle[~sound] = np.eye(columns.shape[1])
    return StackedBases(centre, scale, triangle, _divide(rows, triangle), sound)


def _standardise(rows: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Centre and scale the columns (..., p, n) in place; return their centre and scale.

    Numbers between 1e-100 and 1e100 have squares inside double precision.
    """
    centre = rows.mean(axis=-1)
    rows -= centre[..., None]
    scale = np.sqrt(np.einsum("...n,...n->...", rows, rows) / rows.shape[-1])
    rows /= scale[..., None]
    return centre, scale


def _find_triangle(rows: Matrix) -> Matrix:
    """The triangle R of rows' = Q R, over the root of n.

    From the correlations by Cholesky where they are far from collinear; the digits that their
    squares lose there do not matter, as the scores are made to fit R. Otherwise by QR.
    """
    try:
        lower = np.linalg.cholesky(rows @ rows.T / rows.shape[1])
    except np.linalg.LinAlgError:
        return _find_exact_triangle(rows)
    if np.diag(lower).min(initial=1.0) < NEARLY_COLLINEAR:
        return _find_exact_triangle(rows)
    return np.asarray(lower.T, dtype=np.float64)


def _find_exact_triangle(rows: Matrix) -> Matrix:
    """The triangle by orthogonal transformations, panel by panel (tall-skinny QR)."""
    n = rows.shape[1]
    panels = [np.linalg.qr(rows[:, panel].T, mode="r") for panel in chunks(n, PANEL_ROWS)]
    triangle = panels[0] if len(panels) == 1 else np.linalg.qr(np.vstack(panels), mode="r")
    return np.asarray(triangle / np.sqrt(n), dtype=np.float64)


def _divide(rows: NDArray[np.float64], triangle: NDArray[np.float64]) -> NDArray[np.float64]:
    """Scores of which ``triangle`` makes up the columns (..., p, n), to the last digits.

    The product with the inverse loses digits to collinearity; its remainder, treated alike, brings
    them back.
    """
    turned = triangle.swapaxes(-2, -1)
    inverse = np.linalg.inv(turned)
    scores = np.matmul(inverse, rows)
    remainder = rows - np.matmul(turned, scores)
    refined: NDArray[np.float64] = scores + np.matmul(inverse, remainder)
    return refined


def _leaves_nothing(triangle: NDArray[np.float64]) -> NDArray[np.bool_]:
    return np.abs(np.diagonal(triangle, axis1=-2, axis2=-1)) <= COLLINEAR


def _spreads(low: NDArray[np.float64], high: NDArray[np.float64]) -> NDArray[np.bool_]:
    return high - low > COLLINEAR * np.maximum(np.abs(low), np.abs(high))


def _require_spread(columns: Matrix) -> None:
    if columns.shape[1] == 0:
        return
    low, high = columns.min(axis=0), columns.max(axis=0)
    constant = name_columns(~_spreads(low, high))
    if constant:
        raise EstimationError(ReasonCode.CONSTANT_COLUMN, columns=constant)
    narrow = name_columns(high - low < 1.0 / LARGEST)
    if narrow:
        raise EstimationError(ReasonCode.NARROW_COLUMN, columns=narrow, limit=f"{1.0 / LARGEST:g}")


def put_first(basis: Basis, columns: tuple[int, ...]) -> tuple[Basis, Matrix]:
    """Return the basis with these columns before the others, and the rotation of its scores.

    The first of the new ``scores`` = old scores @ rotation span the columns put first.
    """
    others = [j for j in range(len(basis.scale)) if j not in columns]
    order = np.array([*columns, *others], dtype=np.intp)
    rotation, triangle = np.linalg.qr(basis.triangle[:, order])
    rotated = Basis(basis.centre[order], basis.scale[order], triangle, basis.scores @ rotation)
    return rotated, rotation
