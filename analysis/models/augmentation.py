"""Pseudo-rows against separation in an imputation model (docs/methods.md, section 11)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analysis.models.newton import Matrix, Vector

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
