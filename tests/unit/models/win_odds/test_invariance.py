"""What must not change the win odds, stratified and adjusted, or only turn them round."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.models.win_odds.estimate import estimate_win_odds
from tests.unit.models.samples.stratified_trials import SAME, draw_trial, require_same

numbers = settings(max_examples=40, deadline=None)
seeds = st.integers(0, 2**32 - 1)


@numbers
@given(seeds)
def test_one_stratum_is_no_strata(seed: int) -> None:
    data = draw_trial(seed)
    stratified = estimate_win_odds(**(data | {"strata": ["all"] * 80}))
    plain = estimate_win_odds(**(data | {"strata": None}))
    assert stratified.odds == plain.odds
    assert stratified.log_odds_error == plain.log_odds_error


@numbers
@given(seeds, st.booleans(), st.booleans())
def test_swapped_arms_invert_the_odds(seed: int, within: bool, adjust: bool) -> None:
    data = draw_trial(seed)
    if not within:
        data["strata"] = None
    if not adjust:
        data["covariates"] = None
    found = estimate_win_odds(**data)
    swapped = estimate_win_odds(**(data | {"arm": 1 - data["arm"]}))
    assert swapped.log_odds == pytest.approx(-found.log_odds, rel=SAME, abs=SAME)
    assert swapped.log_odds_error == pytest.approx(found.log_odds_error, rel=SAME)


@numbers
@given(seeds)
def test_a_reversed_scale_inverts_the_odds(seed: int) -> None:
    data = draw_trial(seed)
    found = estimate_win_odds(**data)
    reversed_scale = estimate_win_odds(**(data | {"y": -data["y"]}))
    assert reversed_scale.log_odds == pytest.approx(-found.log_odds, rel=SAME, abs=SAME)
    assert reversed_scale.log_odds_error == pytest.approx(found.log_odds_error, rel=SAME)


@numbers
@given(seeds)
def test_the_order_of_rows_changes_nothing(seed: int) -> None:
    data = draw_trial(seed)
    order = np.random.default_rng(seed).permutation(80)
    shuffled = {name: values[order] for name, values in data.items()}
    require_same(estimate_win_odds(**shuffled), estimate_win_odds(**data))


@numbers
@given(seeds)
def test_names_of_levels_and_strata_change_nothing(seed: int) -> None:
    data = draw_trial(seed)
    renamed = {
        "y": data["y"] ** 3 - 5,
        "strata": [f"site {9 - site:.0f}" for site in data["strata"]],
    }
    require_same(estimate_win_odds(**(data | renamed)), estimate_win_odds(**data))


@numbers
@given(seeds, st.floats(-1e6, 1e6), st.sampled_from([1e-6, -0.3, 1e6]))
def test_origin_unit_and_mixture_of_covariates_change_nothing(
    seed: int, origin: float, unit: float
) -> None:
    data = draw_trial(seed)
    first, second = data["covariates"].T
    moved = np.column_stack([unit * (first + origin), 2.0 * second - first])
    found = estimate_win_odds(**(data | {"covariates": moved}))
    require_same(found, estimate_win_odds(**data))


@numbers
@given(seeds)
def test_covariates_without_information_change_little(seed: int) -> None:
    """Two noise columns of 4000 rows: R^2 is about 2 / 4000; 0.02 would be a chi-square of 80."""
    data = draw_trial(seed, n=4000)
    noise = np.random.default_rng([seed, 1]).normal(size=(4000, 2))
    plain = estimate_win_odds(**(data | {"covariates": None}))
    found = estimate_win_odds(**(data | {"covariates": noise}))
    moved = abs(found.win_probability - plain.win_probability) / plain.win_probability_error
    assert moved < 0.25
    assert 0.99 < found.win_probability_error / plain.win_probability_error <= 1.0


@numbers
@given(seeds)
def test_adjusting_never_raises_the_variance(seed: int) -> None:
    data = draw_trial(seed)
    plain = estimate_win_odds(**(data | {"covariates": None}))
    assert estimate_win_odds(**data).win_probability_error < plain.win_probability_error
