"""Regressions of a binary outcome by statsmodels' generalised linear models (SAP 8.1)."""

import warnings
from typing import Any

import numpy as np
from numpy.typing import NDArray
from statsmodels.genmod.families import Binomial, Poisson
from statsmodels.genmod.generalized_linear_model import GLM, GLMResults

from analysis.qc.formulas.likelihood.complex_step import Matrix, Vector
from analysis.qc.formulas.likelihood.finite import (
    describe_columns,
    has_ordinal_maximum,
    has_poisson_maximum,
    standardise,
)
from analysis.qc.formulas.wald import (
    DIFFERENCE_NAMES,
    RATIO_NAMES,
    describe_difference,
    describe_ratio,
)
from analysis.qc.recomputed import NOT_REACHED, Recomputed, without

STEPS: dict[str, Any] = {"tol": 1e-12, "tol_criterion": "params", "maxiter": 100}
"""The library takes standard errors one step before its last, so that step must be small."""
ARRIVED = 1e-9
"""Newton's next step, in standard errors, at which the check calls its own maximum reached."""
MOST_FITS = 20


def recompute_risk_ratio(event: NDArray[np.bool_], columns: Matrix, alpha: float) -> list[
    Recomputed
]:  # fmt: skip
    """Return the risk ratio by Poisson regression with sandwich variance HC0."""
    reason = find_obstacle(event, columns)
    if not reason and not has_poisson_maximum(event, columns):
        reason = "separation: no finite estimate exists"
    if reason:
        return without(RATIO_NAMES, reason)
    fit = _fit_to_the_end(GLM(event.astype(float), _design(columns), family=Poisson()), "HC0")
    if fit is None:
        return without(RATIO_NAMES, NOT_REACHED)
    scale = columns[:, 0].std()
    return describe_ratio(float(fit.params[1] / scale), float(fit.bse[1] / scale), alpha)


def recompute_odds_ratio(event: NDArray[np.bool_], columns: Matrix, alpha: float) -> list[
    Recomputed
]:  # fmt: skip
    """Return the odds ratio by logistic regression."""
    fit = _fit_logistic(event, columns)
    if isinstance(fit, str):
        return without(RATIO_NAMES, fit)
    params, errors = fit
    scale = columns[:, 0].std()
    return describe_ratio(float(params[1] / scale), float(errors[1] / scale), alpha)


def recompute_risk_difference(
    event: NDArray[np.bool_], columns: Matrix, alpha: float, *, leaves_out: bool
) -> list[Recomputed]:
    """Return the difference of mean predicted risks, all treated less none, with the plan's error.

    The influence of a subject is A/pi (Y - p1) - (1 - A)/(1 - pi) (Y - p0) + p1 - p0 - RD;
    ``leaves_out``: with the differences Y - p over 1 minus their leverages in the regression.
    """
    fit = _fit_logistic(event, columns)
    if isinstance(fit, str):
        return without(DIFFERENCE_NAMES, fit)
    risks = []
    for arm in (1.0, 0.0):
        moved = columns.copy()
        moved[:, 0] = arm
        shift = (moved - columns.mean(axis=0)) / columns.std(axis=0)
        risks.append(Binomial().link.inverse(fit[0][0] + shift @ fit[0][1:]))
    treated, reference = risks
    difference = float(np.mean(treated) - np.mean(reference))
    a, y = columns[:, 0], event.astype(float)
    share = a.mean()
    rest = _shares_of_rest(columns, np.where(a == 1.0, treated, reference)) if leaves_out else 1.0
    influence = (a / share * (y - treated) - (1 - a) / (1 - share) * (y - reference)) / rest
    influence += treated - reference - difference
    return describe_difference(difference, float(np.sqrt(np.sum(influence**2)) / len(y)), alpha)


def _shares_of_rest(columns: Matrix, risks: Vector) -> Vector:
    """1 minus the leverages: squares of the rows of an orthonormal basis of the weighted design."""
    basis = np.linalg.qr(_design(columns) * np.sqrt(risks * (1.0 - risks))[:, None])[0]
    rest: Vector = 1.0 - np.sum(basis**2, axis=1)
    return rest


def _fit_logistic(event: NDArray[np.bool_], columns: Matrix) -> tuple[Vector, Vector] | str:
    """Parameters and standard errors, or why there are none."""
    reason = find_obstacle(event, columns)
    if not reason and not has_ordinal_maximum(event.astype(np.intp), columns):
        reason = "separation: no finite estimate exists"
    if reason:
        return reason
    fit = _fit_to_the_end(GLM(event.astype(float), _design(columns), family=Binomial()))
    return NOT_REACHED if fit is None else (np.asarray(fit.params), np.asarray(fit.bse))


def _fit_to_the_end(model: GLM, variance: str = "nonrobust") -> GLMResults | None:
    """Fit until Newton's next step is none, from where the library stopped; None if it never is.

    The library may stop after its number of steps and call that a fit: what has not converged
    here must not accuse what has.
    """
    start = None
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        for _ in range(MOST_FITS):
            fit = model.fit(start_params=start, cov_type=variance, **STEPS)
            score, information = model.score(fit.params), -model.hessian(fit.params)
            if not np.all(np.isfinite(information)) or np.linalg.eigvalsh(information)[0] <= 0.0:
                return None
            step = np.linalg.solve(information, score)
            if float(step @ information @ step) ** 0.5 <= ARRIVED:
                return fit
            start = np.asarray(fit.params) + step
    return None


def find_obstacle(event: NDArray[np.bool_], columns: Matrix) -> str:
    """Return why no model of an event has these columns, the arm first; else nothing."""
    if event.all() or not event.any():
        return "everybody or nobody has the event"
    if not 0.0 < columns[:, 0].mean() < 1.0:
        return "one arm only"
    return describe_columns(columns)


def _design(columns: Matrix) -> Matrix:
    return np.column_stack([np.ones(len(columns)), standardise(columns)])
