"""Ordinal outcome, columns and weights of a cumulative-logit model, rows sorted by level."""

from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import ArrayLike, NDArray

from analysis.errors import EstimationError
from analysis.errors.reason_codes import ReasonCode
from analysis.models.data.arrays import read_columns, read_levels, read_weights
from analysis.models.data.design_matrix import Basis, build_basis
from analysis.models.types import Matrix, Vector


@dataclass(frozen=True)
class OrdinalData:
    """Rows sorted by level. ``order`` (n,) is the place each of them had.

    ``levels`` (k,) are the observed levels, ``starts`` (k,) the first row of each; ``columns``
    (n, p), ``basis`` their uncorrelated form, ``weights`` (n,) frequencies.
    """

    levels: tuple[int, ...]
    starts: NDArray[np.intp]
    columns: Matrix
    basis: Basis
    weights: Vector
    order: NDArray[np.intp]

    @classmethod
    def read(cls, y: ArrayLike, x: ArrayLike, weights: ArrayLike | None) -> Self:
        """Return the data of integer levels ``y`` (n,), columns ``x`` (n, p) and weights (n,).

        Raises EstimationError as the proportional-odds fit does: for shapes that differ, anything
        but finite numbers, a single observed level, constant and collinear columns.
        """
        levels, codes = read_levels(y)
        n = len(codes)
        columns = read_columns(x, n)
        weight = np.ones(n) if weights is None else read_weights(weights, n)
        if len(levels) < 2:
            raise EstimationError(ReasonCode.ONE_LEVEL, level=levels[0])
        order = np.argsort(codes, kind="stable")
        starts = np.searchsorted(codes[order], np.arange(len(levels)))
        columns = columns[order]
        return cls(levels, starts, columns, build_basis(columns), weight[order], order)

    @property
    def cuts(self) -> int:
        """Number of cut points."""
        return len(self.levels) - 1

    @property
    def codes(self) -> NDArray[np.intp]:
        """Index of the level of every row."""
        rows = np.diff(np.append(self.starts, len(self.weights)))
        return np.repeat(np.arange(len(self.levels)), rows)

    def require_contrast(self) -> None:
        """Raise EstimationError if no effect can differ, or more effects than there are rows."""
        p = self.columns.shape[1]
        if self.cuts < 2:
            low, high = self.levels
            raise EstimationError(ReasonCode.TWO_LEVELS, low=low, high=high)
        if p == 0:
            raise EstimationError("x has no column: there is no effect to test")
        subjects = max(float(self.weights.sum()), float(len(self.weights)))
        if p * (self.cuts - 1) >= subjects:
            raise EstimationError(
                ReasonCode.TOO_FEW_FOR_DIFFERENCES,
                differences=p * (self.cuts - 1),
                subjects=f"{subjects:.0f}",
            )
