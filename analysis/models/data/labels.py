"""Labels of groups and of clusters: all text or all numbers, none missing."""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from analysis.errors import EstimationError
from analysis.errors.reason_codes import ReasonCode

Label = int | float | str
ROWS_NAMED = 5
"""Rows that an error names."""


def read_labels(labels: ArrayLike, n: int, name: str) -> tuple[tuple[Label, ...], NDArray[np.intp]]:
    """Return the distinct labels in order and the index of each row's label.

    ``labels`` (n,): finite numbers, or text that is not blank; ``name`` is what an error calls
    them. Raises EstimationError for another shape, a missing label (None, NaN, blank text) and
    labels of several kinds.

    >>> labels, codes = read_labels(["b", "a", "b"], n=3, name="sites")
    >>> labels, codes.tolist()
    (('a', 'b'), [1, 0, 1])
    """
    array = labels if isinstance(labels, np.ndarray) else _read_objects(labels, name)
    if array.shape != (n,):
        raise EstimationError(f"{name} must hold {n} labels, one for each row")
    if array.dtype.kind not in "biufOUT":
        raise EstimationError(f"{name} must be text or numbers, not {array.dtype.name}")
    if array.dtype.kind in "OUT":
        return _number_objects(array.tolist(), name)
    if array.dtype.kind == "f":
        _require_none(~np.isfinite(array), name)
    found, codes = np.unique(array, return_inverse=True)
    return tuple(found.tolist()), codes


def _read_objects(labels: ArrayLike, name: str) -> NDArray[np.generic]:
    # Without dtype=object a list of text and NaN becomes text, "nan" a label like any other.
    kind = None if hasattr(labels, "dtype") else object
    try:
        return np.asarray(labels, dtype=kind)
    except ValueError as error:
        raise EstimationError(f"{name} must be a vector of labels") from error


def _number_objects(values: list[Any], name: str) -> tuple[tuple[Label, ...], NDArray[np.intp]]:
    is_label = _is_text if any(isinstance(value, str) for value in values) else _is_number
    _require_none(np.array([not is_label(value) for value in values]), name)
    found = tuple(sorted(set(values)))
    place = {label: code for code, label in enumerate(found)}
    return found, np.array([place[value] for value in values], dtype=np.intp)


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _is_number(value: object) -> bool:
    if isinstance(value, (int, np.integer, np.bool_)):
        return True
    return isinstance(value, (float, np.floating)) and bool(np.isfinite(value))


def _require_none(missing: NDArray[np.bool_], name: str) -> None:
    rows = np.flatnonzero(missing)
    if len(rows):
        named = ", ".join(str(row) for row in rows[:ROWS_NAMED])
        more = ", ..." if len(rows) > ROWS_NAMED else ""
        raise EstimationError(
            f"{name} holds a label that is missing, or of another kind, in row {named}{more}"
        )


def read_clusters(clusters: ArrayLike, n: int) -> NDArray[np.intp]:
    """Return the index of each row's cluster; EstimationError for missing labels or one cluster."""
    found, codes = read_labels(clusters, n, "clusters")
    if len(found) < 2:
        raise EstimationError(ReasonCode.ONE_CLUSTER)
    return codes
