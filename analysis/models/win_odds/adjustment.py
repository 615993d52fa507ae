"""Randomisation-based covariance adjustment of a win probability (docs/methods.md, section 4)."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analysis.errors import EstimationError
from analysis.errors.reason_codes import ReasonCode
from analysis.models.data.arrays import LARGEST, name_columns
from analysis.models.data.residuals import Residuals
from analysis.models.types import Matrix
from analysis.models.win_odds.adjustment_algebra import (
    ColumnFaults,
    StackedAdjustment,
    StackedDeviations,
    StackedGroups,
    adjust_stack,
    deviate,
    find_faults,
)
from analysis.models.win_odds.level_counts import TwoArms
from analysis.models.win_odds.placement import Placement


@dataclass(frozen=True)
class Adjustment:
    """``shift`` is taken off the win probability, ``variance`` is left of its variance.

    ``constant_columns`` say nothing and were not used.
    """

    shift: float
    variance: float
    constant_columns: tuple[int, ...]


def adjust_for_covariates(
    arms: TwoArms,
    strata: NDArray[np.intp],
    placement: Placement,
    columns: Matrix,
    residuals: Residuals = Residuals.FITTED,
) -> Adjustment:
    """Return C' S^-1 d and v - C' S^-1 C (Koch 1998; Kawaguchi, Koch & Wang 2011; SAP 5.4 c).

    With leave-one-out ``residuals`` their sum of squares stands for the latter (SAP 5.8).

    ``columns`` (n, p) has a row for each of ``arms`` and of ``strata``, which are numbered from 0.
    d and S, like the win probability, are the strata's, combined with the same weights. A column
    that is constant within every stratum is not used. Raises EstimationError, naming the column,
    for one that is constant in each arm but tells the arms apart, and for one that is collinear
    with earlier ones; and for as many columns as the rows can carry, or columns that explain the
    outcome completely.
    """
    group = 2 * strata + arms.treated
    sizes = np.bincount(group, minlength=2 * len(placement.weights)).astype(np.float64)
    groups = StackedGroups(group[None], sizes[None], placement.weights[None])
    stack = np.ascontiguousarray(columns.T)[None]
    deviations = deviate(stack, groups)
    varied = _find_varied(find_faults(stack, deviations))
    _require_rows(int(varied.sum()), len(group) - len(sizes))
    outcome = groups.place_rows(placement.deviations()[None], arms.levels[None])
    used = StackedDeviations(
        deviations.values[:, varied], deviations.largest[:, varied], deviations.gaps[:, varied]
    )
    found = adjust_stack(used, groups, outcome, residuals)
    _require_independent(found, varied)
    return Adjustment(float(found.shift[0]), float(found.left[0]), name_columns(~varied))


def _find_varied(faults: ColumnFaults) -> NDArray[np.bool_]:
    named = name_columns((faults.flat & faults.apart)[0])
    if named:
        raise EstimationError(ReasonCode.CONSTANT_IN_ARMS, columns=named)
    narrow = name_columns(faults.narrow[0])
    if narrow:
        raise EstimationError(ReasonCode.SMALL_COLUMN, columns=narrow, limit=f"{1.0 / LARGEST:g}")
    return np.asarray(~faults.flat[0])


def _require_independent(found: StackedAdjustment, varied: NDArray[np.bool_]) -> None:
    dependent = np.flatnonzero(varied)[found.dependent[0]]
    if len(dependent):
        raise EstimationError(ReasonCode.COLLINEAR_COLUMN, columns=tuple(dependent.tolist()))
    if found.explained[0]:
        raise EstimationError(ReasonCode.OUTCOME_EXPLAINED)


def _require_rows(columns: int, freedom: int) -> None:
    if columns >= freedom:
        raise EstimationError(ReasonCode.FEW_FREEDOM_IN_ARMS, width=columns, freedom=freedom)
