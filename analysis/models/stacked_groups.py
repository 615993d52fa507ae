"""Many data sets of two arms in strata, and the groups that their rows form."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analysis.models.newton import Matrix

Stack = NDArray[np.float64]


@dataclass(frozen=True)
class StackedGroups:
    """m data sets of n rows in strata and arms.

    ``group`` (m, n): the group of each row, numbered by data set, stratum and arm; ``sizes``
    (m, 2 strata): rows of each; ``weights`` (m, strata): of the strata, 0 for those without rows.
    """

    group: NDArray[np.intp]
    sizes: Matrix
    weights: Matrix

    def average(self, column: Matrix) -> Matrix:
        """Return the means of ``column`` (m, n) in the groups, (m, 2 strata), 0 without rows."""
        sums = np.bincount(self.group.ravel(), weights=column.ravel(), minlength=self.sizes.size)
        means: Matrix = sums.reshape(self.sizes.shape) / np.maximum(self.sizes, 1.0)
        return means

    def to_rows(self, numbers: Matrix) -> Matrix:
        """Return for each row (m, n) the number of its group in ``numbers`` (m, 2 strata)."""
        rows: Matrix = numbers.ravel()[self.group]
        return rows

    def scale(self) -> Matrix:
        """Return w / sqrt(n (n - 1)) (m, 2 strata): squares then add up to w^2 s^2 / n."""
        each = self.sizes * (self.sizes - 1.0)
        scale: Matrix = np.repeat(self.weights, 2, axis=1) / np.sqrt(np.maximum(each, 1.0))
        return scale

    def place_rows(self, deviations: Stack, levels: NDArray[np.intp]) -> Matrix:
        """Return each row's placement value less its mean, times the scale of its group, (m, n).

        ``deviations`` (m, strata, 2, levels): of the placement values; ``levels`` (m, n).
        """
        scaled = deviations.reshape(*self.sizes.shape, -1) * self.scale()[:, :, None]
        rows: Matrix = scaled.ravel()[self.group * scaled.shape[2] + levels]
        return rows
