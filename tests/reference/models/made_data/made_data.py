"""The made-up data sets of ``data_sets.json``; ``made_data.R`` draws the same numbers.

Only +, -, *, / and floor are used, so that Python and R agree to the last bit; both write the sums
that the tests compare.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

MODULUS = 2147483647  # a prime; products below stay under 2**53, exact in R's doubles
FIRST = 50000  # row number of the first row: its square exceeds the modulus
NOISE, WEIGHTS, OFFSET, COLUMNS, SITES = 1, 5, 6, 7, 51  # first stream of each kind of number


@dataclass(frozen=True)
class DataSet:
    """Outcome, columns, and weights and offset where the data set has them."""

    y: NDArray[np.int64]
    x: Floats
    weights: Floats | None
    offset: Floats | None


def load_specifications() -> dict[str, Any]:
    """The specification of every data set by name."""
    content = json.loads(Path(__file__).with_name("data_sets.json").read_text())
    return {name: value for name, value in content.items() if name != "about"}


def draw_uniform(stream: int, n: int) -> Floats:
    """Numbers in [0, 1): a quadratic congruence in the row number i, another for every stream."""
    i = FIRST + np.arange(n, dtype=np.int64)
    quadratic = (i * i % MODULUS) * (65539 + 7919 * stream) % MODULUS
    linear = i * (16807 + 104729 * stream) % MODULUS
    uniform: Floats = (quadratic + linear) % MODULUS / MODULUS
    return uniform


def draw_data_set(specification: Mapping[str, Any]) -> DataSet:
    """Draw the data set of one specification."""
    n = specification["n"]
    listed = [column for column in specification["columns"] for _ in range(column.get("copies", 1))]
    x = np.empty((n, len(listed)))
    u = [draw_uniform(NOISE + k, n) for k in range(4)]
    latent = 3.0 * (u[0] + u[1] + u[2] + u[3] - 2.0)
    for j, column in enumerate(listed):
        x[:, j] = _draw_column(column, draw_uniform(COLUMNS + j, n))
        latent = latent + column["effect"] * x[:, j]
    levels = np.sum(latent[:, None] > _cuts(specification)[None, :], axis=1)
    if "levels" in specification:
        levels = np.asarray(specification["levels"])[levels]
    return DataSet(levels, x, _draw_weights(specification), _draw_offset(specification))


def draw_sites(n: int) -> NDArray[np.int64]:
    """Sites by number, for sandwiches: unequal in size, because the uniform number is squared."""
    uniform = draw_uniform(SITES, n)
    return np.floor(uniform * uniform * min(max(8, n // 25), 40)).astype(np.int64)


def _cuts(specification: Mapping[str, Any]) -> Floats:
    if "cuts" in specification:
        return np.asarray(specification["cuts"], dtype=np.float64)
    steps = np.arange(specification["cut_count"], dtype=np.float64)
    return specification["first_cut"] + specification["cut_width"] * steps


def _draw_column(column: Mapping[str, Any], uniform: Floats) -> Floats:
    if column["kind"] == "binary":
        return (uniform < column["share"]).astype(np.float64)
    return column["low"] + column["width"] * np.floor(uniform * column["steps"])


def _draw_weights(specification: Mapping[str, Any]) -> Floats | None:
    if "weights" not in specification:
        return None
    uniform = draw_uniform(WEIGHTS, specification["n"])
    if specification["weights"] == "integer":
        return 1.0 + np.floor(uniform * 4.0)
    return 0.25 + uniform * 3.75


def _draw_offset(specification: Mapping[str, Any]) -> Floats | None:
    if "offset" not in specification:
        return None
    offset = specification["offset"]
    return offset["low"] + offset["width"] * draw_uniform(OFFSET, specification["n"])
