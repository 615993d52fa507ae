"""Input arrays of a batch: a row for each replicate, or one array that all replicates share.

Each data set is found sound, or left to the readers of one (``arrays``) to say what is wrong. One
that is not sound holds zeros (weights: ones), so that the algebra can pass over it.
"""

from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from numbers import Integral
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from analysis.errors import EstimationError
from analysis.errors.reason import Reason
from analysis.models.data.arrays import LARGEST, LARGEST_LEVEL, MOST_LEVELS, WIDEST_WEIGHTS, chunks
from analysis.models.data.labels import read_labels

Given = NDArray[Any]


@dataclass(frozen=True)
class Checked:
    """``values`` (m, ...), and which of them are ``sound`` (m,); m is 1 for what is shared."""

    values: Given
    sound: NDArray[np.bool_]


def read_integer_stack(y: Given) -> Checked:
    """Return the levels (m, n) as integers; sound where ``read_levels`` takes them."""
    values = np.asarray(y).astype(np.float64)
    low, high = values.min(axis=1), values.max(axis=1)
    sound = (low >= -LARGEST_LEVEL) & (high <= LARGEST_LEVEL)  # False for NaN
    sound &= np.all(values == np.rint(values), axis=1) & ~find_masked(y)
    sound[sound] = high[sound] - low[sound] <= MOST_LEVELS
    values[~sound] = 0.0
    return Checked(values.astype(np.intp), sound)


def read_level_stack(y: Given) -> Checked:
    """Return the levels (m, n) above the lowest; sound where ``read_levels`` takes them."""
    found = read_integer_stack(y)
    return Checked(found.values - found.values.min(axis=1, keepdims=True), found.sound)


def read_column_stack(x: Given) -> Checked:
    """Return the columns (m, p, n); sound where ``read_columns`` takes them."""
    columns = np.ascontiguousarray(np.asarray(x).swapaxes(1, 2), dtype=np.float64)
    largest = np.maximum(columns.max(axis=2), -columns.min(axis=2))
    sound = np.all(largest <= LARGEST, axis=1) & ~find_masked(x)  # False for NaN
    columns[~sound] = 0.0
    return Checked(columns, sound)


def read_weight_stack(weights: Given) -> Checked:
    """Return the weights (m, n); sound where ``read_weights`` takes them."""
    values = np.asarray(weights).astype(np.float64)
    low, high = values.min(axis=1), values.max(axis=1)
    sound = (low > 1.0 / LARGEST) & (high <= LARGEST) & ~find_masked(weights)  # False for NaN
    sound &= high <= WIDEST_WEIGHTS * low
    values[~sound] = 1.0
    return Checked(values, sound)


def find_masked(values: Given) -> NDArray[np.bool_]:
    """Which data sets hold a masked value (m,)."""
    if not isinstance(values, np.ma.MaskedArray):
        return np.zeros(len(values), dtype=bool)
    return np.asarray(np.ma.getmaskarray(values).reshape(len(values), -1).any(axis=1))


VALUES_AT_ONCE = 2**15
"""Numbers worked on at once by a thread: an array of them takes 256 kB, so that a dozen stay in
the processor's cache."""
_SHAPES = {1: "(n,) and (m, n)", 2: "(n, p) and (m, n, p)"}


@dataclass(frozen=True)
class Argument:
    """One argument of a batch: ``axes`` of what one replicate is given.

    ``read_one`` reads what all replicates share and raises EstimationError for what is wrong with
    it; ``read_stack`` reads the rows of several replicates and marks what is not sound. ``labels``
    may be text.
    """

    axes: int
    read_one: Callable[[Given, int], Checked]
    read_stack: Callable[[Given], Checked]
    labels: bool = False


@dataclass(frozen=True)
class BatchInput:
    """An array as it is ``given``; ``shared``, as read once, if all replicates have the same."""

    given: Given
    shared: Checked | None
    read_stack: Callable[[Given], Checked]

    def read(self, some: slice) -> Checked:
        """Return the rows of some replicates, or those that all share."""
        return self.shared if self.shared is not None else self.read_stack(self.given[some])

    def take(self, replicate: int) -> Given:
        """Return what one replicate is given."""
        return self.given if self.shared is not None else self.given[replicate]


