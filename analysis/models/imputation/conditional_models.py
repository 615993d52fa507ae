"""Imputation models: proportional odds and linear regression (docs/methods.md, section 11).

With the pseudo-rows that augment data against separation, and the draws from a fitted model.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import log_expit, logit

from analysis.errors import EstimationError
from analysis.errors.reason_codes import ReasonCode
from analysis.models.data.design_matrix import COLLINEAR
from analysis.models.numerics.separation import require_no_separation
from analysis.models.proportional_odds.fit import ProportionalOddsFit, fit_proportional_odds
from analysis.models.types import Matrix, Vector

OFFSET = 0.5
"""Distance of a pseudo-row from the mean of its column, in standard deviations, as in R's mice."""


@dataclass(frozen=True)
class AugmentedRows:
    """Rows followed by the pseudo-rows; ``weights``: 1 for a row."""

    y: NDArray[np.float64]
    x: Matrix
    weights: Vector


def augment(y: Vector, x: Matrix) -> AugmentedRows:
    """Return the data with pseudo-rows, which leave no direction of separation.

    ``y`` (n,): k observed levels; ``x`` (n, p), p at least 1. For each level and column there are
    two rows: that level, that column half a standard deviation below and above its mean (within its
    range), the other columns at their means. Their 2pk weights are equal and sum to p + 1 (White,
    Daniel & Royston 2010).
    """
    levels = np.unique(y)
    k, p = len(levels), x.shape[1]
    centre, step = x.mean(axis=0), OFFSET * x.std(axis=0, ddof=1)
    moves = np.repeat(np.vstack([np.diag(step), -np.diag(step)]), k, axis=0)
    rows = np.clip(centre + moves, x.min(axis=0), x.max(axis=0))
    count = 2 * p * k
    return AugmentedRows(
        y=np.append(y, np.tile(levels, 2 * p)),
        x=np.vstack([x, rows]),
        weights=np.append(np.ones(len(y)), np.full(count, (p + 1) / count)),
    )


MOST_REDRAWS = 1000
"""Cut points out of order so often in a row have no distribution to draw from: the chance of an
ordered draw is then below 1 in 100. A level that one row has is out of order in about 1 of 6."""


@dataclass(frozen=True)
class Predictors:
    """Columns (n, q) with mean 0 and variance 1 among the rows that a model is fitted to.

    ``left_out``: columns that are constant, or combinations of earlier ones, among those rows.
    """

    columns: Matrix
    left_out: tuple[int, ...]


def select_predictors(columns: Matrix, fitted: NDArray[np.intp]) -> Predictors:
    """Return the columns (n, p) that a model of the rows ``fitted`` can use, standardised.

    Raises EstimationError for as many varying columns as rows.
    """
    rows = columns[fitted]
    kept = np.flatnonzero(np.ptp(rows, axis=0) > COLLINEAR * np.max(np.abs(rows), axis=0))
    if len(kept) >= len(rows):
        raise EstimationError(ReasonCode.TOO_FEW_ROWS, width=len(kept), rows=len(rows))
    scores = (columns[:, kept] - rows[:, kept].mean(axis=0)) / rows[:, kept].std(axis=0)
    diagonal = np.abs(np.diag(np.linalg.qr(scores[fitted], mode="r")))
    independent = diagonal > COLLINEAR * np.sqrt(len(rows))
    left_out = np.delete(np.arange(columns.shape[1]), kept[independent])
    return Predictors(scores[:, independent], tuple(left_out.tolist()))


@dataclass(frozen=True)
class LevelModel:
    """A proportional-odds model of levels; ``separation``: why it was augmented, or empty."""

    levels: Vector
    theta: Vector
    beta: Vector
    root: Matrix
    separation: str

    def draw(self, rng: np.random.Generator) -> LevelDraw:
        """Draw (theta, beta) from N(estimate, covariance), again until the cut points increase."""
        centre = np.append(self.theta, self.beta)
        cuts = len(self.theta)
        for redraws in range(MOST_REDRAWS):
            drawn = centre + self.root @ rng.standard_normal(len(centre))
            if np.all(np.diff(drawn[:cuts]) > 0.0):
                return LevelDraw(self.levels, drawn[:cuts], drawn[cuts:], redraws)
        raise EstimationError(ReasonCode.NO_ORDERED_DRAW, draws=MOST_REDRAWS)


