"""Monotone partial likelihood: data whose hazard ratios have no finite maximum.

The counterpart of separation for times to an event (Bryson & Johnson 1981).

Proportional-hazards regression, ties by Efron's method (docs/methods.md, section 15).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from analysis.errors import EstimationError
from analysis.models.data.arrays import read_columns
from analysis.models.data.design_matrix import Basis, build_basis
from analysis.models.numerics.newton import (
    Convergence,
    Derivatives,
    Optimum,
    condition_number,
    maximise,
)
from analysis.models.numerics.separation import DIVERGING, SEPARATED
from analysis.models.survival.times import SurvivalTimes
from analysis.models.types import Matrix, Vector
from analysis.not_estimable.codes import ReasonCode


def require_finite_maximum(times: SurvivalTimes, columns: Matrix) -> None:
    """Raise EstimationError naming the columns along which the partial likelihood rises for ever.

    Looks, by linear programming, for a direction along which every event has the highest hazard of
    all at risk, and above some. Named are the columns that do so by themselves, or, if none does,
    the columns of the direction. Columns that are alike in all at risk, whoever they are, leave the
    hazard ratio undetermined and are an error too.
    """
    p = columns.shape[1]
    _require_comparison(times, columns)
    program = _Program.build(times, columns)
    direction = program.find_direction(np.ones(p))
    if direction is None:
        return
    alone = [j for j in range(p) if program.find_direction(np.eye(p)[j]) is not None]
    along = alone or [int(j) for j in np.flatnonzero(np.abs(direction) > SEPARATED)]
    raise EstimationError(ReasonCode.SEPARATION, columns=tuple(along))


def _require_comparison(times: SurvivalTimes, columns: Matrix) -> None:
    """At the first event all who are ever compared are at risk."""
    compared = columns[times.time >= times.event_times[0]]
    flat = np.flatnonzero(np.ptp(compared, axis=0) == 0.0)
    if len(flat):
        raise EstimationError(ReasonCode.CONSTANT_AT_RISK, columns=tuple(flat.tolist()))


class _Program:
    """Maximise what the highest hazard at risk exceeds others by, event times held at it.

    Variables: the direction (p,), then for each event time the highest linear predictor of those
    at risk (k,), which falls from one event time to the next.
    """

    def __init__(self, objective: Vector, at_most: Matrix, exactly: Matrix, p: int) -> None:
        self.objective, self.at_most, self.exactly, self.p = objective, at_most, exactly, p

    @classmethod
    def build(cls, times: SurvivalTimes, columns: Matrix) -> _Program:
        p, moments = columns.shape[1], times.event_times
        k = len(moments)
        centred = columns - columns.mean(axis=0)
        centred /= np.abs(centred).mean(axis=0)
        last = np.searchsorted(moments, times.time, side="right") - 1  # last event time at risk
        compared = np.flatnonzero(last >= 0)
        below = np.zeros((len(compared) + k - 1, p + k))  # each row: something <= 0
        below[: len(compared), :p] = centred[compared]
        below[np.arange(len(compared)), p + last[compared]] = -1.0
        chain = np.arange(k - 1)
        below[len(compared) + chain, p + chain + 1] = 1.0
        below[len(compared) + chain, p + chain] = -1.0
        died = np.flatnonzero(times.event)
        exactly = np.zeros((len(died), p + k))
        exactly[:, :p] = centred[died]
        exactly[np.arange(len(died)), p + last[died]] = -1.0
        return cls(below.sum(axis=0), below, exactly, p)

    def find_direction(self, allowed: Vector) -> Vector | None:
        """The direction, or None; ``allowed`` (p,) is 0 or 1 by column."""
        from scipy.optimize import linprog  # only a fit that diverges comes here

        free = [(None, None)] * (len(self.objective) - self.p)
        found = linprog(
            self.objective,
            A_ub=self.at_most,
            b_ub=np.zeros(len(self.at_most)),
            A_eq=self.exactly,
            b_eq=np.zeros(len(self.exactly)),
            bounds=[*((-float(limit), float(limit)) for limit in allowed), *free],
        )
        if found.status != 0:
            raise EstimationError(ReasonCode.DIVERGENCE)
        direction: Vector = found.x[: self.p]
        return direction if np.min(self.at_most @ found.x) < -SEPARATED else None


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
        raise EstimationError(ReasonCode.NOT_CONVERGED, why=optimum.convergence.value)
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
