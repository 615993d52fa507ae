"""Variables with missing values, in the rows of one arm."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analysis.models.newton import Matrix, Vector


@dataclass(frozen=True)
class Incomplete:
    """A variable of one arm (n,), NaN where it is missing."""

    name: str
    values: Vector
    continuous: bool = False

    @property
    def missing(self) -> NDArray[np.bool_]:
        return np.isnan(self.values)

    @property
    def observed(self) -> Vector:
        return self.values[~self.missing]


@dataclass(frozen=True)
class ArmRows:
    """What one arm's imputation starts from.

    ``x`` (n, p): complete columns. ``below`` (n,): rows whose outcome is not the last level that
    the arm has.
    """

    x: Matrix
    auxiliaries: tuple[Incomplete, ...]
    outcome: Incomplete
    below: NDArray[np.bool_]

    @property
    def variables(self) -> tuple[Incomplete, ...]:
        """The auxiliaries as given, then the outcome."""
        return (*self.auxiliaries, self.outcome)

    def visiting_order(self) -> list[int]:
        """Numbers of the variables to impute: the fewest missing first, the outcome last.

        An auxiliary with one observed value is left as filled in.
        """
        counts = {
            j: int(variable.missing.sum())
            for j, variable in enumerate(self.auxiliaries)
            if variable.missing.any() and len(np.unique(variable.observed)) > 1
        }
        return [*sorted(counts, key=lambda j: counts[j]), len(self.auxiliaries)]
