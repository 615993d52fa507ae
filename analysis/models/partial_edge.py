"""Why a partial proportional-odds model has no estimate (docs/methods.md, section 8)."""

from __future__ import annotations

import numpy as np

from analysis.errors import EstimationError
from analysis.models.newton import Matrix, Vector
from analysis.models.partial_logit import PartialLogit
from analysis.models.rising_directions import RisingDirections
from analysis.models.separation import SEPARATED


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
        rows = f" ({outside.sum()} of {len(outside)} rows)"
        raise EstimationError(_describe_edge(crossed, free) + rows)
    return smallest


def explain_divergence(
    model: PartialLogit, columns: Matrix, free: tuple[int, ...], levels: tuple[int, ...]
) -> None:
    """Raise EstimationError if a direction exists along which the log likelihood only rises.

    ``columns`` (n, p): all columns, rows sorted by level; ``free``: those with free effects. A
    direction that keeps every row's logits in order is separation, and the columns are named; one
    that does not leads to the edge of the ordered region.
    """
    shared = tuple(j for j in range(columns.shape[1]) if j not in free)
    plain = _standardise(model, columns, free, shared)
    directions = RisingDirections.build(plain)
    outside = directions.find(_allow(plain, free, shared, (*free, *shared)), ordered=False)
    if outside is None:
        return
    inside = directions.find(_allow(plain, free, shared, (*free, *shared)), ordered=True)
    if inside is None:
        crossed = np.flatnonzero(directions.orders(outside).min(axis=1) < -SEPARATED)
        raise EstimationError(_describe_edge([levels[cut + 1] for cut in crossed], free))
    # a column with one effect does not separate alone: the proportional-odds fit exists
    alone = [
        j
        for j in sorted(free)
        if directions.find(_allow(plain, free, shared, (j,)), ordered=True) is not None
    ]
    along = alone or _columns_of(plain, inside, free, shared)
    raise EstimationError(f"separation along column {along}: no finite estimate exists")


def _describe_edge(crossed: list[int], free: tuple[int, ...]) -> str:
    return (
        "the maximum lies at the edge of the region in which the cumulative logits are in order: "
        f"with free effects of column {list(free)}, level {crossed} would have a probability of 0 "
        "or less"
    )


def _standardise(
    model: PartialLogit, columns: Matrix, free: tuple[int, ...], shared: tuple[int, ...]
) -> PartialLogit:
    """The model of the given columns themselves, centred, with a mean absolute deviation of 1."""
    centred = columns - columns.mean(axis=0)
    centred /= np.abs(centred).mean(axis=0)
    ones = np.ones(len(centred))
    w = np.column_stack([ones, centred[:, list(free)]])
    return PartialLogit(w, centred[:, list(shared)], ones, model.starts)


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
