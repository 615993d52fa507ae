"""Exact permutation p-values against all permutations listed one by one in R (permutation.R)."""

from __future__ import annotations

import numpy as np
import pytest

from analysis.models.win_odds import permute_win_probability
from tests.reference.models.win_odds.rank_data import load

SHARE = 1e-12  # a share of at most 2000 permutations, summed in another order

DATA = load("permutation_data.json")
EXPECTED = load("permutation.json")["data_sets"]


@pytest.mark.parametrize("name", DATA)
def test_the_exact_p_value(name: str) -> None:
    found = permute_win_probability(**DATA[name], seed=np.random.SeedSequence(1), fewest_per_arm=2)
    assert found.exact
    assert found.win_probability == pytest.approx(EXPECTED[name]["win_probability"], rel=SHARE)
    assert found.p_value == pytest.approx(EXPECTED[name]["p_value"], rel=SHARE)
