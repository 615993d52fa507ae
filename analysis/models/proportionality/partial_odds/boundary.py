"""Separation and the edge of the ordered region: why partial proportional odds have no estimate.

Directions along which the likelihood only rises, by linear programming (Albert & Anderson 1984;
docs/methods.md, section 8).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analysis.errors import EstimationError
from analysis.errors.reason_codes import ReasonCode
from analysis.models.cumulative_logit.data import OrdinalData
from analysis.models.cumulative_logit.free_effects import PartialLogit
from analysis.models.numerics.separation import SEPARATED, scale_to_unit_deviation
from analysis.models.types import Matrix, Vector

ROWS_AT_ONCE = 300
"""Limits that enter the linear program in one go: a program of this size takes milliseconds."""
VIOLATED = 1e-7
"""The solver of the linear program holds its limits to this."""


@dataclass(frozen=True)
class RisingDirections:
    """The limits on a direction: no row may lose, and logits in order may not cross.

    A row gains by what its upper logit rises and its lower logit falls. ``model``: its columns have
    a mean absolute deviation of 1. ``codes`` (n,): the level of each row. ``distinct`` (r, m):
    the distinct rows of the columns with free effects. Limits are numbered: upper logits of all
    rows, lower logits of all rows, then orders, cut by cut.
    """

    model: PartialLogit
    codes: NDArray[np.intp]
    distinct: Matrix

    def orders(self, direction: Vector) -> Matrix:
        """Return how far a direction parts neighbouring logits: (cuts - 1, r)."""
        alpha, _ = self.model.split(direction)
        return np.diff(alpha, axis=0) @ self.distinct.T

    def find(self, allowed: Vector, ordered: bool) -> Vector | None:
        """Return the direction of the largest total gain, or None if nothing can be gained.

        ``allowed`` (size,): how far each parameter may move. ``ordered``: whether the logits must
        stay in order in every row. Limits enter the linear program as they are violated.
        """
        from scipy.optimize import linprog  # only a fit that diverges comes here

        count = 2 * len(self.codes) + ordered * (self.model.cuts - 1) * len(self.distinct)
        # limits spread over all to begin with; effects within what is allowed
        entered = np.unique(np.linspace(0, count - 1, ROWS_AT_ONCE).astype(np.intp))
        bounds = np.column_stack([-allowed, allowed])
        while True:
            limits = -self._rows(entered)
            found = linprog(-self._total(), limits, np.zeros(len(entered)), bounds=bounds)
            if found.status != 0:
                raise EstimationError(ReasonCode.DIVERGENCE)
            direction: Vector = found.x
            # what a row gains, and the limits not yet entered that are broken most
            slack = self._slack(direction)[:count]
            gained = np.max(np.where(np.isfinite(slack), slack, 0.0)[: 2 * len(self.codes)])
            slack[entered] = 0.0
            worst = np.argsort(slack)[:ROWS_AT_ONCE]
            broken = worst[slack[worst] < -VIOLATED]
            if len(broken) == 0:
                return direction if gained > SEPARATED else None
            entered = np.concatenate([entered, broken])

    def _total(self) -> Vector:
        """The sum of all gains of a step of each parameter."""
        upper = (self.codes < self.model.cuts).astype(np.float64)
        lower = (self.codes > 0).astype(np.float64)
        return self.model.sum_scores(upper, -lower)

    def _slack(self, direction: Vector) -> Vector:
        """What a direction leaves of every limit; infinite where a row has no such logit."""
        upper, lower, _ = self.model.logits(direction)
        return np.concatenate([upper, -lower, self.orders(direction).ravel()])

    def _rows(self, numbers: NDArray[np.intp]) -> Matrix:
        """The limits of these numbers, (len, size): row @ direction must not be negative."""
        n, m, cuts = len(self.codes), self.model.w.shape[1], self.model.cuts
        limits = np.zeros((len(numbers), self.model.size))
        for place, number in enumerate(numbers):
            side, row = divmod(int(number), n)
            if side < 2:
                cut, sign = self.codes[row] - side, 1.0 - 2.0 * side
                if 0 <= cut < cuts:
                    limits[place, cut * m : (cut + 1) * m] = sign * self.model.w[row]
                    limits[place, cuts * m :] = sign * self.model.x[row]
            else:
                cut, row = divmod(int(number) - 2 * n, len(self.distinct))
                limits[place, cut * m : (cut + 1) * m] = -self.distinct[row]
                limits[place, (cut + 1) * m : (cut + 2) * m] = self.distinct[row]
        return limits


def require_order(
    model: PartialLogit, parameters: Vector, levels: tuple[int, ...], free: tuple[int, ...]
) -> float:
    """Return the smallest distance of neighbouring cumulative logits over all rows.

    Raises EstimationError if it is not positive: the log likelihood being concave, its maximum
    over the region where they are in order is then at the edge, and no estimate.
    """
    alpha, _ = model.split(parameters)
    smallest, outside = np.inf, np.zeros(len(model.weights), dtype=bool)
    crossed = []
    for cut in range(1, model.cuts):
        distance = model.w @ (alpha[cut] - alpha[cut - 1])
        smallest = min(smallest, float(distance.min()))
        if distance.min() <= 0.0:
            crossed.append(levels[cut])
            outside |= distance <= 0.0
    if crossed:
        raise EstimationError(
            ReasonCode.EDGE_AT_ROWS,
            columns=free,
            levels=f"{crossed}",
            outside=int(outside.sum()),
            rows=len(outside),
        )
    return smallest


def explain_divergence(data: OrdinalData, free: tuple[int, ...]) -> None:
    """Raise EstimationError if a direction exists along which the log likelihood only rises.

    ``free``: the columns with free effects. A direction that keeps every row's logits in order is
    separation, and the columns are named; any other leads to the edge of the ordered region.
    """
    shared = tuple(j for j in range(data.columns.shape[1]) if j not in free)
    plain = _standardise(data, free, shared)
    directions = RisingDirections(plain, data.codes, np.unique(plain.w, axis=0))
    outside = directions.find(_allow(plain, free, shared, (*free, *shared)), ordered=False)
    if outside is None:
        return
    inside = directions.find(_allow(plain, free, shared, (*free, *shared)), ordered=True)
    if inside is None:
        crossed = np.flatnonzero(directions.orders(outside).min(axis=1) < -SEPARATED)
        at = [data.levels[cut + 1] for cut in crossed]
        raise EstimationError(ReasonCode.EDGE, columns=free, levels=f"{at}")
    # a column with one effect does not separate alone: the proportional-odds fit exists
    alone = [
        j
        for j in sorted(free)
        if directions.find(_allow(plain, free, shared, (j,)), ordered=True) is not None
    ]
    along = alone or _columns_of(plain, inside, free, shared)
    raise EstimationError(ReasonCode.SEPARATION, columns=tuple(along))


def _standardise(data: OrdinalData, free: tuple[int, ...], shared: tuple[int, ...]) -> PartialLogit:
    """The model of the given columns themselves, centred, with a mean absolute deviation of 1."""
    centred = scale_to_unit_deviation(data.columns)
    ones = np.ones(len(centred))
    w = np.column_stack([ones, centred[:, list(free)]])
    return PartialLogit(w, centred[:, list(shared)], ones, data.starts)


def _allow(
    model: PartialLogit, free: tuple[int, ...], shared: tuple[int, ...], columns: tuple[int, ...]
) -> Vector:
    """How far each parameter may move if only the effects of ``columns`` may, by 1 at most.

    An intercept cannot move further than the effects of one row, or that row would lose.
    """
    furthest = 1.0 + float(np.max(np.abs(model.w).sum(axis=1) + np.abs(model.x).sum(axis=1)))
    by_cut = [furthest, *(float(j in columns) for j in free)]
    return np.array(by_cut * model.cuts + [float(j in columns) for j in shared])


def _columns_of(
    model: PartialLogit, direction: Vector, free: tuple[int, ...], shared: tuple[int, ...]
) -> list[int]:
    """The columns whose effects a direction moves."""
    alpha, beta = model.split(direction)
    steps = [*np.abs(alpha[:, 1:]).max(axis=0), *np.abs(beta)]
    return sorted(j for j, step in zip((*free, *shared), steps, strict=True) if step > SEPARATED)
