"""Separation: data whose likelihood has no maximum (Albert & Anderson 1984)."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from analysis.errors import EstimationError
from analysis.errors.reason_codes import ReasonCode
from analysis.models.types import Matrix, Vector

DIVERGING = 15.0
"""Logits beyond this are looked at: odds of 1 to 3 million. Where no maximum exists, Newton's
method ends with logits beyond 18, or does not converge: a row that a step of one logit changes by
less than the step tolerance has a weight times e**-logit below 1e-14, and weights reach to 1e-6 of
the largest. It decides only whether separation is checked, not the answer."""
SEPARATED = 1e-6
"""A gain above this, of columns with mean absolute deviation 1, is no rounding: the solver of the
linear program works to 1e-7."""


def require_no_separation(codes: NDArray[np.intp], columns: Matrix) -> None:
    """Raise EstimationError naming the columns along which the levels are separated.

    ``codes`` (n,): levels 0 to k - 1, all observed. Looks for a direction (cut points and effects)
    that lowers the likelihood of no row and raises that of some, by linear programming. Named are
    the columns that separate by themselves, or, if none does, the columns of the direction.

    >>> require_no_separation(np.array([0, 1, 1]), np.array([[0.0], [1.0], [1.0]]))
    Traceback (most recent call last):
        ...
    analysis.errors.EstimationError: separation along column [0]: no finite estimate exists
    """
    gains, _, _ = design_of_logits(codes, scale_to_unit_deviation(columns))
    _require_no_gain(gains, columns.shape[1])


def separates(codes: NDArray[np.intp], columns: Matrix) -> bool:
    """Return whether some direction of the columns (n, p), none constant, separates the levels.

    >>> separates(np.array([0, 1, 1]), np.array([[0.0], [1.0], [1.0]]))
    True
    """
    gains, _, _ = design_of_logits(codes, scale_to_unit_deviation(columns))
    return _find_direction(gains, np.ones(columns.shape[1])) is not None


def require_no_vanishing_risk(event: NDArray[np.bool_], columns: Matrix) -> None:
    """Raise EstimationError naming the columns along which a risk on the log scale falls for ever.

    Looks for a direction (intercept and effects) that leaves the risk of every row with the event
    as it is, raises that of none, and lowers that of some: the Poisson likelihood of ``event`` (n,)
    then has no maximum (Santos Silva & Tenreyro 2010).

    >>> require_no_vanishing_risk(np.array([False, True]), np.array([[0.0], [1.0]]))
    Traceback (most recent call last):
        ...
    analysis.errors.EstimationError: separation along column [0]: no finite estimate exists
    """
    terms = np.column_stack([np.ones(len(event)), scale_to_unit_deviation(columns)])
    gains = np.vstack([-terms[~event], terms[event], -terms[event]])
    _require_no_gain(gains, columns.shape[1])


def _require_no_gain(gains: Matrix, p: int) -> None:
    """Raise EstimationError if a direction has gains in some rows and losses in none."""
    require_no_direction(lambda allowed: _find_direction(gains, allowed), p)


def require_no_direction(find: Callable[[Vector], Vector | None], p: int) -> None:
    """Raise EstimationError naming the columns of a direction that ``find`` finds, if it does.

    ``find`` is asked for the effects (p,) of a direction that moves the allowed columns alone,
    which are 1 among zeros. Named are the columns that have one by themselves, or, if none does,
    those of the direction.
    """
    direction = find(np.ones(p))
    if direction is None:
        return
    alone = [j for j in range(p) if find(np.eye(p)[j]) is not None]
    along = alone or [int(j) for j in np.flatnonzero(np.abs(direction) > SEPARATED)]
    raise EstimationError(ReasonCode.SEPARATION, columns=tuple(along))


def scale_to_unit_deviation(columns: Matrix) -> Matrix:
    """Return the columns with mean 0 and mean absolute deviation 1."""
    centred = columns - columns.mean(axis=0)
    standard: Matrix = centred / np.abs(centred).mean(axis=0)
    return standard


def design_of_logits(
    codes: NDArray[np.intp], columns: Matrix
) -> tuple[Matrix, NDArray[np.intp], NDArray[np.intp]]:
    """Return the rows that make the logits u and -l of levels (n,) from (cut points, effects).

    First u of every row but those of the highest level, then -l of every row but those of the
    lowest; and the numbers of either's rows. A row's likelihood rises with both of its logits.
    """
    cuts = int(codes.max())
    upper, lower = np.flatnonzero(codes < cuts), np.flatnonzero(codes > 0)
    design = np.zeros((len(upper) + len(lower), cuts + columns.shape[1]))
    design[np.arange(len(upper)), codes[upper]] = 1.0
    design[: len(upper), cuts:] = columns[upper]
    design[len(upper) + np.arange(len(lower)), codes[lower] - 1] = -1.0
    design[len(upper) :, cuts:] = -columns[lower]
    return design, upper, lower


def _find_direction(gains: Matrix, allowed: Vector) -> Vector | None:
    """The effects of a direction that separates, or None; ``allowed`` (p,) is 0 or 1 by column."""
    from scipy.optimize import linprog  # only a fit that diverges comes here

    cuts = gains.shape[1] - len(allowed)
    limits = [(None, None)] * cuts + [(-float(limit), float(limit)) for limit in allowed]
    found = linprog(-gains.sum(axis=0), A_ub=-gains, b_ub=np.zeros(len(gains)), bounds=limits)
    if found.status != 0:
        raise EstimationError(ReasonCode.DIVERGENCE)
    effects: Vector = found.x[cuts:]
    return effects if np.max(gains @ found.x) > SEPARATED else None
