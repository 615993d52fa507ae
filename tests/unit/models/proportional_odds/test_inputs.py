"""Data that cannot be fitted are refused with their reason, and never with another exception."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from analysis.errors import EstimationError
from analysis.models.proportional_odds.fit import fit_proportional_odds
from tests.unit.models.samples.random_samples import Sample, draw_sample

N = 200
NAN_AT_THREE = np.where(np.arange(N) == 3, np.nan, 1.0)
ONES = np.ones(N)


def change(values: np.ndarray, value: float) -> np.ndarray:
    """``values`` with another first element."""
    changed = values.astype(np.float64)
    changed[0] = value
    return changed


@pytest.fixture(scope="module")
def sample() -> Sample:
    return draw_sample(n=N)


BAD_OUTCOMES: dict[str, tuple[Callable[[np.ndarray], Any], str]] = {
    "empty": (lambda y: [], "must be a vector with at least one value"),
    "scalar": (lambda y: 3, "must be a vector"),
    "matrix": (lambda y: y[:, None], "must be a vector"),
    "one level": (lambda y: 0 * y + 4, r"one observed level \(4\)"),
    "NaN": (lambda y: change(y, np.nan), "integer levels, without missing values"),
    "infinity": (lambda y: change(y, np.inf), "integer levels"),
    "fraction": (lambda y: y + 0.5, "integer levels"),
    "huge": (lambda y: change(y, 1e300), "integer levels"),
    "code for missing": (lambda y: change(y, -9999), "ranges from -9999 to 4"),
    "object": (lambda y: y.astype(object), "must hold numbers, not object"),
    "none": (lambda y: [None] * len(y), "must hold numbers"),
    "digits as text": (lambda y: y.astype(str), "must hold numbers, not str"),
    "text": (lambda y: ["poor"] * len(y), "must hold numbers"),
    "complex": (lambda y: y + 1j, "must hold numbers, not complex"),
    "dates": (lambda y: y.astype("datetime64[D]"), "must hold numbers, not datetime"),
    "ragged": (lambda y: [[1], [1, 2]], "rectangular array of numbers"),
}


@pytest.mark.parametrize("name", BAD_OUTCOMES)
def test_bad_outcomes(sample: Sample, name: str) -> None:
    make, reason = BAD_OUTCOMES[name]
    with pytest.raises(EstimationError, match=reason):
        fit_proportional_odds(make(sample.y), sample.x)


BAD_COLUMNS: dict[str, tuple[Callable[[np.ndarray], Any], str]] = {
    "vector": (lambda x: x[:, 0], r"x must have 200 rows.*\(200,\)"),
    "rows missing": (lambda x: x[:-1], r"x must have 200 rows.*\(199, 2\)"),
    "transposed": (lambda x: x.T, r"x must have 200 rows.*\(2, 200\)"),
    "none": (lambda x: None, "x must hold numbers"),
    "NaN": (lambda x: x * NAN_AT_THREE[:, None] ** [0, 1], r"NaN or infinity in column \[1\]"),
    "infinity": (lambda x: x + np.array([np.inf, 0.0]), r"NaN or infinity in column \[0\]"),
    "huge": (lambda x: x * [1.0, 1e150], r"beyond 1e\+100 in column \[1\]"),
    "tiny": (lambda x: x * [1.0, 1e-150], r"column \[1\] varies by less than 1e-100"),
    "object": (lambda x: x.astype(object), "x must hold numbers, not object"),
    "text": (lambda x: x.astype(str), "x must hold numbers, not str"),
    "ragged": (lambda x: [[1], [1, 2]] * 100, "x must be a rectangular array"),
    "empty arm": (lambda x: x * [0.0, 1.0], r"constant column \[0\]"),
    "constant": (lambda x: x * [1.0, 0.0] + [0.0, 7.0], r"constant column \[1\]"),
    "same twice": (lambda x: np.column_stack([x, x[:, 1]]), r"collinear column \[2\]"),
    "sum": (lambda x: np.column_stack([x, x[:, 0] - 2 * x[:, 1]]), r"collinear column \[2\]"),
    "wide": (
        lambda x: np.random.default_rng(1).normal(size=(N, N + 1)), "201 columns for 200 rows",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD_COLUMNS)
def test_bad_columns(sample: Sample, name: str) -> None:
    make, reason = BAD_COLUMNS[name]
    with pytest.raises(EstimationError, match=reason):
        fit_proportional_odds(sample.y, make(sample.x))


BAD_VECTORS: dict[str, tuple[Any, str]] = {
    "too short": (ONES[:-1], "must hold 200 finite numbers"),
    "scalar": (2.0, "must hold 200 finite numbers"),
    "matrix": (ONES[:, None], "must hold 200 finite numbers"),
    "NaN": (NAN_AT_THREE, "must hold 200 finite numbers"),
    "infinity": (change(ONES, np.inf), "must hold 200 finite numbers"),
    "huge": (change(ONES, 1e200), r"must hold numbers up to 1e\+100"),
    "text": (["a"] * N, "must hold numbers"),
}


@pytest.mark.parametrize("argument", ["weights", "offset"])
@pytest.mark.parametrize("name", BAD_VECTORS)
def test_bad_weights_and_offsets(sample: Sample, argument: str, name: str) -> None:
    vector, reason = BAD_VECTORS[name]
    with pytest.raises(EstimationError, match=f"^{argument} {reason}"):
        fit_proportional_odds(sample.y, sample.x, **{argument: vector})


@pytest.mark.parametrize(
    ("weight", "reason"),
    [
        (0.0, "weights must be positive"),
        (-1.0, "weights must be positive"),
        (1e-300, "weights must be positive"),
        (1e-7, r"must not differ by more than a factor of 1e\+06"),
    ],
)
def test_bad_weights(sample: Sample, weight: float, reason: str) -> None:
    with pytest.raises(EstimationError, match=reason):
        fit_proportional_odds(sample.y, sample.x, weights=change(ONES, weight))
