"""Pairings of two distributions: the fewest and the most that gain, by a linear program."""

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linprog

Whole = NDArray[np.int64]


def bound_gain(gain: Whole, treated: Whole, reference: Whole) -> tuple[int, int] | None:
    """Return the smallest and largest sum of ``gain`` over pairings; None if a search stopped.

    ``treated`` (k,) and ``reference`` (k,): subjects by level; ``gain`` (k, k): by the level if
    treated and the level if not. Every subject stands for as many as the other arm has, so the
    corners of the region are whole, and so are both sums.
    """
    k, n1, n0 = len(treated), int(treated.sum()), int(reference.sum())
    rows, columns = np.kron(np.eye(k), np.ones(k)), np.kron(np.ones(k), np.eye(k))
    margins = np.concatenate([treated * n0, reference * n1])
    sums = []
    for sign in (1, -1):
        found = linprog(
            sign * gain.ravel(), A_eq=np.vstack([rows, columns]), b_eq=margins, method="highs-ds"
        )
        if found.status != 0:
            return None
        sums.append(sign * round(found.fun))
    return sums[0], sums[1]
