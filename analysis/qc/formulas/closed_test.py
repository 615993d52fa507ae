"""The closed test of a graph of hypotheses: every intersection, by weighted Bonferroni.

Hommel, Bretz & Maurer 2007, Stat Med 26:4063. The weights of an intersection are where alpha ends
if it moves along the edges until it meets a hypothesis of it: no step of a sequence of rejections.
"""

from collections.abc import Sequence
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

Vector = NDArray[np.float64]
MOST = 12
"""Hypotheses that are closed: they have 4095 intersections."""
DOUBLINGS = 50
"""Steps of alpha along edges that are followed: 2 to this power."""


def weigh_intersection(weights: Vector, edges: Vector, kept: Sequence[int]) -> Vector:
    """Return the weights of an intersection: w_kept + w_gone (1 + G + G^2 + ...) G_kept.

    ``weights`` (m,), ``edges`` (m, m), G those among the hypotheses that are not ``kept``. Alpha
    that moves in a circle for ever is lost.
    """
    gone = [one for one in range(len(weights)) if one not in kept]
    power = edges[np.ix_(gone, gone)]
    total = np.eye(len(gone))
    for _ in range(DOUBLINGS):  # 1 + ... + G^(2n - 1) = (1 + G^n) (1 + ... + G^(n - 1))
        total, power = total + power @ total, power @ power
    return np.asarray(weights[list(kept)] + weights[gone] @ total @ edges[np.ix_(gone, kept)])


def close_test(p_values: Vector, weights: Vector, edges: Vector) -> Vector:
    """Return the adjusted p-values: the largest of all intersections that hold a hypothesis."""
    size = len(p_values)
    adjusted = np.zeros(size)
    for number in range(1, size + 1):
        for kept in map(list, combinations(range(size), number)):
            own = weigh_intersection(weights, edges, kept)
            shares = [p / w for p, w in zip(p_values[kept], own, strict=True) if w > 0.0]
            adjusted[kept] = np.maximum(adjusted[kept], min([1.0, *shares]))
    return adjusted
