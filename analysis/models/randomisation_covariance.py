"""Adjustment for covariates by the covariance that randomisation gives (docs/methods.md, 4)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analysis.errors import EstimationError
from analysis.models.columns import COLLINEAR
from analysis.models.inputs import LARGEST, name_columns
from analysis.models.newton import Matrix, Vector
from analysis.models.placement import Placement
from analysis.models.two_arms import TwoArms

LEAST_VARIANCE = 1e-12
"""Share of the variance that the covariates must leave: its root, a millionth, still has nine
digits in double precision."""


@dataclass(frozen=True)
class Adjustment:
    """``shift`` is taken off the win probability, ``variance`` is left of its variance.

    ``constant_columns`` say nothing and were not used.
    """

    shift: float
    variance: float
    constant_columns: tuple[int, ...]


@dataclass(frozen=True)
class _Deviations:
    """Columns (n, p) less their mean in the stratum and arm; ``gaps`` (strata, p): arm 1 less 0."""

    values: Matrix
    gaps: Matrix


def adjust_for_covariates(
    arms: TwoArms, strata: NDArray[np.intp], placement: Placement, columns: Matrix
) -> Adjustment:
    """Return C' S^-1 d and v - C' S^-1 C (Koch 1998; Kawaguchi, Koch & Wang 2011; SAP 5.4 c).

    ``columns`` (n, p) has a row for each of ``arms`` and of ``strata``, which are numbered from 0.
    d and S, like the win probability, are the strata's, combined with the same weights. A column
    that is constant within every stratum is not used. Raises EstimationError, naming the column,
    for one that is constant in each arm but tells the arms apart, and for one that is collinear
    with earlier ones; and for as many columns as the rows can carry, or columns that explain the
    outcome completely.
    """
    share = placement.weights
    group = 2 * strata + arms.treated
    sizes = np.bincount(group, minlength=2 * len(share)).astype(np.float64)
    root = (np.repeat(share, 2) / np.sqrt(sizes * (sizes - 1.0)))[group]
    deviations = _deviate(columns, group, sizes)
    varied = _find_varied(columns, deviations)
    _require_rows(int(varied.sum()), len(group) - len(sizes))
    scale = np.abs(deviations.values[:, varied]).max(axis=0, initial=0.0)
    spread = deviations.values[:, varied] / scale * root[:, None]
    effects, left = _project(spread, root * _placement_deviations(arms, strata, placement), varied)
    difference = share @ deviations.gaps[:, varied] / scale
    return Adjustment(float(effects @ difference), left, tuple(name_columns(~varied)))


def _deviate(columns: Matrix, group: NDArray[np.intp], sizes: Vector) -> _Deviations:
    centred = columns - columns.mean(axis=0)
    means = np.empty((len(sizes), columns.shape[1]))
    for j in range(columns.shape[1]):
        means[:, j] = np.bincount(group, weights=centred[:, j], minlength=len(sizes)) / sizes
    return _Deviations(centred - means[group], means[1::2] - means[::2])


def _find_varied(columns: Matrix, deviations: _Deviations) -> NDArray[np.bool_]:
    size = np.abs(columns).max(axis=0, initial=0.0)
    rounding = COLLINEAR * size
    flat = np.abs(deviations.values).max(axis=0, initial=0.0) <= rounding
    apart = np.abs(deviations.gaps).max(axis=0, initial=0.0) > rounding
    if np.any(flat & apart):
        named = name_columns(flat & apart)
        raise EstimationError(f"covariate {named} is constant in each arm but not the same in both")
    narrow = name_columns(~flat & (size < 1.0 / LARGEST))
    if narrow:
        raise EstimationError(f"covariate {narrow} is smaller than {1.0 / LARGEST:g}: rescale it")
    varied: NDArray[np.bool_] = ~flat
    return varied


def _placement_deviations(arms: TwoArms, strata: NDArray[np.intp], placement: Placement) -> Vector:
    """Each row's placement value less its mean; turned round in arm 0, as C has a minus there."""
    mean = placement.win_probability[strata]
    won = placement.treated[strata, arms.levels] - mean
    lost = placement.reference[strata, arms.levels] - mean
    return np.where(arms.treated, won, -lost)


def _project(spread: Matrix, outcome: Vector, varied: NDArray[np.bool_]) -> tuple[Vector, float]:
    """Return S^-1 C and v - C' S^-1 C, where S = spread'spread and C = spread'outcome."""
    p = spread.shape[1]
    both = np.column_stack([spread, outcome])
    triangle = np.asarray(np.linalg.qr(both, mode="r"), dtype=np.float64)
    length = np.sqrt(np.einsum("ij,ij->j", triangle, triangle))
    inside = np.abs(np.diag(triangle)) <= COLLINEAR * length
    if inside[:p].any():
        dependent = np.flatnonzero(varied)[inside[:p]]
        raise EstimationError(f"collinear covariate {[int(j) for j in dependent]}")
    left = float(triangle[p, p] ** 2)
    if left <= LEAST_VARIANCE * float(length[p] ** 2):
        raise EstimationError("the covariates explain the outcome completely")
    effects = np.linalg.solve(triangle[:p, :p], triangle[:p, p])
    return np.asarray(effects, dtype=np.float64), left


def _require_rows(columns: int, freedom: int) -> None:
    if columns >= freedom:
        raise EstimationError(
            f"{columns} covariates, but the rows have {freedom} degrees of freedom within arms"
        )
