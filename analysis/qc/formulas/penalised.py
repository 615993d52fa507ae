"""Logistic regression by Firth's penalised likelihood, by a likelihood of the check's own.

The penalty, half the logarithm of the determinant of the information, is one more contribution to
the log likelihood, whose derivatives come from complex steps.
"""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import brentq

from analysis.qc.formulas.complex_step import (
    ByParameters,
    Complex,
    Matrix,
    Maximum,
    Vector,
    maximise,
    maximise_along,
)
from analysis.qc.formulas.finite import standardise
from analysis.qc.formulas.normal import find_chi_square_p, find_quantile
from analysis.qc.formulas.wald import RATIO_NAMES, describe_profile
from analysis.qc.recomputed import NO_PROFILE_LIMIT, NOT_REACHED, Recomputed, without

FARTHEST = 100.0
"""A profile limit farther out, in standard errors, is not estimable (docs/methods.md, 13)."""
FIRST = 1
"""The effect of the first column, behind the constant."""


@dataclass(frozen=True)
class PenalisedFit:
    """The maximum of a penalised logistic model, and what follows for its first column.

    ``scale``: the standard deviation of that column.
    """

    likelihood: ByParameters
    maximum: Maximum
    information: Matrix
    scale: float

    @property
    def log_odds_ratio(self) -> float:
        """Of the event, per unit of the column."""
        return float(self.maximum.point[FIRST]) / self.scale

    @property
    def standard_error(self) -> float:
        """From the information without the penalty."""
        return math.sqrt(float(np.linalg.inv(self.information)[FIRST, FIRST])) / self.scale

    def deviance(self, log_odds_ratio: float) -> float:
        """Twice the fall of the penalised log likelihood with the effect held; NaN if not found."""
        best = maximise_along(self.likelihood, self.maximum, FIRST, log_odds_ratio * self.scale)
        return math.nan if best is None else max(2.0 * (self.maximum.value - best), 0.0)

    def profile_limit(self, side: float, alpha: float) -> float | None:
        """The log odds ratio, below (side -1) or above (1), whose deviance is the quantile."""
        wanted = find_quantile(alpha)

        def excess(errors: float) -> float:
            moved = self.log_odds_ratio + side * errors * self.standard_error
            return math.sqrt(self.deviance(moved)) - wanted

        near, far = 0.0, wanted
        while not excess(far) > 0.0:
            near, far = far, far * 1.5
            if far > FARTHEST:
                return None
        errors = float(brentq(excess, near, far, xtol=1e-12, rtol=1e-12))
        return self.log_odds_ratio + side * errors * self.standard_error


def fit_penalised(event: NDArray[np.bool_], columns: Matrix) -> PenalisedFit | str:
    """Return the fit of events (n,) on columns (n, p), or why there is none."""
    terms = np.column_stack([np.ones(len(columns)), standardise(columns)])
    sign = np.where(event, 1.0, -1.0)

    def contribute(point: Complex) -> Complex:
        logits = terms @ point.real + 1j * (terms @ point.imag)
        risks = 1.0 / (1.0 + np.exp(-logits))
        information = (terms.T * (risks * (1.0 - risks))) @ terms
        penalty = 0.5 * np.log(np.linalg.det(information / len(terms)))
        return np.append(-np.log(1.0 + np.exp(-sign * logits)), penalty)

    likelihood = ByParameters(contribute)
    start = np.zeros(terms.shape[1])
    start[0] = math.log(event.mean() / (1.0 - event.mean()))
    maximum = maximise(likelihood, start)
    if maximum is None:
        return NOT_REACHED
    information = _weigh(terms, maximum.point)
    return PenalisedFit(likelihood, maximum, information, float(columns[:, 0].std()))


def recompute_penalised_odds_ratio(fit: PenalisedFit | str, alpha: float) -> list[Recomputed]:
    """Return the odds ratio with its profile limits and the p-value of the penalised deviance."""
    if isinstance(fit, str):
        return without(RATIO_NAMES, fit)
    limits = [fit.profile_limit(side, alpha) for side in (-1.0, 1.0)]
    statistic = fit.deviance(0.0)
    if None in limits or math.isnan(statistic):
        return without(RATIO_NAMES, NO_PROFILE_LIMIT)
    low, high = (limit for limit in limits if limit is not None)
    p_value = find_chi_square_p(statistic)
    return describe_profile(fit.log_odds_ratio, fit.standard_error, low, high, p_value, statistic)


def _weigh(terms: Matrix, point: Vector) -> Matrix:
    risks = 1.0 / (1.0 + np.exp(-(terms @ point)))
    information: Matrix = (terms.T * (risks * (1.0 - risks))) @ terms
    return information
