"""Proportional-hazards regression, ties by Efron's method (docs/methods.md, section 15)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from analysis.errors import EstimationError
from analysis.models.columns import Basis, build_basis
from analysis.models.inputs import read_columns
from analysis.models.monotone_likelihood import require_finite_maximum
from analysis.models.newton import Convergence, Derivatives, Matrix, Optimum, Vector, maximise
from analysis.models.ordinal_fit import condition_number
from analysis.models.separation import DIVERGING
from analysis.models.survival_data import SurvivalTimes


@dataclass(frozen=True)
class ProportionalHazardsFit:
    """A fitted model hazard(t | x) = hazard_0(t) exp(x'beta).

    ``beta`` (p,): log hazard ratio per unit of each column; ``covariance`` (p, p) from the observed
    information. ``max_gradient`` and ``condition_number`` belong to the solver's uncorrelated
    columns, ``coefficient_error`` is the largest last Newton step in standard errors.
    """

    beta: Vector
    covariance: Matrix
    log_likelihood: float
    n: int
    events: int
    convergence: Convergence
    iterations: int
    max_gradient: float
    condition_number: float
    coefficient_error: float

    @property
    def beta_errors(self) -> Vector:
        """Standard errors of beta."""
        errors: Vector = np.sqrt(np.diag(self.covariance))
        return errors


def fit_proportional_hazards(
    time: ArrayLike, event: ArrayLike, x: ArrayLike
) -> ProportionalHazardsFit:
    """Return the maximum of Efron's partial likelihood (Cox 1972; Efron 1977).

    ``time`` (n,): 0 or more. ``event`` (n,): 1 event, 0 censored. ``x`` (n, p), p >= 1: columns.
    Likelihood and derivatives are those of statsmodels.

    Raises EstimationError for unusable input, no event, collinear or constant columns, a likelihood
    that rises for ever along a column (nobody with an event on one side of it), and a fit that does
    not converge.
    """
    times = SurvivalTimes.read(time, event)
    columns = read_columns(x, len(times.time))
    times.require_events()
    basis = build_basis(columns)
    optimum = _maximise(times, basis)
    converged = optimum.convergence is Convergence.CONVERGED
    if not converged or np.ptp(basis.scores @ optimum.parameters) > DIVERGING:
        require_finite_maximum(times, columns)
    if not converged:
        raise EstimationError(f"the fit did not converge: {optimum.convergence}")
    information = optimum.derivatives.information
    back = np.linalg.inv(basis.triangle) / basis.scale[:, None]
    return ProportionalHazardsFit(
        beta=back @ optimum.parameters,
        covariance=back @ np.linalg.inv(information) @ back.T,
        log_likelihood=optimum.derivatives.value,
        n=len(times.time),
        events=int(times.event.sum()),
        convergence=optimum.convergence,
        iterations=optimum.iterations,
        max_gradient=float(np.max(np.abs(optimum.derivatives.gradient))),
        condition_number=condition_number(information),
        coefficient_error=optimum.last_step,
    )


def _maximise(times: SurvivalTimes, basis: Basis) -> Optimum:
    from statsmodels.duration.hazard_regression import PHReg  # slow to import

    status = times.event.astype(np.float64)
    model = PHReg(times.time, basis.scores, status=status, ties="efron")

    def evaluate(beta: Vector) -> Derivatives | None:
        with np.errstate(all="ignore"):  # a step too far: the value says so
            value = float(model.loglike(beta))
            gradient, hessian = model.score(beta), model.hessian(beta)
        if not (np.isfinite(value) and np.all(np.isfinite(hessian))):
            return None
        return Derivatives(value, gradient, -hessian)

    return maximise(evaluate, np.zeros(basis.scores.shape[1]))
