"""Tables as columns of texts: rows kept, stacked and put in order."""

from collections.abc import Sequence

import numpy as np

from analysis.simulate.arrays import Columns, Flags, Ints


def keep_rows(columns: Columns, rows: Flags | Ints) -> Columns:
    """Return the rows that a flag or an index names."""
    return {name: cells[rows] for name, cells in columns.items()}


def stack_rows(parts: Sequence[Columns]) -> Columns:
    """Return the rows of all parts, those of one subject together, in the order of the parts."""
    stacked = {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}
    return keep_rows(stacked, np.argsort(stacked["SUBJID"], kind="stable"))


def number_within(groups: Ints) -> Ints:
    """Return 1, 2, ... within each run of equal values."""
    first = np.flatnonzero(np.r_[True, groups[1:] != groups[:-1]]) if len(groups) else groups
    lengths = np.diff(np.r_[first, len(groups)])
    return np.arange(len(groups)) - np.repeat(first, lengths) + 1
