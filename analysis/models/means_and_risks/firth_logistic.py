"""Logistic regression with Firth's penalty (docs/methods.md, section 13).

The penalty is half the logarithm of the determinant of the information (Jeffreys' prior): it takes
the first-order bias from the estimates, and gives finite ones where the data are separated.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import chdtrc

from analysis.errors import EstimationError
from analysis.errors.reason_codes import ReasonCode
from analysis.models.data.arrays import read_columns
from analysis.models.data.design_matrix import build_basis
from analysis.models.means_and_risks.firth_likelihood import (
    FirthLikelihood,
    HeldEffect,
    with_constant,
)
from analysis.models.means_and_risks.modified_poisson import read_events
from analysis.models.numerics.newton import Convergence
from analysis.models.numerics.roots import find_root
from analysis.models.numerics.wald import Interval, normal_quantile, standard_errors
from analysis.models.types import Matrix, Vector

WIDEST = 100.0
"""A limit further than this many standard errors from the estimate is taken as infinite."""

SAME = 1e-7
"""A deviance that differs by more is that of another maximum."""
MOST_MAXIMA = 20
STEP = 0.5
"""Standard errors from one held effect to the next: each maximum is sought from the last."""


@dataclass(frozen=True)
class FirthFit:
    """A fitted model logit P(event) = intercept + x'beta by Firth's penalised likelihood.

    ``beta`` (p,): log odds ratios per unit of each column; ``covariance`` (1 + p, 1 + p) of
    (intercept, beta): the inverse of the information without the penalty, as in R's logistf.
    ``log_likelihood``: with the penalty, of columns made uncorrelated. ``columns`` (n, p) and
    ``happened`` (n,): the data.
    """

    intercept: float
    beta: Vector
    covariance: Matrix
    log_likelihood: float
    n: int
    convergence: Convergence
    iterations: int
    columns: Matrix = field(repr=False, compare=False)
    happened: Vector = field(repr=False, compare=False)

    @property
    def beta_errors(self) -> Vector:
        """Standard errors of beta."""
        return standard_errors(self.covariance)[1:]


def fit_firth_logistic(event: ArrayLike, x: ArrayLike) -> FirthFit:
    """Return the maximum of Firth's penalised likelihood (Firth 1993; Heinze & Schemper 2002).

    ``event`` (n,): 1 with the event, 0 without. ``x`` (n, p): columns. The maximum is finite where
    the maximum-likelihood estimate is not.

    Raises EstimationError for shapes that differ, anything but finite numbers and events of 0 and
    1, no event or nobody without, constant or collinear columns, and a fit that does not converge.

    >>> event, x = [1, 1, 1, 1, 0, 0, 0, 0], [[1]] * 4 + [[0]] * 4  # separated
    >>> np.exp(fit_firth_logistic(event, x).beta).round(2).tolist()  # 4.5 * 4.5 / (0.5 * 0.5)
    [81.0]
    """
    happened = read_events(event)
    n = len(happened)
    columns = read_columns(x, n)
    basis = build_basis(columns)
    back = basis.back_transform(1)
    model = FirthLikelihood(with_constant(basis.scores), happened)
    optimum = model.maximise(np.zeros(len(back)))
    parameters = back @ optimum.parameters
    information = model.information(optimum.parameters)
    return FirthFit(
        intercept=float(parameters[0]),
        beta=parameters[1:],
        covariance=back @ np.linalg.inv(information) @ back.T,
        log_likelihood=optimum.derivatives.value,
        n=n,
        convergence=optimum.convergence,
        iterations=optimum.iterations,
        columns=columns,
        happened=happened,
    )


def profile_firth(fit: FirthFit, column: int, alpha: float) -> Interval:
    """Return the profile penalised-likelihood interval of one effect and the p-value of none.

    ``column`` from 0; ``alpha``: 1 minus the confidence. A limit is where twice the fall of the
    penalised log likelihood, maximised with that effect held, is the chi-square quantile; the
    penalty is that of all columns throughout (Heinze & Schemper 2002). Raises EstimationError for
    a limit beyond 100 standard errors.

    >>> event, x = [1, 1, 1, 1, 0, 0, 0, 0], [[1]] * 4 + [[0]] * 4
    >>> found = profile_firth(fit_firth_logistic(event, x), column=0, alpha=0.05)
    >>> f"{found.low:.2f} to {found.high:.2f}, p {found.p_value:.3f}"
    '1.05 to 10.22, p 0.007'
    """
    if not 0 <= column < len(fit.beta):
        raise EstimationError(f"column {column} is not one of the {len(fit.beta)} columns")
    estimate, error = float(fit.beta[column]), float(fit.beta_errors[column])
    critical = normal_quantile(alpha) ** 2
    held = HeldEffect.build(fit.columns, fit.happened, column, fit.intercept, fit.beta)

    def excess(effect: float, *, widely: bool = False) -> float:
        return 2.0 * (fit.log_likelihood - held.maximise(effect, widely=widely)) - critical

    def limit(direction: float) -> float:
        def at(errors: float) -> float:
            return excess(estimate + direction * errors * error)

        near = 0.0
        for _ in range(MOST_MAXIMA):
            near, far = _bracket(at, near)
            found = estimate + direction * find_root(at, near, far) * error
            if excess(found, widely=True) > -SAME:
                return found
            near = abs(found - estimate) / error  # a higher maximum: the limit lies further out
        raise EstimationError(ReasonCode.NOT_CONVERGED, why="the profile has too many maxima")

    p_value = float(chdtrc(1.0, max(excess(0.0, widely=True) + critical, 0.0)))
    return Interval(limit(-1.0), limit(1.0), p_value)


def _bracket(excess: Callable[[float], float], near: float) -> tuple[float, float]:
    """Two distances in standard errors, from ``near`` on, between which the excess turns positive.

    EstimationError beyond 100 of them.
    """
    far = near + STEP
    while excess(far) < 0.0:
        near, far = far, max(far + STEP, far * 1.25)
        if far > WIDEST:
            what = "a profile penalised-likelihood limit"
            raise EstimationError(ReasonCode.LIMIT_INFINITE, what=what)
    return near, far
