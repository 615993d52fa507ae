"""Level probabilities averaged over rows with a column set to a value (docs/methods.md, section 8).

After a proportional or a partial proportional-odds fit.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from analysis.models.data.arrays import read_list, read_weights
from analysis.models.data.terms import read_term
from analysis.models.numerics.wald import normal_quantile
from analysis.models.predictions.at_rows import (
    Estimates,
    LevelEstimates,
    collect_levels,
    delta_method_errors,
    on_logit_scale,
    read_covariance,
    read_rows,
)
from analysis.models.predictions.derivatives import Fit, LevelSurface
from analysis.models.types import Matrix, Vector


def average_levels(
    fit: Fit,
    x: ArrayLike,
    column: int,
    values: Sequence[float],
    *,
    alpha: float,
    weights: ArrayLike | None = None,
    covariance: Matrix | None = None,
) -> LevelEstimates:
    """Return the level probabilities averaged over ``x`` (n, p) with ``column`` set to each value.

    One row of the result for each of ``values``. ``weights`` (n,): of the rows in the average. The
    rows are taken as given: the standard errors hold the uncertainty of the fit alone. Otherwise as
    predict_levels.

    >>> from analysis.models.proportional_odds import fit_proportional_odds
    >>> mrs, x = [0, 0, 1, 1, 2, 3, 0, 1, 2, 2, 3, 3], [[1]] * 6 + [[0]] * 6
    >>> fit = fit_proportional_odds(mrs, x)
    >>> found = average_levels(fit, x, column=0, values=[1, 0], alpha=0.05)
    >>> found.cumulative.estimate.round(2).tolist()
    [[0.35, 0.64, 0.85], [0.15, 0.36, 0.65]]
    """
    z, spread = normal_quantile(alpha), read_covariance(fit, covariance)
    averages = [_average(fit, x, column, value, weights) for value in read_list(values, "values")]
    parts = []
    for found in zip(*averages, strict=True):
        inside, outside = (np.array([getattr(a, k) for a in found]) for k in ("inside", "outside"))
        jacobian = np.array([a.jacobian for a in found]) / (inside * outside)[:, None]
        parts.append(on_logit_scale(inside, outside, delta_method_errors(jacobian, spread), z))
    return collect_levels(fit.levels, parts)


def contrast_levels(
    fit: Fit,
    x: ArrayLike,
    column: int,
    value: float,
    reference: float,
    *,
    alpha: float,
    weights: ArrayLike | None = None,
    covariance: Matrix | None = None,
) -> LevelEstimates:
    """Return the averaged probabilities with ``column`` at ``value`` minus those at ``reference``.

    One row; Wald limits on the scale of the difference. Otherwise as average_levels.

    >>> from analysis.models.proportional_odds import fit_proportional_odds
    >>> mrs, x = [0, 0, 1, 1, 2, 3, 0, 1, 2, 2, 3, 3], [[1]] * 6 + [[0]] * 6
    >>> fit = fit_proportional_odds(mrs, x)
    >>> found = contrast_levels(fit, x, column=0, value=1, reference=0, alpha=0.05)
    >>> found.cumulative.estimate.round(2).tolist()
    [[0.2, 0.27, 0.2]]
    """
    z, spread = normal_quantile(alpha), read_covariance(fit, covariance)
    first, second = (
        _average(fit, x, column, one, weights) for one in read_list((value, reference), "values")
    )
    parts = []
    for a, b in zip(first, second, strict=True):
        jacobian = a.jacobian - b.jacobian
        error = np.sqrt(max(float(jacobian @ spread @ jacobian), 0.0))
        difference = a.inside - b.inside
        row = (difference, error, difference - z * error, difference + z * error)
        parts.append(Estimates(*(np.array([number]) for number in row)))
    return collect_levels(fit.levels, parts)


@dataclass(frozen=True)
class _Average:
    """An averaged probability, 1 minus it, and its derivatives by the parameters."""

    inside: float
    outside: float
    jacobian: Vector


def _average(
    fit: Fit, x: ArrayLike, column: int, value: float, weights: ArrayLike | None
) -> list[_Average]:
    """Of every region in turn."""
    rows = read_rows(fit, x).copy()
    n = len(rows)
    weight = np.ones(n) if weights is None else read_weights(weights, n)
    share = weight / weight.sum()
    rows[:, read_term((column,), rows.shape[1])[0]] = value
    surface = LevelSurface.build(fit, rows)
    averages = []
    for region in surface.regions():
        found = surface.probability(region)
        by_upper, by_lower = (
            (share * found.inside * slope) @ surface.rows
            for slope in (found.at_upper, found.at_lower)
        )
        jacobian = surface.combine(region, by_upper[None, :], by_lower[None, :])[0]
        averages.append(
            _Average(float(share @ found.inside), float(share @ found.outside), jacobian)
        )
    return averages
