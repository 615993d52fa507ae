"""Conditional modes of the intercepts and their derivatives (docs/methods.md, section 9)."""

from dataclasses import dataclass

import numpy as np
from scipy.special import expit

from analysis.models.random_intercept.logits import GroupedLogits
from analysis.models.types import Matrix, Vector

MODE_TOLERANCE = 1e-7
"""Last Newton step in conditional standard deviations; the error left is about its square."""
MOST_STEPS = 200
"""Newton needs about five steps; every other step at least halves the bracket or the move."""


def find_modes(logits: GroupedLogits, base: Vector, precision: float) -> Vector | None:
    """Return the b (g,) at which sum log F(base + sign * b) - b^2 precision / 2 is largest.

    ``base`` (m,): the logits without the intercept. All groups at once, by Newton's method inside a
    bracket of the root of the slope, which falls strictly; a step that leaves the bracket, or is
    not half the move before, is replaced by bisection. None if rounding leaves no root to find.
    """
    position = np.zeros(logits.groups)
    high = logits.sizes / precision
    low = -high
    moved = high - low
    for _ in range(MOST_STEPS):
        # h' and -h'' at the position, and Newton's step
        slope, curvature = logits.slopes(base + logits.sign * logits.spread(position))
        slope, curvature = slope - position * precision, curvature + precision
        step = slope / curvature
        settled = np.abs(step) * np.sqrt(curvature) <= MODE_TOLERANCE
        if settled.all():
            return position + step
        # the bracket closes in; where Newton is not safe, its middle
        low = np.where(slope >= 0.0, position, low)
        high = np.where(slope <= 0.0, position, high)
        newton = position + step
        safe = (newton > low) & (newton < high) & (np.abs(step) <= 0.5 * moved)
        target = np.where(safe | settled, newton, (low + high) / 2.0)
        moved, position = np.abs(target - position), target
    return None


@dataclass(frozen=True)
class ModePath:
    """The modes with all that their first and second derivatives need.

    With h the log integrand of a group as a function of its intercept b and psi = (theta, beta,
    log sigma): ``position_by``, ``curvature_by`` and ``spread_by`` (g, q) are the derivatives of
    the mode, of the curvature -h'' there and of its inverse root; ``bend_by`` and ``twist_by``
    (g, q) those of h'' and h''' with b held; ``third`` and ``fourth`` (g,) are h''' and h''''. A
    logit's part in h''' is -``row_third``, in h'''' -``row_fourth`` (m,).
    """

    position: Vector
    curvature: Vector
    spread: Vector
    position_by: Matrix
    curvature_by: Matrix
    spread_by: Matrix
    bend_by: Matrix
    twist_by: Matrix
    third: Vector
    fourth: Vector
    row_third: Vector
    row_fourth: Vector


def follow_modes(
    logits: GroupedLogits, base: Vector, precision: float, position: Vector
) -> ModePath:
    """Return how the modes move with (theta, beta, log sigma), by the implicit function theorem."""
    sign = logits.sign
    tail = expit(-(base + sign * logits.spread(position)))
    # derivatives of log F(t): the second to the fourth, but for the sign
    product = tail * (1.0 - tail)
    third = product * (2.0 * tail - 1.0)
    fourth = product * (1.0 - 6.0 * product)
    # D; h'_psi and h''_psi with b held
    curvature = logits.sum_groups(product) + precision
    slope_by = _append(-logits.sum_design(sign * product), 2.0 * position * precision)
    bend_by = _append(-logits.sum_design(third), np.full(logits.groups, 2.0 * precision))
    # m_psi and D_psi
    position_by = slope_by / curvature[:, None]
    group_third = -logits.sum_groups(sign * third)
    curvature_by = -(bend_by + group_third[:, None] * position_by)
    return ModePath(
        position=position,
        curvature=curvature,
        spread=1.0 / np.sqrt(curvature),
        position_by=position_by,
        curvature_by=curvature_by,
        spread_by=-0.5 * (curvature**-1.5)[:, None] * curvature_by,
        bend_by=bend_by,
        twist_by=_append(-logits.sum_design(sign * fourth), np.zeros(logits.groups)),
        third=group_third,
        fourth=-logits.sum_groups(fourth),
        row_third=sign * third,
        row_fourth=fourth,
    )


def _append(by_design: Matrix, by_log_sigma: Vector) -> Matrix:
    return np.column_stack([by_design, by_log_sigma])
