"""One odds for two distributions of levels, with gradients (docs/methods.md, section 10)."""

from __future__ import annotations

import numpy as np

from analysis.errors import EstimationError
from analysis.models.newton import Vector
from analysis.models.proportional_odds import fit_proportional_odds
from analysis.models.standardised_levels import row_scores


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
        raise EstimationError(f"no common odds ratio of the standardised levels: {error}") from None
    gradient: Vector = row_scores(fit, codes, arm) @ fit.covariance[:, -1]
    return float(fit.beta[0]), gradient


def log_win_odds(treatment: Vector, reference: Vector) -> tuple[float, Vector]:
    """Return the log win odds of two distributions (k,), ties split, and their gradient (2k,).

    Positive when ``treatment`` is lower.
    """
    wins = float(treatment @ _share_above(reference))
    losses = float(treatment @ _share_below(reference))
    by_treatment = _share_above(reference) / wins - _share_below(reference) / losses
    by_reference = _share_below(treatment) / wins - _share_above(treatment) / losses
    return float(np.log(wins / losses)), np.append(by_treatment, by_reference)


def _share_above(distribution: Vector) -> Vector:
    """Probability of a level above each one, ties half."""
    above: Vector = np.cumsum(distribution[::-1])[::-1] - distribution / 2.0
    return above


def _share_below(distribution: Vector) -> Vector:
    """Probability of a level below each one, ties half."""
    below: Vector = np.cumsum(distribution) - distribution / 2.0
    return below
