"""Standardised level probabilities of one arm, with derivatives (docs/methods.md, section 10)."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

from analysis.models.cumulative_logit.levels import (
    gap_and_closeness,
    level_probabilities,
    level_scores,
)
from analysis.models.proportional_odds.fit import ProportionalOddsFit
from analysis.models.types import Matrix, Vector


@dataclass(frozen=True)
class ArmLevels:
    """One arm's column set for every row, the other columns as they are.

    ``mean`` (k,): level probabilities averaged over the rows. ``jacobian`` (k, k - 1 + p): their
    derivatives by (theta, beta). ``rows`` (n, k): the level probabilities of every row.
    """

    mean: Vector
    jacobian: Matrix
    rows: Matrix


def standardise_arm(
    fit: ProportionalOddsFit, x: Matrix, column: int, arm: float, share: Vector
) -> ArmLevels:
    """Return the level probabilities with ``column`` of ``x`` (n, p) set to ``arm`` for every row.

    ``share`` (n,): the weight of each row in the average; the weights sum to 1.
    """
    columns = x.copy()
    columns[:, column] = arm
    logits = (columns @ fit.beta)[:, None] + fit.theta
    below, above = expit(logits), expit(-logits)
    rows = level_probabilities(below, above, np.diff(fit.theta))
    density = below * above * share[:, None]
    cumulative = np.hstack([np.diag(density.sum(axis=0)), density.T @ columns])
    return ArmLevels(share @ rows, difference_cumulative(cumulative), rows)


def difference_cumulative(cumulative: Matrix) -> Matrix:
    """Return the rows of levels (k, ...) from the rows of P(Y <= j) (k - 1, ...)."""
    end = np.zeros((1, cumulative.shape[1]))
    return np.diff(np.vstack([end, cumulative, end]), axis=0)


def row_scores(fit: ProportionalOddsFit, codes: NDArray[np.intp], x: Matrix) -> Matrix:
    """Return each row's derivatives (n, k - 1 + p) of its log likelihood by (theta, beta).

    ``codes`` (n,): index of each row's level.
    """
    n, cuts = len(codes), len(fit.theta)
    eta = x @ fit.beta
    above = expit(-(np.append(fit.theta, np.inf)[codes] + eta))  # P(Y > y)
    below = expit(np.insert(fit.theta, 0, -np.inf)[codes] + eta)  # P(Y < y)
    closeness = np.zeros(cuts + 1)
    closeness[1:-1] = gap_and_closeness(np.diff(fit.theta))[1]
    scores, rows = np.zeros((n, cuts + 2)), np.arange(n)
    scores[rows, codes + 1], scores[rows, codes] = level_scores(above, below, closeness[codes])
    return np.hstack([scores[:, 1:-1], (above - below)[:, None] * x])