@dataclass(frozen=True)
class BatchInputs:
    """The data of ``replicates`` data sets of ``rows`` rows each, by the argument's name."""

    replicates: int
    rows: int
    parts: Mapping[str, BatchInput]

    def read(self, some: slice) -> tuple[dict[str, Checked], NDArray[np.bool_]]:
        """Return the arguments of some replicates, and which of these are sound in all of them."""
        found = {name: part.read(some) for name, part in self.parts.items()}
        sound = np.ones(some.stop - some.start, dtype=bool)
        for part in found.values():
            sound &= part.sound
        return found, sound

    def take(self, name: str, replicate: int) -> Given | None:
        """Return one argument of one replicate, as given; None if it was not given."""
        return self.parts[name].take(replicate) if name in self.parts else None


def read_inputs(
    given: Mapping[str, ArrayLike | None], arguments: Mapping[str, Argument]
) -> BatchInputs:
    """Return the arguments of a batch, by name; None was not given.

    Raises EstimationError for shapes that do not fit, for another kind of values, for faults of
    what is shared, and if nothing has a row for each replicate.
    """
    arrays = {
        name: _read_array(values, name, arguments[name].labels)
        for name, values in given.items()
        if values is not None
    }
    replicates, rows = _measure(arrays, arguments)
    parts = {}
    for name, array in arrays.items():
        argument = arguments[name]
        shared = None if array.ndim > argument.axes else argument.read_one(array, rows)
        parts[name] = BatchInput(array, shared, argument.read_stack)
    return BatchInputs(replicates, rows, parts)


def share(values: Given) -> Checked:
    """Return sound values that all replicates share, as a stack of one."""
    return Checked(np.ascontiguousarray(values)[None], np.ones(1, dtype=bool))


def map_chunks(
    work: Callable[[slice], dict[int, Reason]], replicates: int, values: int, workers: int
) -> dict[int, Reason]:
    """Do ``work`` on chunks of the replicates, by ``workers`` threads; return all it returns.

    ``values``: numbers that one replicate takes. The chunks do not depend on ``workers``. Raises
    EstimationError if ``workers`` is not a whole number of at least 1.
    """
    whole = isinstance(workers, Integral) and not isinstance(workers, bool)
    if not whole or workers < 1:
        raise EstimationError("workers must be a whole number of at least 1")
    at_once = max(1, VALUES_AT_ONCE // values)
    found: dict[int, Reason] = {}
    with ThreadPoolExecutor(workers) as threads:
        for part in threads.map(work, chunks(replicates, at_once)):
            found |= part
    return found


def _read_array(values: ArrayLike, name: str, labels: bool) -> Given:
    # Without dtype=object a list of text and NaN becomes text, "nan" a label like any other.
    kind = object if labels and not hasattr(values, "dtype") else None
    try:
        array = values if isinstance(values, np.ndarray) else np.asarray(values, dtype=kind)
    except ValueError as error:  # rows of different lengths
        raise EstimationError(f"{name} must be a rectangular array") from error
    if labels:
        read_labels(array.ravel()[:0], 0, name)  # refuses other kinds
    elif array.size and array.dtype.kind not in "biuf":
        raise EstimationError(f"{name} must hold numbers, not {array.dtype.name}")
    return array


def _measure(arrays: Mapping[str, Given], arguments: Mapping[str, Argument]) -> tuple[int, int]:
    """Return the numbers of replicates and rows."""
    axes = {name: arguments[name].axes for name in arrays}
    for name, array in arrays.items():
        if array.ndim - axes[name] not in (0, 1):
            raise EstimationError(f"{name} has {array.ndim} axes; {_SHAPES[axes[name]]} are read")
    rows = {name: array.shape[array.ndim - axes[name]] for name, array in arrays.items()}
    if 0 in rows.values() or len(set(rows.values())) > 1:
        raise EstimationError(f"the numbers of rows must be the same and above 0: {rows}")
    stacked = {name: len(array) for name, array in arrays.items() if array.ndim > axes[name]}
    if not stacked:
        raise EstimationError(f"none of {', '.join(arrays)} has a row for each replicate")
    replicates = set(stacked.values())
    if len(replicates) > 1 or 0 in replicates:
        raise EstimationError(f"the numbers of replicates must be the same and above 0: {stacked}")
    return replicates.pop(), next(iter(rows.values()))
