"""The columns of a design: made uncorrelated for the solver, checked for collinearity."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from analysis.errors import EstimationError
from analysis.models.inputs import LARGEST, name_columns
from analysis.models.newton import Matrix, Vector

COLLINEAR = 1e-9
"""A column whose part outside the span of the others is below this share of it adds nothing but
rounding: double precision holds 16 digits, and the estimate keeps what is left of them."""


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
        """Return the matrix that takes (cut points, effects) of the scores to the columns'."""
        effects = np.linalg.inv(self.triangle) / self.scale[:, None]
        back = np.eye(cuts + len(self.scale))
        back[cuts:, cuts:] = effects
        back[:cuts, cuts:] = -self.centre @ effects
        return back


def build_basis(columns: Matrix) -> Basis:
    """Return the basis of the columns (n, p).

    Raises EstimationError naming columns that are constant or combinations of earlier ones, and
    for as many columns as rows.
    """
    n, p = columns.shape
    _require_spread(columns)
    if p >= n:
        raise EstimationError(f"{p} columns for {n} rows")
    centre = columns.mean(axis=0)
    scale = columns.std(axis=0)
    scores, triangle = np.linalg.qr((columns - centre) / scale)
    root = np.sqrt(n)
    dependent = name_columns(np.abs(np.diag(triangle)) <= COLLINEAR * root)
    if dependent:
        raise EstimationError(f"collinear column {dependent}")
    return Basis(centre, scale, triangle / root, scores * root)


def _require_spread(columns: Matrix) -> None:
    if columns.shape[1] == 0:
        return
    spread = columns.max(axis=0) - columns.min(axis=0)
    size = np.max(np.abs(columns), axis=0)
    constant = name_columns(spread <= COLLINEAR * size)
    if constant:
        raise EstimationError(f"constant column {constant}")
    narrow = name_columns(spread < 1.0 / LARGEST)
    if narrow:
        raise EstimationError(f"column {narrow} varies by less than {1.0 / LARGEST:g}: rescale it")
