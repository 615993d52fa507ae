"""Regressions of a binary outcome by statsmodels' generalised linear models (SAP 8.1)."""

from typing import Any

import numpy as np
from numpy.typing import NDArray
from statsmodels.genmod.families import Binomial, Poisson
from statsmodels.genmod.generalized_linear_model import GLM

from analysis.qc.formulas.complex_step import Matrix, Vector
from analysis.qc.formulas.finite import (
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
from analysis.qc.recomputed import Recomputed, without

STEPS: dict[str, Any] = {"tol": 1e-12, "tol_criterion": "params", "maxiter": 100}
"""The library takes standard errors one step before its last, so that step must be small."""


def recompute_risk_ratio(event: NDArray[np.bool_], columns: Matrix, alpha: float) -> list[
    Recomputed
]:  # fmt: skip
    """Return the risk ratio by Poisson regression with sandwich variance HC0."""
    reason = _find_obstacle(event, columns)
    if not reason and not has_poisson_maximum(event, columns):
        reason = "separation: no finite estimate exists"
    if reason:
        return without(RATIO_NAMES, reason)
    fit = GLM(event.astype(float), _design(columns), family=Poisson()).fit(cov_type="HC0", **STEPS)
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


def recompute_risk_difference(event: NDArray[np.bool_], columns: Matrix, alpha: float) -> list[
    Recomputed
]:  # fmt: skip
    """Return the difference of mean predicted risks, all treated less none, with the plan's error.

    The influence of a subject is A/pi (Y - p1) - (1 - A)/(1 - pi) (Y - p0) + p1 - p0 - RD.
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
    influence = a / share * (y - treated) - (1 - a) / (1 - share) * (y - reference)
    influence += treated - reference - difference
    return describe_difference(difference, float(np.sqrt(np.sum(influence**2)) / len(y)), alpha)


def _fit_logistic(event: NDArray[np.bool_], columns: Matrix) -> tuple[Vector, Vector] | str:
    """Parameters and standard errors, or why there are none."""
    reason = _find_obstacle(event, columns)
    if not reason and not has_ordinal_maximum(event.astype(np.intp), columns):
        reason = "separation: no finite estimate exists"
    if reason:
        return reason
    fit = GLM(event.astype(float), _design(columns), family=Binomial()).fit(**STEPS)
    return np.asarray(fit.params), np.asarray(fit.bse)


def _find_obstacle(event: NDArray[np.bool_], columns: Matrix) -> str:
    if event.all() or not event.any():
        return "everybody or nobody has the event"
    if not 0.0 < columns[:, 0].mean() < 1.0:
        return "one arm only"
    return describe_columns(columns)


def _design(columns: Matrix) -> Matrix:
    return np.column_stack([np.ones(len(columns)), standardise(columns)])
