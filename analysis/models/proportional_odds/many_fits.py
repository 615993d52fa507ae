"""Proportional-odds fits of many outcomes at once by plain Newton steps (docs/methods.md, 2).

What plain steps do not reach (separation, dependent columns, a step too far) is left to
``fit_proportional_odds``, one by one: a fit is given here only where both agree.
"""

from contextlib import suppress
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analysis.models.cumulative_logit.common_effects import CumulativeLogit, StackedDerivatives
from analysis.models.data.design_matrix import StackedBases
from analysis.models.numerics.newton import FLAT, NEGLIGIBLE_STEP, STEP_TOLERANCE
from analysis.models.numerics.separation import DIVERGING
from analysis.models.types import Matrix, Stack, Vector

MOST_STEPS = 20
"""Newton needs 2 to 8 steps from a neighbouring estimate or from the marginal cut points."""
DEPENDENT = 1e-8
"""Share of a parameter's information that the parameters before it must leave: below it, more than
half of the digits are rounding."""


@dataclass(frozen=True)
class StackedFit:
    """m fits. ``parameters`` (m, r): theta, then beta. ``root`` (m, r, r): root root' is their
    covariance. ``log_likelihood`` (m,). ``fitted`` (m,): False where the others mean nothing.
    """

    parameters: Matrix
    root: Stack
    log_likelihood: Vector
    fitted: NDArray[np.bool_]


def fit_stack(model: CumulativeLogit, start: Matrix) -> StackedFit:
    """Return the fits of the m outcomes of ``model`` from ``start`` (m, r).

    The columns should have means near 0 and variances near 1. A fit depends on its own rows and
    start alone, to the last bit.
    """
    m, r = start.shape
    found = StackedFit(start.copy(), np.zeros((m, r, r)), np.zeros(m), np.zeros(m, dtype=bool))
    left, point, rest = np.arange(m), start, model
    now = rest.evaluate(point)
    for _ in range(MOST_STEPS):
        # the step, and its largest component in standard errors
        step, sound = _newton_steps(now)
        errors = np.sqrt(np.diagonal(now.information, axis1=1, axis2=2))
        size = np.max(np.abs(step) * errors, axis=1)
        # a negligible step ends without another look
        still = sound & (size <= NEGLIGIBLE_STEP)
        _keep(found, left[still], (point + step)[still], now.take(still))
        if still.any():
            left, point, step, size = (part[~still] for part in (left, point, step, size))
            sound, now, rest = sound[~still], now.take(~still), rest.take(~still)
        if not len(left):
            break
        # the others move; one that falls is left to the single fit
        point = point + step
        moved = rest.evaluate(point)
        rises = sound & (moved.value >= now.value - FLAT * np.abs(now.value))
        done, going = rises & (size <= STEP_TOLERANCE), rises & (size > STEP_TOLERANCE)
        _keep(found, left[done], point[done], moved.take(done))
        if not going.any():
            break
        if not going.all():
            left, point, moved = left[going], point[going], moved.take(going)
            rest = rest.take(going)
        now = moved
    found.fitted[found.fitted & model.diverges(found.parameters, DIVERGING)] = False
    return found


def _keep(
    found: StackedFit, places: NDArray[np.intp], parameters: Matrix, there: StackedDerivatives
) -> None:
    root, sound = invert_root(there.information)
    found.parameters[places] = parameters
    found.root[places] = root
    found.log_likelihood[places] = there.value
    found.fitted[places] = sound


def _newton_steps(now: StackedDerivatives) -> tuple[Matrix, NDArray[np.bool_]]:
    root, sound = invert_root(now.information)
    steps = np.matmul(root, np.matmul(root.swapaxes(1, 2), now.gradient[:, :, None]))
    return steps[:, :, 0], sound


def invert_root(information: Stack) -> tuple[Stack, NDArray[np.bool_]]:
    """Return roots (m, r, r) of the inverses, root root', and which of them can be trusted."""
    factor, sound = _factorise(information)
    pivots = np.diagonal(factor, axis1=1, axis2=2) ** 2
    diagonal = np.diagonal(information, axis1=1, axis2=2)
    sound &= np.all(pivots > DEPENDENT * diagonal, axis=1)
    root = np.linalg.inv(factor).swapaxes(1, 2).astype(np.float64, copy=False)
    return root, sound


def _factorise(information: Stack) -> tuple[Stack, NDArray[np.bool_]]:
    """Cholesky factors, and where there is one."""
    factor: Stack = np.tile(np.eye(information.shape[1]), (len(information), 1, 1))
    sound = np.zeros(len(information), dtype=bool)
    try:
        factor[:], sound[:] = np.linalg.cholesky(information), True
    except np.linalg.LinAlgError:
        for i, matrix in enumerate(information):
            with suppress(np.linalg.LinAlgError):
                factor[i], sound[i] = np.linalg.cholesky(matrix), True
    return factor, sound


@dataclass(frozen=True)
class StackedOdds:
    """m fits. ``theta`` (m, k - 1), ``beta`` (m, p), ``covariance`` (m, r, r) of both and
    ``log_likelihood`` (m,). ``fitted`` (m,): False where the others mean nothing.
    """

    theta: Matrix
    beta: Matrix
    covariance: Stack
    log_likelihood: Vector
    fitted: NDArray[np.bool_]


def fit_odds_stack(
    bases: StackedBases, codes: NDArray[np.intp], levels: int, weights: Matrix | None
) -> StackedOdds:
    """Return the fits of ``codes`` (m, n), each with all ``levels``, to the columns of ``bases``.

    ``weights`` (m, n): positive, or None for ones.
    """
    m = len(codes)
    unit = np.ones(m) if weights is None else weights.max(axis=1)
    relative = None if weights is None else weights / unit[:, None]
    scores = np.broadcast_to(bases.scores, (m, *bases.scores.shape[1:]))
    model = CumulativeLogit.build(scores, codes, levels, relative)
    found = fit_stack(model, model.start())
    back = bases.back_transforms(model.cuts)
    root = np.matmul(back, found.root)
    parameters = np.matmul(back, found.parameters[:, :, None])[:, :, 0]
    return StackedOdds(
        theta=parameters[:, : model.cuts],
        beta=parameters[:, model.cuts :],
        covariance=np.matmul(root, root.swapaxes(1, 2)) / unit[:, None, None],
        log_likelihood=found.log_likelihood * unit,
        fitted=found.fitted & bases.sound,
    )
