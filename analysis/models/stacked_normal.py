"""Linear models of one variable on many sets of columns at once, by their normal equations."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analysis.models.level_sums import Stack
from analysis.models.newton import Matrix, Vector
from analysis.models.stacked_levels import invert_root


@dataclass(frozen=True)
class StackedNormal:
    """m models of n rows. ``coefficients`` (m, 1 + q), intercept first; ``root`` (m, 1 + q, 1 + q):
    root root' inverts the cross-products; ``residual`` (m,): residual sums of squares, on
    ``freedom`` degrees of freedom. ``fitted`` (m,): False where there are too few rows, or the
    columns are too dependent for normal equations.
    """

    coefficients: Matrix
    root: Stack
    residual: Vector
    freedom: int
    fitted: NDArray[np.bool_]


def fit_normal_stack(y: Vector, x: Stack) -> StackedNormal:
    """Return the least-squares fits of ``y`` (n,) to ``x`` (m, n, q) with an intercept."""
    design = np.concatenate([np.ones((*x.shape[:2], 1)), x], axis=2)
    transposed = design.swapaxes(1, 2)
    root, sound = invert_root(np.matmul(transposed, design))
    products = np.matmul(transposed, y[:, None])
    coefficients = np.matmul(root, np.matmul(root.swapaxes(1, 2), products))
    residuals = y - np.matmul(design, coefficients)[:, :, 0]
    freedom = design.shape[1] - design.shape[2]
    return StackedNormal(
        coefficients=coefficients[:, :, 0],
        root=root,
        residual=np.sum(residuals**2, axis=1),
        freedom=freedom,
        fitted=sound & (freedom > 0),
    )
