"""Data of a random-intercept model, and the fit without intercept that it starts from."""

from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import ArrayLike, NDArray

from analysis.errors import EstimationError
from analysis.errors.reason_codes import ReasonCode
from analysis.models.data.arrays import read_columns, read_levels
from analysis.models.data.design_matrix import Basis, build_basis
from analysis.models.data.labels import Label, read_labels
from analysis.models.proportional_odds.fit import ProportionalOddsFit, fit_proportional_odds
from analysis.models.random_intercept.likelihood import RandomIntercept
from analysis.models.random_intercept.logits import stack_logits
from analysis.models.types import Vector


@dataclass(frozen=True)
class Problem:
    """``model``: the likelihood, in uncorrelated columns; ``fixed``: the fit without intercept.

    ``labels`` (g,) and ``sizes`` (g,): the groups and their numbers of rows.
    """

    model: RandomIntercept
    fixed: ProportionalOddsFit
    basis: Basis
    labels: tuple[Label, ...]
    sizes: NDArray[np.intp]

    @classmethod
    def read(cls, y: ArrayLike, x: ArrayLike, groups: ArrayLike) -> Self:
        """Return the problem of levels (n,), columns (n, p) and labels (n,).

        Raises EstimationError as the fit without intercept does, for missing labels, one group and
        groups of one row each.
        """
        codes = read_levels(y)[1]
        columns = read_columns(x, len(codes))
        labels, group = read_labels(groups, len(codes), "groups")
        sizes = np.bincount(group)
        _require_groups(labels, sizes)
        fixed = fit_proportional_odds(y, columns)
        basis = build_basis(columns)
        logits = stack_logits(codes, basis.scores, group)
        model = RandomIntercept(logits, np.bincount(codes)[1:-1])
        return cls(model, fixed, basis, labels, sizes)

    @property
    def start(self) -> Vector:
        """The fit without intercept as (theta, beta) of the uncorrelated columns."""
        return np.concatenate(self.basis.to_scores(self.fixed.theta, self.fixed.beta))


def _require_groups(labels: tuple[Label, ...], sizes: NDArray[np.intp]) -> None:
    if len(labels) < 2:
        raise EstimationError(ReasonCode.ONE_GROUP, group=f"{labels[0]}")
    if sizes.max() < 2:
        raise EstimationError(ReasonCode.GROUPS_OF_ONE)
