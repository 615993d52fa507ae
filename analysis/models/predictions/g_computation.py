"""Standardised (marginal) effects of two arms by g-computation (docs/methods.md, section 10).

Everybody in one arm against everybody in the other, averaged over the covariates of all rows.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import expit

from analysis.errors import EstimationError
from analysis.models.data.arrays import read_columns, read_levels, read_weights
from analysis.models.data.residuals import Residuals
from analysis.models.predictions.by_arm import (
    ArmLevels,
    difference_cumulative,
    row_scores,
    standardise_arm,
)
from analysis.models.predictions.contrasts import ArmDistributions, StandardisedEffects, Variance
from analysis.models.proportional_odds.fit import ProportionalOddsFit
from analysis.models.types import Matrix, Vector

SAME_FIT = 1e-5
"""Largest Newton step, in standard errors, that the data may still ask of their own fit: 0 but for
rounding, as a converged fit is within 1e-7."""


def standardise(
    fit: ProportionalOddsFit,
    y: ArrayLike,
    x: ArrayLike,
    arm: int,
    *,
    alpha: float,
    weights: ArrayLike | None = None,
    variance: Variance = Variance.COVARIATES_FIXED,
    residuals: Residuals = Residuals.FITTED,
) -> StandardisedEffects:
    """Return the effects of column ``arm`` of ``x`` (0 or 1), averaged over all rows.

    ``y`` (n,), ``x`` (n, p), ``weights`` (n,): the data of ``fit``. A fit of two levels is a
    logistic model of the lower one. ``alpha``: 1 minus the confidence of the intervals.
    ``residuals``: of the RANDOMISED variance; leave-one-out ones hold the level of small trials.

    Raises EstimationError if ``fit`` is not the fit of these data (or has an offset), if the column
    does not hold both 0 and 1, if ``variance`` is RANDOMISED with more than two levels, if any
    other has leave-one-out residuals, and if an effect is not finite.

    >>> from analysis.models.proportional_odds import fit_proportional_odds
    >>> mrs, x = [0, 0, 1, 1, 2, 3, 0, 1, 2, 2, 3, 3], [[1]] * 6 + [[0]] * 6
    >>> found = standardise(fit_proportional_odds(mrs, x), mrs, x, arm=0, alpha=0.05)
    >>> round(found.win_odds.estimate, 2)
    2.01
    """
    data = _read_data(fit, y, x, arm, weights)
    share = data.weights / data.total
    arms = tuple(standardise_arm(fit, data.x, arm, value, share) for value in (1.0, 0.0))
    if residuals is not Residuals.FITTED and variance is not Variance.RANDOMISED:
        raise EstimationError("leave-one-out residuals are for the randomised variance")
    if variance is Variance.COVARIATES_FIXED:
        jacobian = np.vstack([levels.jacobian for levels in arms])
        covariance = jacobian @ fit.covariance @ jacobian.T
    elif variance is Variance.COVARIATES_SAMPLED:
        covariance = data.variance_of_mean(_influence(fit, data, arms))
    else:
        rest = _shares_of_rest(fit, data, residuals)
        covariance = data.variance_of_mean(_randomised_influence(data, arms, arm, rest))
    distributions = ArmDistributions(arms[0].mean, arms[1].mean, covariance)
    return distributions.contrast(fit.levels, variance, alpha)


@dataclass(frozen=True)
class _Data:
    """The rows of a fit and their scores (n, k - 1 + p)."""

    codes: NDArray[np.intp]
    x: Matrix
    weights: Vector
    scores: Matrix

    @property
    def total(self) -> float:
        return float(self.weights.sum())

    def variance_of_mean(self, influence: Matrix) -> Matrix:
        """Covariance (c, c) of means, from the influence (n, c) of every row."""
        return influence.T @ (influence * self.weights[:, None]) / self.total**2


def _read_data(
    fit: ProportionalOddsFit, y: ArrayLike, x: ArrayLike, arm: int, weights: ArrayLike | None
) -> _Data:
    levels, codes = read_levels(y)
    columns = read_columns(x, len(codes))
    if levels != fit.levels or columns.shape[1] != len(fit.beta):
        raise EstimationError("the fit has other levels or columns than the data")
    if isinstance(arm, bool) or arm not in range(columns.shape[1]):
        raise EstimationError(f"arm must be the number of a column of x, not {arm}")
    if set(np.unique(columns[:, arm])) != {0.0, 1.0}:
        raise EstimationError(f"column {arm} of x must hold 0 and 1, the arms")
    weight = np.ones(len(codes)) if weights is None else read_weights(weights, len(codes))
    data = _Data(codes, columns, weight, row_scores(fit, codes, columns))
    step = fit.covariance @ (weight @ data.scores)
    if float(np.max(np.abs(step) / fit.standard_errors)) > SAME_FIT:
        raise EstimationError("the fit does not belong to these data and weights (no offset)")
    return data


def _influence(fit: ProportionalOddsFit, data: _Data, arms: tuple[ArmLevels, ...]) -> Matrix:
    """Influence (n, 2k): of the rows' covariates, and of their outcomes through the estimate."""
    parameters = data.scores @ fit.covariance * data.total
    return np.hstack(
        [levels.rows - levels.mean + parameters @ levels.jacobian.T for levels in arms]
    )


def _shares_of_rest(fit: ProportionalOddsFit, data: _Data, residuals: Residuals) -> Vector:
    """1 minus the leverage of each row (n,) of a logistic fit; 1 for fitted residuals."""
    if residuals is Residuals.FITTED or len(fit.theta) > 1:
        return np.ones(len(data.codes))
    design = np.column_stack([np.ones(len(data.x)), data.x])
    risk = expit(design @ np.append(fit.theta, fit.beta))
    distance = np.sum(design @ fit.covariance * design, axis=1)
    rest: Vector = 1.0 - data.weights * risk * (1.0 - risk) * distance
    return rest


def _randomised_influence(
    data: _Data, arms: tuple[ArmLevels, ...], arm: int, rest: Vector
) -> Matrix:
    """Influence (n, 4) of a logistic model's standardised risks, from the randomised shares.

    ``rest`` (n,) divides the residuals.
    """
    if arms[0].rows.shape[1] != 2:
        raise EstimationError("the randomised variance is for two levels (a logistic model)")
    event = (data.codes == 0).astype(np.float64)
    influences = []
    for levels, value in zip(arms, (1.0, 0.0), strict=True):
        member = data.x[:, arm] == value
        share = float(data.weights[member].sum()) / data.total
        risk = levels.rows[:, 0]
        lower = member / share * (event - risk) / rest + risk - levels.mean[0]
        influences.append(difference_cumulative(lower[None, :]).T)
    return np.hstack(influences)
