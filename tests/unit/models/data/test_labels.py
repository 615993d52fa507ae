"""Labels of groups: what is read, in which order, and what is refused."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from analysis.errors import EstimationError
from analysis.models.data.labels import read_labels


@pytest.mark.parametrize(
    ("labels", "found"),
    [
        (["b", "a", "b"], ("a", "b")),
        (np.array(["b", "a", "b"]), ("a", "b")),
        (np.array(["b", "a", "b"], dtype=object), ("a", "b")),
        (pd.Series(["b", "a", "b"], dtype="str"), ("a", "b")),
        (pd.Categorical(["b", "a", "b"]), ("a", "b")),
        ([10, 9, 10], (9, 10)),
        (np.array([10, 9, 10], dtype=np.uint8), (9, 10)),
        (pd.Series([10, 9, 10], dtype="Int64"), (9, 10)),
        ([1.5, -1.5, 1.5], (-1.5, 1.5)),
        ([True, False, True], (False, True)),
    ],
)
def test_labels_in_order(labels: object, found: tuple[object, ...]) -> None:
    distinct, codes = read_labels(labels, 3, "groups")  # type: ignore[arg-type]
    assert distinct == found
    assert codes.tolist() == [1, 0, 1]


@pytest.mark.parametrize(
    ("labels", "message"),
    [
        (["a", None, "b"], "missing.*in row 1"),
        (["a", "  ", ""], "in row 1, 2"),
        (["a", np.nan, "b"], "in row 1"),
        (["a", 1, "b"], "another kind, in row 1"),
        ([1.0, np.nan, np.inf], "in row 1, 2"),
        (pd.Series([1, None, 2], dtype="Int64"), "in row 1"),
        (np.array([1.0, np.nan, 2.0]), "in row 1"),
        (["a", "b"], "groups must hold 3 labels"),
        ([["a"], ["b"], ["c"]], "groups must hold 3 labels"),
        ([["a"], ["b", "c"], []], "groups"),
        (np.array(["2024-01-01"] * 3, dtype="datetime64[D]"), "not datetime64"),
        (np.array([1j, 2, 3]), "not complex"),
        ("abc", "groups must hold 3 labels"),
        (None, "groups must hold 3 labels"),
    ],
)
def test_labels_refused(labels: object, message: str) -> None:
    with pytest.raises(EstimationError, match=message):
        read_labels(labels, 3, "groups")  # type: ignore[arg-type]
