"""Intervals and p-values of one effect of a proportional-odds model (docs/methods.md, 3)."""

from __future__ import annotations

from dataclasses import dataclass

from numpy.typing import ArrayLike
from scipy.special import chdtrc, ndtr, ndtri, stdtr, stdtrit

from analysis.models.held_effect import HeldEffect
from analysis.models.information import Information, read_information
from analysis.models.proportional_odds import ProportionalOddsFit


@dataclass(frozen=True)
class Interval:
    """Two-sided confidence limits on the scale of the estimate, with the p-value of no effect."""

    low: float
    high: float
    p_value: float


def wald_interval(estimate: float, standard_error: float, alpha: float) -> Interval:
    """Return the Wald interval and p-value of an estimate (log scale, null 0)."""
    half = float(ndtri(1.0 - alpha / 2.0)) * standard_error
    p_value = 2.0 * float(ndtr(-abs(estimate / standard_error)))
    return Interval(estimate - half, estimate + half, p_value)


def t_interval(estimate: float, standard_error: float, df: float, alpha: float) -> Interval:
    """Return the interval and p-value of an estimate by the t distribution (null 0)."""
    half = float(stdtrit(df, 1.0 - alpha / 2.0)) * standard_error
    p_value = 2.0 * float(stdtr(df, -abs(estimate / standard_error)))
    return Interval(estimate - half, estimate + half, p_value)


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

    ``y`` (n,), ``x`` (n, p), ``weights`` (n,): the data of ``fit``, which has no offset. Each limit
    is the root of the profile deviance, every point of which is a full maximum with that effect
    held fixed. Raises EstimationError if a limit lies beyond 20 standard errors, a fit on the way
    fails, or ``fit`` is not the fit of these data.
    """
    held = HeldEffect.read(fit, y, x, column, weights)
    critical = float(ndtri(1.0 - alpha / 2.0)) ** 2

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
    """
    kind = read_information(information)
    held = HeldEffect.read(fit, y, x, column, weights)
    critical = float(ndtri(1.0 - alpha / 2.0))

    def score(effect: float) -> float:
        return held.maximise(effect).rows.standardised_score(held.tested, kind)

    def limit(direction: float) -> float:
        return held.find_limit(
            lambda effect: -direction * score(effect) - critical, direction, "a score limit"
        )

    return Interval(limit(-1.0), limit(1.0), 2.0 * float(ndtr(-abs(score(0.0)))))
