"""Levels, columns and weights of many data sets, read at once.

Each data set is found sound, or left to the readers of one (``inputs``) to say what is wrong. One
that is not sound holds zeros (weights: ones), so that the algebra can pass over it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from analysis.models.inputs import LARGEST, LARGEST_LEVEL, MOST_LEVELS, WIDEST_WEIGHTS

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
