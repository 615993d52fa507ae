"""Profile-likelihood and score intervals of one effect of proportional odds (docs/methods.md, 3).

Both are found from fits with that effect held fixed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import chdtrc

from analysis.errors import EstimationError
from analysis.errors.reason_codes import ReasonCode
from analysis.models.cumulative_logit.covariance import Information, read_information
from analysis.models.data.arrays import read_columns
from analysis.models.numerics.roots import find_root
from analysis.models.numerics.wald import Interval, normal_p_value, normal_quantile
from analysis.models.proportional_odds.fit import ProportionalOddsFit, fit_proportional_odds
from analysis.models.types import Matrix, Vector

WIDEST = 20.0
"""A limit further than this many standard errors from the estimate is taken as infinite."""
ROUNDING = 1e-14
"""Relative error of a log likelihood: that of a sum in double precision, in whatever order."""
SAME_FIT = 1e-6
"""Deviance at the estimate: 0 but for rounding if the fit belongs to the data."""


@dataclass(frozen=True)
class HeldEffect:
    """The data of ``fit``: ``tested`` (n,) is the centred column whose effect is held."""

    fit: ProportionalOddsFit
    y: ArrayLike
    others: Matrix
    tested: Vector
    weights: ArrayLike | None
    estimate: float
    error: float

    @classmethod
    def read(
        cls,
        fit: ProportionalOddsFit,
        y: ArrayLike,
        x: ArrayLike,
        column: int,
        weights: ArrayLike | None,
    ) -> HeldEffect:
        """Return the model; EstimationError if ``fit`` is not the fit of these data."""
        columns = read_columns(x, fit.n)
        p = columns.shape[1]
        if not 0 <= column < p:
            raise EstimationError(f"column {column} is not one of the {p} columns")
        if p != len(fit.beta):
            raise EstimationError(f"x has {p} columns, the fit {len(fit.beta)}")
        tested = columns[:, column] - columns[:, column].mean()
        others = np.delete(columns, column, axis=1)
        estimate, error = float(fit.beta[column]), float(fit.beta_errors[column])
        held = cls(fit, y, others, tested, weights, estimate, error)
        if abs(held.deviance(estimate)) > SAME_FIT:
            raise EstimationError("the interval needs the data and weights of the fit, no offset")
        return held

    def maximise(self, effect: float) -> ProportionalOddsFit:
        """Return the fit with the effect held fixed."""
        offset = effect * self.tested
        return fit_proportional_odds(self.y, self.others, weights=self.weights, offset=offset)

    def deviance(self, effect: float) -> float:
        """Return twice the fall of the maximised log likelihood from the estimate."""
        return 2.0 * (self.fit.log_likelihood - self.maximise(effect).log_likelihood)

    def test_statistic(self) -> float:
        """Return the deviance of no effect; 0 if it is rounding of the two log likelihoods."""
        deviance = self.deviance(0.0)
        return deviance if deviance > ROUNDING * abs(self.fit.log_likelihood) else 0.0

    def find_limit(self, excess: Callable[[float], float], direction: float, what: str) -> float:
        """Return the effect at which ``excess`` of an effect, negative at the estimate, is zero.

        Raises EstimationError, naming ``what``, beyond 20 standard errors.
        """

        def at(errors: float) -> float:
            return excess(self.estimate + errors * self.error)

        near, far = 0.0, 2.0
        while at(direction * far) < 0.0:
            near, far = far, far * 1.5
            if far > WIDEST:
                raise EstimationError(ReasonCode.LIMIT_INFINITE, what=what)
        errors = find_root(at, direction * near, direction * far)
        return self.estimate + errors * self.error


def profile_interval(
    fit: ProportionalOddsFit,
    y: ArrayLike,
    x: ArrayLike,
    column: int,
    alpha: float,
    *,
    weights: ArrayLike | None = None,
) -> Interval:
    """Return the profile-likelihood interval of one effect and the likelihood-ratio p-value.

    ``y`` (n,), ``x`` (n, p), ``weights`` (n,): the data of ``fit``, which has no offset. ``column``
    from 0; ``alpha``: 1 minus the confidence. A limit, a log odds ratio of a lower level, is the
    root of the profile deviance, every point of which is a full maximum with that effect held
    fixed. Raises EstimationError if a limit lies beyond 20 standard errors, a fit on the way fails,
    or ``fit`` is not the fit of these data.

    >>> mrs, x = [0, 0, 1, 1, 2, 3, 0, 1, 2, 2, 3, 3], [[1]] * 6 + [[0]] * 6
    >>> found = profile_interval(fit_proportional_odds(mrs, x), mrs, x, column=0, alpha=0.05)
    >>> f"{found.low:.2f} to {found.high:.2f}, p {found.p_value:.2f}"
    '-0.95 to 3.37, p 0.29'
    """
    held = HeldEffect.read(fit, y, x, column, weights)
    critical = normal_quantile(alpha) ** 2

    def limit(direction: float) -> float:
        return held.find_limit(
            lambda effect: held.deviance(effect) - critical, direction, "a profile-likelihood limit"
        )

    p_value = float(chdtrc(1.0, held.test_statistic()))
    return Interval(limit(-1.0), limit(1.0), p_value)


def score_interval(
    fit: ProportionalOddsFit,
    y: ArrayLike,
    x: ArrayLike,
    column: int,
    alpha: float,
    *,
    weights: ArrayLike | None = None,
    information: Information = Information.EXPECTED,
) -> Interval:
    """Return the score (Rao 1948) interval of one effect and the p-value of the score test.

    The data as in profile_interval. A limit is the effect at which the score, at the maximum with
    that effect held fixed, is the normal quantile times the root of its variance; the variance is
    taken from the expected (default) or the observed information. Raises EstimationError as
    profile_interval does.

    >>> mrs, x = [0, 0, 1, 1, 2, 3, 0, 1, 2, 2, 3, 3], [[1]] * 6 + [[0]] * 6
    >>> found = score_interval(fit_proportional_odds(mrs, x), mrs, x, column=0, alpha=0.05)
    >>> f"{found.low:.2f} to {found.high:.2f}, p {found.p_value:.2f}"
    '-0.94 to 3.07, p 0.30'
    """
    kind = read_information(information)
    held = HeldEffect.read(fit, y, x, column, weights)
    critical = normal_quantile(alpha)

    def score(effect: float) -> float:
        return held.maximise(effect).rows.standardised_score(held.tested, kind)

    def limit(direction: float) -> float:
        return held.find_limit(
            lambda effect: -direction * score(effect) - critical, direction, "a score limit"
        )

    return Interval(limit(-1.0), limit(1.0), normal_p_value(score(0.0)))
