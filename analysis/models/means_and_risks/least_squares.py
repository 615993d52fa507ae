"""Linear regression by least squares, for adjusted means (docs/methods.md, section 13)."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from analysis.errors import EstimationError
from analysis.errors.reason_codes import ReasonCode
from analysis.models.data.arrays import read_columns, read_vector
from analysis.models.data.design_matrix import build_basis
from analysis.models.numerics.wald import standard_errors
from analysis.models.types import Matrix, Vector

EXACT = 1e-12
"""Residuals below this share of the outcome's spread are rounding: the columns determine it."""


@dataclass(frozen=True)
class LinearFit:
    """A fitted model E(y) = intercept + x'beta, with residuals of one variance.

    ``beta`` (p,); ``covariance`` (1 + p, 1 + p) of (intercept, beta).
    """

    intercept: float
    beta: Vector
    covariance: Matrix
    residual_sd: float
    degrees_of_freedom: int
    n: int

    @property
    def beta_errors(self) -> Vector:
        """Standard errors of beta."""
        return standard_errors(self.covariance)[1:]


def fit_linear(y: ArrayLike, x: ArrayLike) -> LinearFit:
    """Return the least-squares fit of ``y`` (n,) on an intercept and the columns ``x`` (n, p).

    Raises EstimationError for shapes that differ, anything but finite numbers, constant or
    collinear columns, fewer than p + 2 rows, and an outcome that is constant or determined by the
    columns.

    >>> mrs, x = [0, 0, 1, 1, 2, 3, 0, 1, 2, 2, 3, 3], [[1]] * 6 + [[0]] * 6
    >>> fit_linear(mrs, x).beta.round(2).tolist()
    [-0.67]
    """
    values = read_vector(y, int(np.size(y)), "the outcome")
    n = len(values)
    if n == 0:
        raise EstimationError("the outcome must be a vector with at least one value")
    columns = read_columns(x, n)
    if float(np.ptp(values)) == 0.0:
        raise EstimationError(ReasonCode.SAME_OUTCOME, value=f"{values[0]:g}")
    basis = build_basis(columns)
    degrees = n - columns.shape[1] - 1
    if degrees < 1:
        raise EstimationError(ReasonCode.TOO_FEW_ROWS, width=columns.shape[1], rows=n)
    # in uncorrelated columns of variance 1 the effects are covariances
    centre = float(values.mean())
    effects = basis.scores.T @ (values - centre) / n
    residuals = values - centre - basis.scores @ effects
    squares = float(residuals @ residuals)
    if squares <= EXACT**2 * float((values - centre) @ (values - centre)):
        raise EstimationError(ReasonCode.OUTCOME_DETERMINED)
    back = basis.back_transform(1)
    parameters = back @ np.concatenate([[centre], effects])
    return LinearFit(
        intercept=float(parameters[0]),
        beta=parameters[1:],
        covariance=back @ back.T * (squares / degrees / n),
        residual_sd=float(np.sqrt(squares / degrees)),
        degrees_of_freedom=degrees,
        n=n,
    )
