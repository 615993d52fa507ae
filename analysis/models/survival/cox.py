"""Proportional-hazards (Cox) regression, ties by Efron's method (docs/methods.md, section 15).

With the check for a monotone partial likelihood (Bryson & Johnson 1981), as which separation
appears in times to an event.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from analysis.errors import EstimationError
from analysis.errors.reason_codes import ReasonCode
from analysis.models.data.arrays import read_columns
from analysis.models.data.design_matrix import Basis, build_basis
from analysis.models.numerics.newton import (
    Convergence,
    Derivatives,
    NewtonFit,
    Optimum,
    condition_number,
    maximise,
)
from analysis.models.numerics.separation import (
    DIVERGING,
    SEPARATED,
    require_no_direction,
    scale_to_unit_deviation,
)
from analysis.models.numerics.wald import standard_errors
from analysis.models.survival.times import SurvivalTimes
from analysis.models.types import Matrix, Vector


def require_finite_maximum(times: SurvivalTimes, columns: Matrix) -> None:
    """Raise EstimationError naming the columns along which the partial likelihood rises for ever.

    Looks, by linear programming, for a direction along which every event has the highest hazard of
    all at risk, and above some. Named are the columns that do so by themselves, or, if none does,
    the columns of the direction. Columns that are alike in all at risk, whoever they are, leave the
    hazard ratio undetermined and are an error too.
    """
    _require_comparison(times, columns)
    require_no_direction(_Program.build(times, columns).find_direction, columns.shape[1])


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
        centred = scale_to_unit_deviation(columns)
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


@dataclass(frozen=True, kw_only=True)
class ProportionalHazardsFit(NewtonFit):
    """A fitted model hazard(t | x) = hazard_0(t) exp(x'beta).

    ``beta`` (p,): log hazard ratio per unit of each column; ``covariance`` (p, p) from the observed
    information.
    """

    beta: Vector
    covariance: Matrix
    log_likelihood: float
    n: int
    events: int

    @property
    def beta_errors(self) -> Vector:
        """Standard errors of beta."""
        return standard_errors(self.covariance)


def fit_proportional_hazards(
    time: ArrayLike, event: ArrayLike, x: ArrayLike
) -> ProportionalHazardsFit:
    """Return the maximum of Efron's partial likelihood (Cox 1972; Efron 1977).

    ``time`` (n,): 0 or more. ``event`` (n,): 1 event, 0 censored. ``x`` (n, p), p >= 1: columns.
    Likelihood and derivatives are those of statsmodels.

    Raises EstimationError for unusable input, no event, collinear or constant columns, a likelihood
    that rises for ever along a column (nobody with an event on one side of it), and a fit that does
    not converge.

    >>> days, died = [7, 20, 90, 90, 2, 10, 30, 90], [1, 1, 0, 0, 1, 1, 1, 0]
    >>> fit = fit_proportional_hazards(days, died, [[1]] * 4 + [[0]] * 4)
    >>> np.exp(fit.beta).round(2).tolist()  # hazard ratio
    [0.58]
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
    back = basis.back_transform(0)
    return ProportionalHazardsFit(
        beta=back @ optimum.parameters,
        covariance=back @ np.linalg.inv(information) @ back.T,
        log_likelihood=optimum.derivatives.value,
        n=len(times.time),
        events=int(times.event.sum()),
        convergence=optimum.convergence,
        iterations=optimum.iterations,
        max_gradient=optimum.max_gradient,
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
