"""Probabilities of the levels at given rows, after a proportional or partial proportional-odds fit.

Formulas: docs/methods.md, section 8.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from analysis.models.level_estimates import (
    LevelEstimates,
    collect_levels,
    normal_quantile,
    on_logit_scale,
    read_covariance,
    read_rows,
)
from analysis.models.level_surface import Fit, LevelSurface
from analysis.models.newton import Matrix


def predict_levels(
    fit: Fit, x: ArrayLike, *, alpha: float, covariance: Matrix | None = None
) -> LevelEstimates:
    """Return the level probabilities at the rows of ``x`` (m, p).

    Standard errors by the delta method, of the probability; limits on the logit scale, so that
    they stay between 0 and 1. ``covariance``: that of the fit's parameters, by default from the
    observed information.

    Raises EstimationError for unusable ``x`` or ``alpha``, rows with a logit beyond 300, and rows
    where the cumulative logits of a partial model cross.
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
        errors = np.sqrt(np.maximum(np.sum(jacobian @ spread * jacobian, axis=1), 0.0))
        parts.append(on_logit_scale(found.inside, found.outside, errors, z))
    return collect_levels(fit.levels, parts)
