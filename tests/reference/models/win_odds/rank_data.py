"""The made-up trials of ``data_sets.json``; ``rank_data.R`` draws the same numbers."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tests.reference.models.made_data.made_data import Floats, draw_data_set, draw_uniform

SITE_STREAM = 200  # beyond the streams of the columns
FIRST_TINY = 1000  # number of the first tiny site


@dataclass(frozen=True)
class Trial:
    """Outcome, arm, covariates and site of each row."""

    y: NDArray[np.int64]
    arm: Floats
    covariates: Floats
    site: NDArray[np.int64]


def load(name: str) -> dict[str, Any]:
    """The content of a file beside this one, without what it says about itself."""
    content = json.loads(Path(__file__).with_name(name).read_text())
    return {key: value for key, value in content.items() if key != "about"}


def draw_trial(specification: Mapping[str, Any]) -> Trial:
    """Draw the trial of one specification."""
    drawn = draw_data_set(specification)
    site = _draw_sites(specification["sites"], specification["n"])
    return Trial(drawn.y, drawn.x[:, 0], drawn.x[:, 1:], site)


def _draw_sites(sites: Mapping[str, int], n: int) -> NDArray[np.int64]:
    uniform = draw_uniform(SITE_STREAM, n)
    row = np.arange(n)
    tiny = row < sites["tiny"] * sites["tiny_rows"]
    large = 1 + np.floor(uniform * uniform * sites["count"])
    return np.where(tiny, FIRST_TINY + row // sites["tiny_rows"], large).astype(np.int64)
