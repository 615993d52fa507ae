"""Logistic regression by Firth's penalised likelihood, by a likelihood of the check's own.

The penalty, half the logarithm of the determinant of the information, is one more contribution to
the log likelihood, whose derivatives come from complex steps.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import brentq, minimize, root

from analysis.qc.formulas.likelihood.complex_step import (
    ByParameters,
    Complex,
    Matrix,
    Maximum,
    Vector,
    maximise,
)
from analysis.qc.formulas.likelihood.finite import standardise
from analysis.qc.formulas.likelihood.ordinal import log_expit
from analysis.qc.formulas.likelihood.regressions import find_obstacle
from analysis.qc.formulas.normal import find_chi_square_p, find_quantile
from analysis.qc.formulas.wald import RATIO_NAMES, describe_profile
from analysis.qc.recomputed import (
    NO_PROFILE_LIMIT,
    NOT_REACHED,
    SEVERAL_MAXIMA,
    Recomputed,
    without,
)

FARTHEST = 100.0
"""A profile limit farther out, in standard errors, is not estimable (docs/methods.md, 13)."""
FLAT, NEARLY_FLAT = 1e-9, 1e-6
"""Slope at which a search along the profile ends, and at which it counts where rounding ends it:
the height is then within 1e-12."""
MOVE = 3.0
"""Logits a standard deviation from which further maxima are sought."""
ANOTHER = 1e-6
"""Heights of log likelihoods that differ by more are those of two maxima."""
FIRST = 1
"""The effect of the first column, behind the constant."""


@dataclass(frozen=True)
class Held:
    """The maximum with the effect held: the other parameters (q - 1,), and how high it is."""

    point: Vector
    value: float


@dataclass(frozen=True)
class PenalisedFit:
    """The maximum of a penalised logistic model, and what follows for its first column.

    ``terms`` (n, q): the constant and standardised columns; ``event`` (n,): 0 or 1; ``scale``: the
    standard deviation of the first column.
    """

    terms: Matrix
    event: Vector
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

    def hold(self, log_odds_ratio: float, start: Vector) -> Held:
        """Return the maximum of the others (q - 1,) with the effect held, sought from ``start``.

        ValueError if it is not reached.
        """
        value = log_odds_ratio * self.scale

        def loss(part: Vector) -> tuple[float, Vector]:
            point = np.insert(part, FIRST, value)
            height = self.likelihood.contributions(point.astype(np.complex128)).real.sum()
            return -float(height), -np.delete(self.slope(point), FIRST)

        with np.errstate(all="ignore"):
            found = minimize(loss, start, jac=True, method="BFGS", options={"gtol": FLAT})
            if np.max(np.abs(found.jac)) > NEARLY_FLAT:  # rounding ended it: on by slopes alone
                closer = root(lambda part: loss(part)[1], found.x).x
                found = minimize(loss, closer, jac=True, method="BFGS", options={"gtol": FLAT})
        if not np.max(np.abs(found.jac)) <= NEARLY_FLAT:
            raise ValueError(NOT_REACHED)
        return Held(np.asarray(found.x, dtype=np.float64), -float(found.fun))

    def require_one_maximum(self, log_odds_ratio: float, held: Held) -> None:
        """Raise ValueError if another maximum than ``held`` is found from points around 0."""
        moves = MOVE * np.eye(len(held.point))
        for start in (0.0 * held.point, *moves, *-moves):
            try:
                other = self.hold(log_odds_ratio, start)
            except ValueError:
                continue
            if abs(other.value - held.value) > ANOTHER:
                raise ValueError(SEVERAL_MAXIMA)

    def slope(self, point: Vector) -> Vector:
        """Return the derivatives (q,) of the penalised log likelihood (Firth 1993, section 3.1)."""
        risks = 1.0 / (1.0 + np.exp(-(self.terms @ point)))
        weighted = self.terms * np.sqrt(risks * (1.0 - risks))[:, None]
        shares = np.sum(np.linalg.qr(weighted)[0] ** 2, axis=1)
        slope: Vector = self.terms.T @ (self.event - risks + shares * (0.5 - risks))
        return slope

    @property
    def others(self) -> Vector:
        """The parameters but the effect at the maximum (q - 1,)."""
        return np.delete(self.maximum.point, FIRST)

    def deviance(self, held: Held) -> float:
        """Return twice the fall of the penalised log likelihood to one with the effect held."""
        return max(2.0 * (self.maximum.value - held.value), 0.0)

    def profile_limit(self, side: float, alpha: float) -> float:
        """Return the log odds ratio, on one side (-1, 1), whose deviance is the quantile.

        Step by step outwards, each maximum sought from the last one; ValueError if one is not
        reached, there is no limit within 100 standard errors, or several maxima are there.
        """
        wanted, start = find_quantile(alpha), self.others

        def move(errors: float) -> float:
            return self.log_odds_ratio + side * errors * self.standard_error

        def excess(errors: float, start: Vector) -> float:
            return math.sqrt(self.deviance(self.hold(move(errors), start))) - wanted

        near, far = 0.0, wanted / 2.0
        while not excess(far, start) > 0.0:
            start = self.hold(move(far), start).point
            near, far = far, far * 1.25
            if far > FARTHEST:
                raise ValueError(NO_PROFILE_LIMIT)
        errors = float(brentq(excess, near, far, args=(start,), xtol=1e-12, rtol=1e-12))
        self.require_one_maximum(move(errors), self.hold(move(errors), start))
        return move(errors)


def fit_penalised(event: NDArray[np.bool_], columns: Matrix) -> PenalisedFit | str:
    """Return the fit of events (n,) on columns (n, p), or why there is none."""
    terms = np.column_stack([np.ones(len(columns)), standardise(columns)])
    sign = np.where(event, 1.0, -1.0)

    def contribute(point: Complex) -> Complex:
        logits = terms @ point.real + 1j * (terms @ point.imag)
        weights = np.exp(log_expit(logits) + log_expit(-logits))
        penalty = 0.5 * np.log(np.linalg.det((terms.T * weights) @ terms / len(terms)))
        return np.append(log_expit(sign * logits), penalty)

    likelihood = ByParameters(contribute)
    start = np.zeros(terms.shape[1])
    start[0] = math.log(event.mean() / (1.0 - event.mean()))
    maximum = maximise(likelihood, start)
    if maximum is None:
        return NOT_REACHED
    information = _weigh(terms, maximum.point)
    scale = float(columns[:, 0].std())
    return PenalisedFit(terms, event.astype(float), likelihood, maximum, information, scale)


def recompute_penalised_odds(
    event: NDArray[np.bool_], columns: Matrix, alpha: float
) -> list[Recomputed]:
    """Return the odds ratio with its profile limits and the p-value of the penalised deviance."""
    fit = find_obstacle(event, columns) or fit_penalised(event, columns)
    if isinstance(fit, str):
        return without(RATIO_NAMES, fit)
    try:
        low, high = (fit.profile_limit(side, alpha) for side in (-1.0, 1.0))
        statistic = fit.deviance(fit.hold(0.0, fit.others))
    except ValueError as error:
        return without(RATIO_NAMES, str(error))
    p_value = find_chi_square_p(statistic)
    return describe_profile(fit.log_odds_ratio, fit.standard_error, low, high, p_value, statistic)


def _weigh(terms: Matrix, point: Vector) -> Matrix:
    risks = 1.0 / (1.0 + np.exp(-(terms @ point)))
    information: Matrix = (terms.T * (risks * (1.0 - risks))) @ terms
    return information
