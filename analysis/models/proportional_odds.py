"""Proportional-odds regression by maximum likelihood (docs/methods.md, section 2)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from analysis.errors import EstimationError
from analysis.models.columns import Scaling, require_columns
from analysis.models.cumulative_logit import CumulativeLogit
from analysis.models.newton import Convergence, Matrix, Vector, maximise
from analysis.models.separation import DIVERGING, require_no_separation


@dataclass(frozen=True)
class ProportionalOddsFit:
    """A fitted model logit P(Y <= j) = theta_j + x'beta over k observed levels.

    ``beta`` (p,): log odds ratio of a *lower* level per unit of each column. ``theta`` (k - 1,):
    cut points. ``covariance`` (k - 1 + p, k - 1 + p) of (theta, beta) from the observed
    information. ``dropped_levels``: levels inside the range of y that nobody has.
    ``max_gradient`` is on the standardised scale of the columns, ``condition_number`` that of the
    scaled information, ``coefficient_error`` the largest last Newton step in standard errors.
    """

    levels: tuple[int, ...]
    dropped_levels: tuple[int, ...]
    theta: Vector
    beta: Vector
    covariance: Matrix
    log_likelihood: float
    n: int
    convergence: Convergence
    iterations: int
    max_gradient: float
    condition_number: float
    coefficient_error: float

    @property
    def standard_errors(self) -> Vector:
        """Standard errors of (theta, beta)."""
        errors: Vector = np.sqrt(np.diag(self.covariance))
        return errors

    @property
    def beta_errors(self) -> Vector:
        """Standard errors of beta."""
        return self.standard_errors[len(self.theta) :]


def fit_proportional_odds(
    y: ArrayLike, x: ArrayLike, *, weights: ArrayLike | None = None, offset: ArrayLike | None = None
) -> ProportionalOddsFit:
    """Return the maximum-likelihood fit of the proportional-odds model (McCullagh 1980).

    ``y`` (n,): integer levels. ``x`` (n, p): columns, p may be 0. ``weights`` (n,): positive
    frequency weights. ``offset`` (n,): added to the linear predictor of a lower level.

    Raises EstimationError for shapes that differ, NaN or infinity, weights that are not positive,
    a single observed level, collinear or constant columns, separation, and a fit that does not
    converge; ValueError never reaches the caller.
    """
    levels, codes = _read_levels(y)
    columns = _read_columns(x, len(codes))
    weight = _read_vector(weights, len(codes), 1.0, "weights")
    shift = _read_vector(offset, len(codes), 0.0, "offset")
    if np.any(weight <= 0):
        raise EstimationError("weights must be positive")
    if len(levels) < 2:
        raise EstimationError(f"the outcome has one observed level ({levels[0]})")
    require_columns(columns)
    scaling = Scaling.of(columns)
    order = np.argsort(codes, kind="stable")
    starts = np.searchsorted(codes[order], np.arange(len(levels)))
    model = CumulativeLogit(scaling.apply(columns)[order], weight[order], shift[order], starts)
    optimum = maximise(
        model.evaluate,
        _start(model),
        stop_early=lambda point: bool(np.max(np.abs(point)) > DIVERGING),
    )
    if optimum.convergence is not Convergence.CONVERGED or np.max(np.abs(optimum.parameters)) > (
        DIVERGING
    ):
        require_no_separation(codes, columns)
    if optimum.convergence is not Convergence.CONVERGED:
        raise EstimationError(f"the fit did not converge: {optimum.convergence}")
    information = optimum.derivatives.information
    back = scaling.back_transform(model.cuts)
    parameters = back @ optimum.parameters
    return ProportionalOddsFit(
        levels=levels,
        dropped_levels=tuple(sorted(set(range(levels[0], levels[-1])) - set(levels))),
        theta=parameters[: model.cuts],
        beta=parameters[model.cuts :],
        covariance=back @ np.linalg.inv(information) @ back.T,
        log_likelihood=optimum.derivatives.value,
        n=len(codes),
        convergence=optimum.convergence,
        iterations=optimum.iterations,
        max_gradient=float(np.max(np.abs(optimum.derivatives.gradient))),
        condition_number=_condition_number(information),
        coefficient_error=optimum.last_step,
    )


def _start(model: CumulativeLogit) -> Vector:
    """Cut points of the marginal distribution, no effects."""
    counts = np.add.reduceat(model.weights, model.starts)
    below = np.cumsum(counts)[:-1] / counts.sum()
    centre = float(np.average(model.offset, weights=model.weights))
    cuts = np.log(below / (1.0 - below)) - centre
    return np.concatenate([cuts, np.zeros(model.x.shape[1])])


def _condition_number(information: Matrix) -> float:
    scale = 1.0 / np.sqrt(np.diag(information))
    return float(np.linalg.cond(information * np.outer(scale, scale)))


def _read_levels(y: ArrayLike) -> tuple[tuple[int, ...], NDArray[np.intp]]:
    values = np.asarray(y)
    if values.ndim != 1 or values.size == 0:
        raise EstimationError("the outcome must be a vector with at least one value")
    if not np.issubdtype(values.dtype, np.integer):
        rounded = np.asarray(values, dtype=np.float64)
        if not np.all(np.isfinite(rounded)) or np.any(rounded != np.round(rounded)):
            raise EstimationError("the outcome must hold integer levels, without missing values")
        values = rounded.astype(np.int64)
    levels, codes = np.unique(values, return_inverse=True)
    return tuple(int(level) for level in levels), codes


def _read_columns(x: ArrayLike, n: int) -> Matrix:
    columns = np.asarray(x, dtype=np.float64)
    if columns.ndim != 2 or columns.shape[0] != n:
        raise EstimationError(f"x must have {n} rows, as the outcome; its shape is {columns.shape}")
    if not np.all(np.isfinite(columns)):
        bad = [int(j) for j in np.flatnonzero(~np.all(np.isfinite(columns), axis=0))]
        raise EstimationError(f"x holds NaN or infinity in column {bad}")
    return columns


def _read_vector(values: ArrayLike | None, n: int, default: float, name: str) -> Vector:
    if values is None:
        return np.full(n, default)
    vector = np.asarray(values, dtype=np.float64)
    if vector.shape != (n,) or not np.all(np.isfinite(vector)):
        raise EstimationError(f"{name} must hold {n} finite numbers, one for each row")
    return vector
