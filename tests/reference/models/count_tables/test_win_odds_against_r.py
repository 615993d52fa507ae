"""Win odds against R's count of all pairs (``win_odds.R``)."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from analysis.models.win_odds import estimate_win_odds

AGREES = 1e-12
"""Relative. Sums of fractions, no iteration; R's numbers are written with 15 digits."""

HERE = Path(__file__).parent
TABLES = json.loads((HERE / "counts.json").read_text())["win_odds"]
RESULTS = json.loads((HERE / "win_odds.json").read_text())["tables"]


def test_every_table_has_a_reference() -> None:
    assert set(RESULTS) == set(TABLES) - {"about"}


@pytest.mark.parametrize("name", RESULTS)
def test_win_odds(name: str) -> None:
    counts = [TABLES[name][arm] for arm in ("treatment", "reference")]
    y = np.concatenate([np.repeat(np.arange(len(levels)), levels) for levels in counts])
    arm = np.repeat([1, 0], [sum(levels) for levels in counts])
    own = estimate_win_odds(y, arm)
    found = {key: getattr(own, key) for key in RESULTS[name]}
    assert found == pytest.approx(RESULTS[name], rel=AGREES, abs=AGREES)
    assert own.n == sum(map(sum, counts))
