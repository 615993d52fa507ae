"""Level probabilities at given rows with confidence limits (docs/methods.md, section 8).

After a proportional or a partial proportional-odds fit.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import expit

from analysis.errors import EstimationError
from analysis.models.data.arrays import read_columns
from analysis.models.numerics.wald import normal_quantile
from analysis.models.predictions.derivatives import Fit, LevelSurface
from analysis.models.types import Matrix, Vector


@dataclass(frozen=True)
class Estimates:
    """Estimates with standard errors and confidence limits, an array of one shape each."""

    estimate: Matrix
    standard_error: Matrix
    low: Matrix
    high: Matrix


@dataclass(frozen=True)
class LevelEstimates:
    """Of m rows: ``level`` (m, k) of Y = each of ``levels``, ``cumulative`` (m, k - 1) of Y <= it.

    The highest level has no cumulative entry: it would be 1.
    """

    levels: tuple[int, ...]
    level: Estimates
    cumulative: Estimates


def delta_method_errors(jacobian: Matrix, covariance: Matrix) -> Vector:
    """Return the standard errors (m,) of functions with ``jacobian`` (m, r) of the parameters."""
    errors: Vector = np.sqrt(np.maximum(np.sum(jacobian @ covariance * jacobian, axis=1), 0.0))
    return errors


def on_logit_scale(inside: Vector, outside: Vector, errors: Vector, z: float) -> Estimates:
    """Return estimates (m,) from probabilities, 1 minus them and the errors of their logits."""
    logit = np.log(inside) - np.log(outside)
    return Estimates(
        inside, inside * outside * errors, expit(logit - z * errors), expit(logit + z * errors)
    )


def collect_levels(levels: tuple[int, ...], parts: list[Estimates]) -> LevelEstimates:
    """Return the estimates of every region, in the order of LevelSurface.regions, as one result."""

    def stack(some: list[Estimates]) -> Estimates:
        names = ("estimate", "standard_error", "low", "high")
        return Estimates(*(np.column_stack([getattr(a, name) for a in some]) for name in names))

    return LevelEstimates(levels, stack(parts[: len(levels)]), stack(parts[len(levels) :]))


def read_rows(fit: Fit, x: ArrayLike) -> Matrix:
    """Return ``x`` (m, p) as floats; EstimationError unless it has the columns of the fit."""
    shape = np.shape(x)
    if len(shape) != 2 or shape[0] == 0:
        raise EstimationError(f"x must have rows and columns; its shape is {shape}")
    rows = read_columns(x, shape[0])
    width = len(fit.beta) + len(getattr(fit, "nonproportional", ()))
    if shape[1] != width:
        raise EstimationError(f"x has {shape[1]} columns, the fit {width}")
    return rows


def read_covariance(fit: Fit, covariance: Matrix | None) -> Matrix:
    """Return the covariance of the fit's parameters to use; EstimationError for another shape."""
    if covariance is None:
        return fit.covariance
    if covariance.shape != fit.covariance.shape or not np.all(np.isfinite(covariance)):
        raise EstimationError(f"the covariance must be finite, with shape {fit.covariance.shape}")
    return covariance


def predict_levels(
    fit: Fit, x: ArrayLike, *, alpha: float, covariance: Matrix | None = None
) -> LevelEstimates:
    """Return the level probabilities at the rows of ``x`` (m, p).

    Standard errors by the delta method, of the probability; limits on the logit scale, so that
    they stay between 0 and 1. ``covariance``: that of the fit's parameters, by default from the
    observed information.

    Raises EstimationError for unusable ``x`` or ``alpha``, rows with a logit beyond 300, and rows
    where the cumulative logits of a partial model cross.

    >>> from analysis.models.proportional_odds import fit_proportional_odds
    >>> mrs, x = [0, 0, 1, 1, 2, 3, 0, 1, 2, 2, 3, 3], [[1]] * 6 + [[0]] * 6
    >>> found = predict_levels(fit_proportional_odds(mrs, x), [[1]], alpha=0.05)
    >>> found.level.estimate.round(2).tolist()
    [[0.35, 0.29, 0.22, 0.15]]
    """
    z, spread = normal_quantile(alpha), read_covariance(fit, covariance)
    surface = LevelSurface.build(fit, read_rows(fit, x))
    parts = []
    for region in surface.regions():
        found = surface.probability(region)
        by_upper, by_lower = found.at_upper / found.outside, found.at_lower / found.outside
        jacobian = surface.combine(
            region, by_upper[:, None] * surface.rows, by_lower[:, None] * surface.rows
        )
        errors = delta_method_errors(jacobian, spread)
        parts.append(on_logit_scale(found.inside, found.outside, errors, z))
    return collect_levels(fit.levels, parts)
