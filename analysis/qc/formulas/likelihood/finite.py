"""Separation: whether a maximum exists at all, by linear programs written for the check.

A log likelihood has no finite maximum if there is a direction of the parameters in which no
contribution falls and one rises for ever.
"""

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linprog

Vector = NDArray[np.float64]
Matrix = NDArray[np.float64]

GAIN = 1e-6
"""A rise above this is no rounding of the solver, which works to 1e-7; columns have standard
deviation 1 and directions reach to 1."""


def describe_columns(columns: Matrix) -> str:
    """Return why no model has these columns (n, p) beside a constant; empty if nothing hinders."""
    n, p = columns.shape
    if n <= p:
        return f"{p} columns for {n} rows"
    if p and np.linalg.matrix_rank(standardise(columns), tol=1e-8 * np.sqrt(n)) < p:
        return "collinear columns"
    return ""


def standardise(columns: Matrix) -> Matrix:
    """Return the columns with mean 0 and standard deviation 1; one that is constant as 0."""
    sd = columns.std(axis=0)
    standard: Matrix = (columns - columns.mean(axis=0)) / np.where(sd > 0.0, sd, 1.0)
    return standard


def has_ordinal_maximum(codes: NDArray[np.intp], columns: Matrix) -> bool:
    """Whether the cumulative logits of levels 0 to k - 1 have a finite maximum; k = 2: logistic."""
    cuts, z = int(codes.max()), standardise(columns)
    steps = np.eye(cuts)
    upper, lower = codes < cuts, codes > 0
    rises = np.vstack(
        [
            np.hstack([steps[codes[upper]], z[upper]]),
            -np.hstack([steps[codes[lower] - 1], z[lower]]),
        ]
    )
    return not _rises_for_ever(rises, np.empty((0, rises.shape[1])))


def has_poisson_maximum(event: NDArray[np.bool_], columns: Matrix) -> bool:
    """Whether log risks fitted by Poisson likelihood to events have a finite maximum."""
    z = np.hstack([np.ones((len(event), 1)), standardise(columns)])
    return not _rises_for_ever(-z[~event], z[event])


def has_hazard_maximum(time: Vector, event: NDArray[np.bool_], columns: Matrix) -> bool:
    """Whether Efron's partial likelihood has a finite maximum.

    Beside the direction there is, for each event time, the highest linear predictor at risk.
    """
    z, moments = standardise(columns), np.unique(time[event])
    k = len(moments)
    last = np.searchsorted(moments, time, side="right") - 1
    peaks = np.eye(k)
    at_risk = last >= 0
    below = np.hstack([-z[at_risk], peaks[last[at_risk]]])
    falling = np.hstack([np.zeros((k - 1, z.shape[1])), peaks[:-1] - peaks[1:]])
    flat = np.hstack([-z[event], peaks[last[event]]])
    return not _rises_for_ever(np.vstack([below, falling]), flat)


def _rises_for_ever(rises: Matrix, flat: Matrix) -> bool:
    """Whether a direction makes no row of ``rises`` negative, some positive, and ``flat`` 0."""
    optimum = linprog(
        -rises.sum(axis=0), A_ub=-rises, b_ub=np.zeros(len(rises)),
        A_eq=flat if len(flat) else None, b_eq=np.zeros(len(flat)) if len(flat) else None,
        bounds=(-1.0, 1.0),
    )  # fmt: skip
    return optimum.status != 0 or bool(np.max(rises @ optimum.x) > GAIN)
