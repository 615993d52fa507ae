"""Input arrays read: finite numbers of the right shape, or an error that says what is wrong."""

from collections.abc import Sized
from typing import Literal, NoReturn

import numpy as np
from numpy.typing import ArrayLike, NDArray

from analysis.errors import EstimationError
from analysis.errors.reason_codes import ReasonCode
from analysis.models.types import Matrix, Vector

LARGEST = 1e100
"""Numbers beyond this are refused: a covariance holds products of their squares, which must stay
inside double precision (1e308)."""
LARGEST_LEVEL = 2**53
"""Integers beyond this have no place of their own in double precision."""
MOST_LEVELS = 1000
"""A wider range of levels is a measurement or a code for missing, not an ordered scale; the
information matrix grows with its square."""
WIDEST_WEIGHTS = 1e6
"""Largest ratio of two weights: beyond it a row's information is lost beside another's."""


def read_levels(y: ArrayLike) -> tuple[tuple[int, ...], NDArray[np.intp]]:
    """Return the observed levels in order and the index of each row's level.

    Raises EstimationError for anything but a vector of integers in a range of 1000.

    >>> levels, codes = read_levels([2, 0, 2])
    >>> levels, codes.tolist()
    ((0, 2), [1, 0, 1])
    """
    values = _read_numbers(y, "the outcome")
    if values.ndim != 1 or values.size == 0:
        raise EstimationError("the outcome must be a vector with at least one value")
    low, high = float(values.min()), float(values.max())
    within = low >= -LARGEST_LEVEL and high <= LARGEST_LEVEL  # False for NaN
    if not within or np.any(values != np.rint(values)):
        raise EstimationError("the outcome must hold integer levels, without missing values")
    if high - low > MOST_LEVELS:
        raise EstimationError(
            f"the outcome ranges from {low:.0f} to {high:.0f}: more than {MOST_LEVELS} levels"
        )
    steps = (values - low).astype(np.intp)
    observed = np.bincount(steps) > 0
    codes = np.cumsum(observed) - 1
    return tuple(int(low) + int(step) for step in np.flatnonzero(observed)), codes[steps]


def read_columns(x: ArrayLike, n: int) -> Matrix:
    """Return the columns (n, p) as floats, each contiguous in memory.

    Raises EstimationError for another shape, NaN or infinity.

    >>> read_columns([[1], [0]], n=2).tolist()
    [[1.0], [0.0]]
    """
    columns = _read_numbers(x, "x", "F")
    if columns.ndim != 2 or columns.shape[0] != n:
        raise EstimationError(f"x must have {n} rows, as the outcome; its shape is {columns.shape}")
    largest = np.maximum(columns.max(axis=0, initial=0.0), -columns.min(axis=0, initial=0.0))
    if not np.all(largest <= LARGEST):  # False for NaN
        _refuse_columns(columns)
    return columns


def _refuse_columns(columns: Matrix) -> NoReturn:
    finite = np.all(np.isfinite(columns), axis=0)
    if not finite.all():
        raise EstimationError(ReasonCode.NOT_FINITE, columns=name_columns(~finite))
    large = np.any(np.abs(columns) > LARGEST, axis=0)
    raise EstimationError(
        ReasonCode.TOO_LARGE_NUMBERS, limit=f"{LARGEST:g}", columns=name_columns(large)
    )


def read_vector(values: ArrayLike, n: int, name: str) -> Vector:
    """Return ``n`` finite numbers; EstimationError, naming the vector, for anything else.

    >>> read_vector([7, 20], n=2, name="time").tolist()
    [7.0, 20.0]
    """
    vector = _read_numbers(values, name)
    if vector.shape != (n,) or not np.all(np.isfinite(vector)):
        raise EstimationError(f"{name} must hold {n} finite numbers, one for each row")
    if np.any(np.abs(vector) > LARGEST):
        raise EstimationError(f"{name} must hold numbers up to {LARGEST:g}")
    return vector


def read_weights(values: ArrayLike, n: int) -> Vector:
    """Return ``n`` positive weights; EstimationError for others, or for a ratio beyond 1e6.

    >>> read_weights([1, 3], n=2).tolist()
    [1.0, 3.0]
    """
    weights = read_vector(values, n, "weights")
    if np.any(weights <= 1.0 / LARGEST):
        raise EstimationError("weights must be positive")
    if weights.max() > WIDEST_WEIGHTS * weights.min():
        raise EstimationError(
            f"weights must not differ by more than a factor of {WIDEST_WEIGHTS:g}"
        )
    return weights


def chunks(n: int, at_once: int) -> list[slice]:
    """Return the slices that cover 0 to n, ``at_once`` at a time."""
    return [slice(start, min(start + at_once, n)) for start in range(0, n, at_once)]


def name_columns(mask: NDArray[np.bool_]) -> tuple[int, ...]:
    """Return the numbers of the columns that are marked, for a message."""
    return tuple(int(j) for j in np.flatnonzero(mask))


def _read_numbers(
    values: ArrayLike, name: str, order: Literal["K", "F"] = "K"
) -> NDArray[np.float64]:
    if np.ma.is_masked(values):
        raise EstimationError(f"{name} holds masked values")
    try:
        array = np.asarray(values)
    except ValueError as error:  # rows of different lengths
        raise EstimationError(f"{name} must be a rectangular array of numbers") from error
    if array.size and array.dtype.kind not in "biuf":
        raise EstimationError(f"{name} must hold numbers, not {array.dtype.name}")
    return array.astype(np.float64, order=order)


def read_list(values: ArrayLike, name: str) -> Vector:
    """Return one or more finite numbers; EstimationError, naming the list, for anything else."""
    count = len(values) if isinstance(values, Sized) else 1
    if count == 0:
        raise EstimationError(f"{name} must hold at least one number")
    return read_vector(values, count, name)
