"""Separation: data whose likelihood has no maximum (Albert & Anderson 1984)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from analysis.errors import EstimationError
from analysis.models.newton import Matrix

DIVERGING = 12.0
"""Standardised effects or cut points beyond this are looked at: e**12 is an odds ratio of 160,000
per standard deviation. It decides only whether separation is checked, not the answer."""
SEPARATED = 1e-7
"""A gain of the linear program above this is no rounding: its solver works to 1e-9."""


def require_no_separation(codes: NDArray[np.intp], columns: Matrix) -> None:
    """Raise EstimationError naming the columns along which the levels are separated.

    ``codes`` (n,): levels 0 to k - 1, all observed. Looks for a direction (cut points and effects)
    that lowers the likelihood of no row and raises that of some, by linear programming.
    """
    from scipy.optimize import linprog  # only a fit that diverges comes here

    n, p = columns.shape
    cuts = int(codes.max())
    centred = (columns - columns.mean(axis=0)) / columns.std(axis=0)
    upper, lower = np.flatnonzero(codes < cuts), np.flatnonzero(codes > 0)
    gains = np.zeros((len(upper) + len(lower), cuts + p))
    gains[np.arange(len(upper)), codes[upper]] = 1.0
    gains[: len(upper), cuts:] = centred[upper]
    gains[len(upper) + np.arange(len(lower)), codes[lower] - 1] = -1.0
    gains[len(upper) :, cuts:] = -centred[lower]
    bounds = [(None, None)] * cuts + [(-1.0, 1.0)] * p
    found = linprog(-gains.sum(axis=0), A_ub=-gains, b_ub=np.zeros(len(gains)), bounds=bounds)
    if found.status == 0 and -found.fun > SEPARATED * n:
        along = [int(j) for j in np.flatnonzero(np.abs(found.x[cuts:]) > SEPARATED)]
        raise EstimationError(f"separation along column {along}: no finite estimate exists")
