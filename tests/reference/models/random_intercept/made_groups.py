"""The made-up data sets of ``made_groups.json``; ``made_groups.R`` draws the same numbers.

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
FIRST = 50000  # number of the first row: its square exceeds the modulus
NOISE, GROUP, COLUMNS = 1, 5, 9  # first stream of each kind of number


@dataclass(frozen=True)
class GroupedData:
    """Outcome, columns and group numbers."""

    y: NDArray[np.int64]
    x: Floats
    groups: NDArray[np.int64]


def load_specifications() -> dict[str, Any]:
    """The specification of every data set by name."""
    content = json.loads(Path(__file__).with_name("made_groups.json").read_text())
    return {name: value for name, value in content.items() if name != "about"}


def draw_uniform(stream: int, n: int) -> Floats:
    """Numbers in [0, 1): a quadratic congruence in the row number i, another for every stream."""
    i = FIRST + np.arange(n, dtype=np.int64)
    quadratic = (i * i % MODULUS) * (65539 + 7919 * stream) % MODULUS
    linear = i * (16807 + 104729 * stream) % MODULUS
    uniform: Floats = (quadratic + linear) % MODULUS / MODULUS
    return uniform


def draw_bell(stream: int, n: int) -> Floats:
    """Sums of four uniform numbers, with mean 0 and variance 1/3."""
    u = [draw_uniform(stream + k, n) for k in range(4)]
    return u[0] + u[1] + u[2] + u[3] - 2.0


def draw_data_set(specification: Mapping[str, Any]) -> GroupedData:
    """Draw the data set of one specification."""
    sizes = np.tile(specification["sizes"], specification.get("copies", 1))
    groups = np.repeat(np.arange(len(sizes)), sizes)
    n = len(groups)
    columns = [
        column for column in specification["columns"] for _ in range(column.get("copies", 1))
    ]
    x = np.empty((n, len(columns)))
    # 1.75 is near the root of 3, 3 near the ratio of a logistic to this bell's standard deviation
    latent = 3.0 * draw_bell(NOISE, n)
    latent = latent + 1.75 * specification["spread"] * draw_bell(GROUP, len(sizes))[groups]
    for j, column in enumerate(columns):
        x[:, j] = _draw_column(column, draw_uniform(COLUMNS + j, n))
        latent = latent + column["effect"] * x[:, j]
    return GroupedData(
        np.sum(latent[:, None] > _cuts(specification)[None, :], axis=1), x, groups + 1
    )


def _cuts(specification: Mapping[str, Any]) -> Floats:
    if "cuts" in specification:
        return np.asarray(specification["cuts"], dtype=np.float64)
    steps = np.arange(specification["cut_count"], dtype=np.float64)
    return specification["first_cut"] + specification["cut_width"] * steps


def _draw_column(column: Mapping[str, Any], uniform: Floats) -> Floats:
    if column["kind"] == "binary":
        return (uniform < column["share"]).astype(np.float64)
    return column["low"] + column["width"] * np.floor(uniform * column["steps"])
