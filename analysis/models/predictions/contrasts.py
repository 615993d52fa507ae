"""Contrasts of two distributions of levels by the delta method (docs/methods.md, section 10)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from scipy.special import expit

from analysis.errors import EstimationError
from analysis.errors.reason_codes import ReasonCode
from analysis.models.numerics.wald import LARGEST_LOG, wald_interval
from analysis.models.predictions.by_arm import row_scores
from analysis.models.proportional_odds.fit import fit_proportional_odds
from analysis.models.types import Matrix, Vector
from analysis.models.win_odds.level_counts import count_lower


def common_log_odds_ratio(treatment: Vector, reference: Vector) -> tuple[float, Vector]:
    """Return the common log odds ratio of two distributions (k,) and its gradient (2k,).

    The maximum of the proportional-odds likelihood of both distributions, each with weight 1: what
    the model without covariates finds in two endless arms of one size. The gradient is the
    derivative of that maximum. Positive when ``treatment`` is lower. Raises EstimationError where
    two probabilities differ by more than a factor of 1e6.
    """
    codes = np.tile(np.arange(len(treatment)), 2)
    arm = np.repeat([1.0, 0.0], len(treatment))[:, None]
    try:
        fit = fit_proportional_odds(codes, arm, weights=np.append(treatment, reference))
    except EstimationError as error:
        raise EstimationError(ReasonCode.NO_STANDARDISED_ODDS, reason=error.reason) from None
    gradient: Vector = row_scores(fit, codes, arm) @ fit.covariance[:, -1]
    return float(fit.beta[0]), gradient


def log_win_odds(treatment: Vector, reference: Vector) -> tuple[float, Vector]:
    """Return the log win odds of two distributions (k,), ties split, and their gradient (2k,).

    Positive when ``treatment`` is lower.
    """
    wins = float(treatment @ _share_above(reference))
    losses = float(treatment @ count_lower(reference))
    by_treatment = _share_above(reference) / wins - count_lower(reference) / losses
    by_reference = count_lower(treatment) / wins - _share_above(treatment) / losses
    return float(np.log(wins / losses)), np.append(by_treatment, by_reference)


def _share_above(distribution: Vector) -> Vector:
    """Probability of a level above each one, ties half, without cancellation."""
    return count_lower(distribution[::-1])[::-1]


class Variance(StrEnum):
    """What a standard error takes as random.

    COVARIATES_FIXED: the outcomes, given the covariates of these rows (delta method on the model's
    covariance). COVARIATES_SAMPLED: the rows, outcomes and covariates, as drawn from a population
    (influence function of the whole estimation; it holds for a wrong model, too). RANDOMISED: the
    same with the influence function that randomisation gives a logistic model (SAP 8.1); two
    levels only.
    """

    COVARIATES_FIXED = "covariates fixed"
    COVARIATES_SAMPLED = "covariates sampled"
    RANDOMISED = "randomised"


@dataclass(frozen=True)
class Effect:
    """An estimate with Wald limits and the p-value of no effect (None for a single probability).

    ``standard_error`` belongs to the scale of the interval: the logit for a probability, the
    logarithm for a ratio or odds, the estimate itself for a difference.
    """

    estimate: float
    standard_error: float
    low: float
    high: float
    p_value: float | None


@dataclass(frozen=True)
class StandardisedEffects:
    """Everybody in arm 1 (treatment) against everybody in arm 0 (reference), k levels.

    ``treatment``, ``reference`` (k each): probability of each level. ``treatment_risks``,
    ``reference_risks``, ``risk_differences``, ``risk_ratios``, ``odds_ratios`` (k - 1 each): of a
    level up to each cut point, treatment minus, or over, reference. ``common_odds_ratio`` of a
    lower level and ``win_odds``: above 1 when the treatment has the lower levels. ``covariance``
    (2k, 2k) of the level probabilities, treatment first.
    """

    levels: tuple[int, ...]
    variance: Variance
    covariance: Matrix
    treatment: tuple[Effect, ...]
    reference: tuple[Effect, ...]
    treatment_risks: tuple[Effect, ...]
    reference_risks: tuple[Effect, ...]
    risk_differences: tuple[Effect, ...]
    risk_ratios: tuple[Effect, ...]
    odds_ratios: tuple[Effect, ...]
    common_odds_ratio: Effect
    win_odds: Effect


@dataclass(frozen=True)
class ArmDistributions:
    """Level probabilities (k,) of two arms and their covariance (2k, 2k), treatment first."""

    treatment: Vector
    reference: Vector
    covariance: Matrix

    def contrast(
        self, levels: tuple[int, ...], variance: Variance, alpha: float
    ) -> StandardisedEffects:
        """Return every effect with intervals at level 1 - alpha; EstimationError if one fails."""
        k = len(levels)
        if min(self.treatment.min(), self.reference.min()) <= 0.0:
            raise EstimationError(ReasonCode.NO_STANDARDISED_LEVEL)
        scales = _Scales(self.covariance, alpha)
        each, up_to = np.eye(k), np.tri(k)[:-1]
        risks = [_Risk.of(self.treatment, event, 0) for event in up_to]
        bases = [_Risk.of(self.reference, event, k) for event in up_to]
        return StandardisedEffects(
            levels=levels,
            variance=variance,
            covariance=self.covariance,
            treatment=tuple(scales.risk(_Risk.of(self.treatment, row, 0)) for row in each),
            reference=tuple(scales.risk(_Risk.of(self.reference, row, k)) for row in each),
            treatment_risks=tuple(map(scales.risk, risks)),
            reference_risks=tuple(map(scales.risk, bases)),
            risk_differences=tuple(map(scales.difference, risks, bases)),
            risk_ratios=tuple(map(scales.ratio, risks, bases)),
            odds_ratios=tuple(map(scales.odds_ratio, risks, bases)),
            common_odds_ratio=scales.of_log(*common_log_odds_ratio(self.treatment, self.reference)),
            win_odds=scales.of_log(*log_win_odds(self.treatment, self.reference)),
        )


@dataclass(frozen=True)
class _Risk:
    """Probability of an event in one arm, of its complement, and both gradients (2k,)."""

    value: float
    rest: float
    slope: Vector
    rest_slope: Vector

    @classmethod
    def of(cls, arm: Vector, event: Vector, first: int) -> _Risk:
        """``event`` (k,): 1 for its levels. ``first``: where the arm starts among the 2k."""
        slopes = np.zeros((2, 2 * len(arm)))
        slopes[:, first : first + len(arm)] = event, 1.0 - event
        return cls(float(arm @ event), float(arm @ (1.0 - event)), slopes[0], slopes[1])

    def log_odds(self) -> tuple[float, Vector]:
        slope: Vector = self.slope / self.value - self.rest_slope / self.rest
        return float(np.log(self.value / self.rest)), slope


@dataclass(frozen=True)
class _Scales:
    """Effects with intervals, each on its scale."""

    covariance: Matrix
    alpha: float

    def risk(self, risk: _Risk) -> Effect:
        odds = self._wald(*risk.log_odds())
        low, high = expit((odds.low, odds.high)).tolist()
        return Effect(risk.value, odds.standard_error, low, high, None)

    def difference(self, risk: _Risk, base: _Risk) -> Effect:
        return self._wald(risk.value - base.value, risk.slope - base.slope)

    def ratio(self, risk: _Risk, base: _Risk) -> Effect:
        slope = risk.slope / risk.value - base.slope / base.value
        return self.of_log(float(np.log(risk.value / base.value)), slope)

    def odds_ratio(self, risk: _Risk, base: _Risk) -> Effect:
        (value, slope), (base_value, base_slope) = risk.log_odds(), base.log_odds()
        return self.of_log(value - base_value, slope - base_slope)

    def of_log(self, value: float, slope: Vector) -> Effect:
        """The exponential of an estimate on the logarithmic scale."""
        log = self._wald(value, slope)
        if max(-log.low, log.high) > LARGEST_LOG:
            raise EstimationError(ReasonCode.STANDARDISED_LIMIT_INFINITE)
        estimate, low, high = np.exp((log.estimate, log.low, log.high)).tolist()
        return Effect(estimate, log.standard_error, low, high, log.p_value)

    def _wald(self, value: float, slope: Vector) -> Effect:
        square = float(slope @ self.covariance @ slope)
        if not (np.isfinite(value) and 0.0 < square < np.inf):
            raise EstimationError(ReasonCode.NO_STANDARDISED_EFFECT)
        error = float(np.sqrt(square))
        interval = wald_interval(value, error, self.alpha)
        return Effect(value, error, interval.low, interval.high, interval.p_value)
