"""Probability of a level from its two logits, and the closeness of cut points (docs/methods.md, 2).

With u and l the upper and lower logit of a level, F the logistic function and d = u - l,

    P = F(u) - F(l) = F(u) F(-l) (1 - e^-d),    c = 1 / (e^d - 1),

where the closeness c is the derivative of log(1 - e^-d). Nothing in this form cancels or
underflows, and it is what the derivatives are taken from.
"""

import numpy as np

from analysis.models.types import Matrix, Vector

CLOSEST = 1e-100
"""Logits nearer than this coincide: the square of their closeness must stay finite."""


def gap(distance: Vector) -> Vector:
    """Return 1 - e^-d of distances d > 0, which may be infinite."""
    return -np.expm1(-distance)


def gap_and_closeness(distance: Vector) -> tuple[Vector, Vector]:
    """Return 1 - e^-d and its logarithm's derivative 1 / (e^d - 1), without overflow."""
    between = gap(distance)
    return between, np.exp(-distance) / between


def level_scores(above: Vector, below: Vector, closeness: Vector) -> tuple[Vector, Vector]:
    """Return the derivatives of log P by u and by l, from P(Y > y) = F(-u) and P(Y < y) = F(l)."""
    return above + closeness, -(below + closeness)


def level_probabilities(below: Matrix, above: Matrix, distances: Vector) -> Matrix:
    """Return P(Y = j) (n, k) from P(Y <= j) and P(Y > j) (n, k - 1), without cancellation.

    ``distances`` (k - 2,): of the cut points, the same for every row.
    """
    inner = below[:, 1:] * above[:, :-1] * gap(distances)
    return np.hstack([below[:, :1], inner, above[:, -1:]])


def logistic_parts(logits: Vector) -> tuple[Vector, Vector, Vector, Vector]:
    """Return e^-|t|, F(|t|), F(-t) and F(t) F(-t) from one exponential: that takes the time."""
    decay = np.exp(-np.abs(logits))
    share = 1.0 / (1.0 + decay)
    product = decay * share
    tail = np.where(logits >= 0.0, product, share)
    product *= share
    return decay, share, tail, product