@dataclass(frozen=True)
class LevelDraw:
    """Parameters drawn for one imputation: logit P(Y <= levels[j]) = theta_j + eta."""

    levels: Vector
    theta: Vector
    beta: Vector
    redraws: int

    def levels_at(self, eta: Vector, uniform: Vector, below: NDArray[np.bool_]) -> Vector:
        """Return a level for each row by inversion of its distribution function.

        ``eta`` (m,): linear predictor of a lower level. ``uniform`` (m,): numbers inside (0, 1).
        ``below`` (m,): rows that are not given the last level; their uniform is that of the
        distribution without it.
        """
        log_part = np.log(uniform) + np.where(below, log_expit(self.theta[-1] + eta), 0.0)
        latent = np.where(below, log_part - np.log(-np.expm1(log_part)), logit(uniform)) - eta
        index = np.searchsorted(self.theta, latent)
        levels: Vector = self.levels[np.minimum(index, len(self.theta) - below)]
        return levels


def fit_levels(y: Vector, x: Matrix, separation: str = "") -> LevelModel:
    """Return the proportional-odds (two levels: logistic) model of ``y`` (n,) on ``x`` (n, q).

    Fitted to augmented data if ``separation`` gives the reason, or if the likelihood has no maximum
    because of separation; without columns there is none. Raises EstimationError where that does not
    help.
    """
    if not separation or x.shape[1] == 0:
        try:
            return _level_model(fit_proportional_odds(y, x), "")
        except EstimationError:
            separation = _find_separation(y, x)
            if not separation:
                raise
    rows = augment(y, x)
    return _level_model(fit_proportional_odds(rows.y, rows.x, weights=rows.weights), separation)


def _find_separation(y: Vector, x: Matrix) -> str:
    """Why the levels are separated; empty if they are not, or if there are too few rows to tell."""
    levels, codes = np.unique(y, return_inverse=True)
    if len(levels) < 2 or not 0 < x.shape[1] < len(y):
        return ""
    try:
        require_no_separation(codes, x)
    except EstimationError as error:
        return str(error)
    return ""


def _level_model(fit: ProportionalOddsFit, separation: str) -> LevelModel:
    try:
        root = np.linalg.cholesky(fit.covariance).astype(np.float64)
    except np.linalg.LinAlgError as error:
        raise EstimationError(ReasonCode.NOT_POSITIVE_DEFINITE, what="the covariance") from error
    levels = np.asarray(fit.levels, dtype=np.float64)
    return LevelModel(levels, fit.theta, fit.beta, root, separation)


@dataclass(frozen=True)
class NormalModel:
    """A linear model with an intercept; root root' is the inverse of its cross-products.

    ``residual``: residual sum of squares on ``freedom`` degrees of freedom.
    """

    coefficients: Vector
    root: Matrix
    residual: float
    freedom: int

    def draw(self, x: Matrix, rng: np.random.Generator) -> Vector:
        """Draw the values of the rows ``x`` (m, q): standard deviation, coefficients, errors.

        Bayesian linear regression with a flat prior on the coefficients and on the logarithm of the
        standard deviation (Rubin 1987, section 5.3).
        """
        sigma = float(np.sqrt(self.residual / rng.chisquare(self.freedom)))
        noise = rng.standard_normal(len(self.coefficients))
        coefficients = self.coefficients + sigma * (self.root @ noise)
        mean = coefficients[0] + x @ coefficients[1:]
        drawn: Vector = mean + sigma * rng.standard_normal(len(mean))
        return drawn


def fit_normal(y: Vector, x: Matrix) -> NormalModel:
    """Return the linear model of ``y`` (n,) on ``x`` (n, q) by least squares.

    Raises EstimationError for fewer rows than coefficients + 1.
    """
    design = np.hstack([np.ones((len(y), 1)), x])
    n, q = design.shape
    if n <= q:
        raise EstimationError(ReasonCode.TOO_FEW_FOR_COEFFICIENTS, width=q, rows=n)
    basis, triangle = np.linalg.qr(design)
    projected = basis.T @ y
    residual = y - basis @ projected
    root = np.linalg.inv(triangle).astype(np.float64)
    return NormalModel(root @ projected, root, float(residual @ residual), n - q)
