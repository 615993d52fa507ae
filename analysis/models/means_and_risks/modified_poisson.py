"""Risk ratios by modified Poisson regression (Zou 2004; docs/methods.md, section 13)."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from analysis.errors import EstimationError
from analysis.errors.reason_codes import ReasonCode
from analysis.models.data.arrays import read_columns, read_vector
from analysis.models.data.design_matrix import Basis, build_basis
from analysis.models.numerics.newton import Convergence, Derivatives, maximise
from analysis.models.numerics.separation import DIVERGING, require_no_vanishing_risk
from analysis.models.numerics.wald import standard_errors
from analysis.models.types import Matrix, Vector


@dataclass(frozen=True)
class LogRiskFit:
    """A fitted model log P(event) = intercept + x'beta.

    ``beta`` (p,): log risk ratios per unit of each column; ``covariance`` (1 + p, 1 + p) of
    (intercept, beta): the sandwich HC0. ``max_gradient`` and ``last_step`` (in standard errors of
    the Poisson model) as in a proportional-odds fit.
    """

    intercept: float
    beta: Vector
    covariance: Matrix
    n: int
    convergence: Convergence
    iterations: int
    max_gradient: float
    last_step: float

    @property
    def beta_errors(self) -> Vector:
        """Robust standard errors of beta."""
        return standard_errors(self.covariance)[1:]


def fit_log_risk(event: ArrayLike, x: ArrayLike) -> LogRiskFit:
    """Return the risk ratios by Poisson likelihood with robust covariance (Zou 2004; SAP 8.1).

    ``event`` (n,): 1 with the event, 0 without. ``x`` (n, p): columns. The likelihood gives
    consistent risk ratios though an event is no Poisson count; the covariance that holds is the
    sandwich A^-1 B A^-1 without small-sample factor (HC0; White 1980).

    Raises EstimationError for shapes that differ, anything but finite numbers and events of 0 and
    1, no event or nobody without, constant or collinear columns, a pattern of the columns without
    any event (its risk ratio is 0), and a fit that does not converge.

    >>> good, x = [1, 1, 1, 1, 0, 0, 1, 1, 0, 0, 0, 0], [[1]] * 6 + [[0]] * 6
    >>> np.exp(fit_log_risk(good, x).beta).round(2).tolist()
    [2.0]
    """
    happened = read_events(event)
    n = len(happened)
    columns = read_columns(x, n)
    basis = build_basis(columns)
    terms = np.column_stack([np.ones(n), basis.scores])
    start = np.zeros(terms.shape[1])
    start[0] = np.log(happened.mean())
    optimum = maximise(lambda point: _evaluate(point, terms, happened), start)
    converged = optimum.convergence is Convergence.CONVERGED
    if not converged or float((terms @ optimum.parameters).min()) < -DIVERGING:
        require_no_vanishing_risk(happened == 1.0, columns)
    if not converged:
        raise EstimationError(ReasonCode.NOT_CONVERGED, why=optimum.convergence.value)
    covariance = _robust_covariance(optimum.parameters, terms, happened, basis)
    parameters = basis.back_transform(1) @ optimum.parameters
    return LogRiskFit(
        intercept=float(parameters[0]),
        beta=parameters[1:],
        covariance=covariance,
        n=n,
        convergence=optimum.convergence,
        iterations=optimum.iterations,
        max_gradient=optimum.max_gradient,
        last_step=optimum.last_step,
    )


def read_events(event: ArrayLike) -> NDArray[np.float64]:
    """Return events (n,) of 0 and 1; EstimationError for others, or where all are the same."""
    happened = read_vector(event, int(np.size(event)), "events")
    if not np.all((happened == 0.0) | (happened == 1.0)):
        raise EstimationError("events must be 0 or 1")
    if len(happened) == 0 or not 0.0 < happened.mean() < 1.0:
        everybody = len(happened) and happened[0] == 1.0
        raise EstimationError(
            ReasonCode.EVERYBODY_HAS_EVENT if everybody else ReasonCode.NOBODY_HAS_EVENT
        )
    return happened


def _evaluate(point: Vector, terms: Matrix, happened: Vector) -> Derivatives | None:
    logs = terms @ point
    with np.errstate(over="ignore"):
        means = np.exp(logs)
    value = float(happened @ logs - means.sum())
    if not np.isfinite(value):
        return None
    gradient = terms.T @ (happened - means)
    return Derivatives(value, gradient, terms.T @ (terms * means[:, None]))


def _robust_covariance(point: Vector, terms: Matrix, happened: Vector, basis: Basis) -> Matrix:
    means = np.exp(terms @ point)
    bread = np.linalg.inv(terms.T @ (terms * means[:, None]))
    scores = terms * (happened - means)[:, None]
    half = basis.back_transform(1) @ bread @ scores.T
    return half @ half.T
