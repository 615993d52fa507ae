"""Random trials in strata with covariates, and two win odds that must be the same."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from analysis.models.win_odds.estimate import WinOdds

SAME = 1e-9  # the same numbers added in another order, through a projection on random columns


def draw_trial(seed: int, n: int = 80, sites: int = 4) -> dict[str, Any]:
    """A trial of two to seven levels with two informative columns; sites of unequal sizes."""
    rng = np.random.default_rng(seed)
    x = rng.normal(size=(n, 2))
    arm = rng.permutation(np.arange(n) % 2)
    latent = x @ [0.8, -0.5] - 0.4 * arm + rng.logistic(size=n)
    cuts = np.sort(rng.normal(size=rng.integers(1, 7)))
    y = np.searchsorted(cuts, latent)
    y[:2] = (0, len(cuts))  # two levels at least
    site = np.floor(sites * rng.random(n) ** 2)
    return {"y": y, "arm": arm, "strata": site, "covariates": x}


def require_same(found: WinOdds, expected: WinOdds) -> None:
    for name in ("win_probability", "win_probability_error", "odds", "log_odds_error"):
        assert getattr(found, name) == pytest.approx(getattr(expected, name), rel=SAME)
    assert found.log_odds == pytest.approx(expected.log_odds, rel=SAME, abs=SAME)
    assert (found.n, found.strata) == (expected.n, expected.strata)
