"""The columns of a design: centred and scaled for the solver, checked for collinearity."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from analysis.errors import EstimationError
from analysis.models.newton import Matrix, Vector

COLLINEAR = 1e-9
"""A column whose part outside the span of the others is below this share of it adds nothing but
rounding: double precision holds 16 digits, and the information squares the ratio."""


@dataclass(frozen=True)
class Scaling:
    """Centre and scale of each column, so that the information is well conditioned."""

    centre: Vector
    scale: Vector

    @classmethod
    def of(cls, columns: Matrix) -> Scaling:
        """Return mean and standard deviation of each column (n, p)."""
        return cls(columns.mean(axis=0), columns.std(axis=0))

    def apply(self, columns: Matrix) -> Matrix:
        """Return the columns with mean 0 and standard deviation 1."""
        scaled: Matrix = (columns - self.centre) / self.scale
        return scaled

    def back_transform(self, cuts: int) -> Matrix:
        """Return the matrix that takes (cut points, effects) of scaled columns to the original."""
        p = len(self.scale)
        back = np.eye(cuts + p)
        back[cuts:, cuts:] = np.diag(1.0 / self.scale)
        back[:cuts, cuts:] = -self.centre / self.scale
        return back


def require_columns(columns: Matrix) -> None:
    """Raise EstimationError naming columns that are constant or combinations of earlier ones."""
    n, p = columns.shape
    if p == 0:
        return
    spread = columns.max(axis=0) - columns.min(axis=0)
    size = np.max(np.abs(columns), axis=0)
    constant = [int(j) for j in np.flatnonzero(spread <= COLLINEAR * size)]
    if constant:
        raise EstimationError(f"constant column {constant}")
    if p >= n:
        raise EstimationError(f"{p} columns for {n} rows")
    triangle = np.linalg.qr(Scaling.of(columns).apply(columns) / np.sqrt(n), mode="r")
    dependent = [int(j) for j in np.flatnonzero(np.abs(np.diag(triangle)) <= COLLINEAR)]
    if dependent:
        raise EstimationError(f"collinear column {dependent}")
