"""Proportional-odds regression by maximum likelihood (docs/methods.md, section 2)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from analysis.errors import EstimationError
from analysis.models.columns import build_basis
from analysis.models.cumulative_logit import CumulativeLogit
from analysis.models.inputs import read_columns, read_levels, read_vector, read_weights
from analysis.models.newton import Convergence, Matrix, Vector, maximise
from analysis.models.separation import DIVERGING, require_no_separation


@dataclass(frozen=True)
class ProportionalOddsFit:
    """A fitted model logit P(Y <= j) = theta_j + x'beta over k observed levels.

    ``beta`` (p,): log odds ratio of a *lower* level per unit of each column. ``theta`` (k - 1,):
    cut points. ``covariance`` (k - 1 + p, k - 1 + p) of (theta, beta) from the observed
    information. ``dropped_levels``: levels inside the range of y that nobody has.
    ``max_gradient`` and ``condition_number`` belong to the solver's uncorrelated columns (the
    information scaled to a unit diagonal), ``coefficient_error`` is the largest last Newton step in
    standard errors.
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

    Raises EstimationError for shapes that differ, anything but finite numbers up to 1e100, weights
    that are not positive or differ by more than 1e6, a single observed level, collinear or constant
    columns, separation, and a fit that does not converge; ValueError never reaches the caller.
    """
    levels, codes = read_levels(y)
    n = len(codes)
    columns = read_columns(x, n)
    weight = np.ones(n) if weights is None else read_weights(weights, n)
    shift = np.zeros(n) if offset is None else read_vector(offset, n, "offset")
    if len(levels) < 2:
        raise EstimationError(f"the outcome has one observed level ({levels[0]})")
    basis = build_basis(columns)
    unit, centre = float(weight.max()), float(shift.mean())
    order = np.argsort(codes, kind="stable")
    starts = np.searchsorted(codes[order], np.arange(len(levels)))
    model = CumulativeLogit(
        basis.scores[order], weight[order] / unit, shift[order] - centre, starts
    )
    optimum = maximise(model.evaluate, _start(model))
    converged = optimum.convergence is Convergence.CONVERGED
    if not converged or _largest_logit(model, optimum.parameters) > DIVERGING:
        require_no_separation(codes, columns)
    if not converged:
        raise EstimationError(f"the fit did not converge: {optimum.convergence}")
    information = optimum.derivatives.information
    back = basis.back_transform(model.cuts)
    parameters = back @ optimum.parameters
    return ProportionalOddsFit(
        levels=levels,
        dropped_levels=tuple(sorted(set(range(levels[0], levels[-1])) - set(levels))),
        theta=parameters[: model.cuts] - centre,
        beta=parameters[model.cuts :],
        covariance=back @ np.linalg.inv(information) @ back.T / unit,
        log_likelihood=optimum.derivatives.value * unit,
        n=n,
        convergence=optimum.convergence,
        iterations=optimum.iterations,
        max_gradient=float(np.max(np.abs(optimum.derivatives.gradient))),
        condition_number=_condition_number(information),
        coefficient_error=optimum.last_step,
    )


def _start(model: CumulativeLogit) -> Vector:
    """Cut points of the marginal distribution, no effects."""
    counts = np.add.reduceat(model.weights, model.starts)
    below, above = np.cumsum(counts)[:-1], np.cumsum(counts[::-1])[-2::-1]
    return np.concatenate([np.log(below / above), np.zeros(model.x.shape[1])])


def _largest_logit(model: CumulativeLogit, parameters: Vector) -> float:
    logits = np.abs(np.concatenate(model.logits(parameters)))
    return float(np.max(logits[np.isfinite(logits)]))


def _condition_number(information: Matrix) -> float:
    scale = 1.0 / np.sqrt(np.diag(information))
    return float(np.linalg.cond(information * np.outer(scale, scale)))
