"""Win odds, stratified and adjusted, against R code written from the formulas (win_odds.R)."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from analysis.models.win_odds import WinOdds, estimate_win_odds
from tests.reference.models.win_odds.rank_data import draw_trial, load

AGREES = 1e-11  # relative; closed forms, of which R's output has 15 digits
SUM = 1e-12  # sums of exactly representable numbers, added in another order

SPECIFICATIONS = load("data_sets.json")
EXPECTED = load("win_odds.json")["data_sets"]

each_data_set = pytest.mark.parametrize("name", SPECIFICATIONS)


def require_equal(found: WinOdds, expected: dict[str, Any]) -> None:
    assert found.n == expected["n"]
    assert found.win_probability == pytest.approx(expected["win_probability"], rel=AGREES)
    assert found.odds == pytest.approx(expected["odds"], rel=AGREES)
    assert found.log_odds == pytest.approx(expected["log_odds"], rel=AGREES, abs=AGREES)
    for name in ("win_probability_error", "log_odds_error"):
        assert getattr(found, name) == pytest.approx(expected[name], rel=AGREES)


@each_data_set
def test_both_languages_draw_the_same_trial(name: str) -> None:
    trial, drawn = draw_trial(SPECIFICATIONS[name]), EXPECTED[name]["drawn"]
    row = np.arange(1, len(trial.y) + 1)
    assert np.sum(trial.y * row) == drawn["y"]
    assert np.sum(trial.arm * row) == drawn["treated"]
    assert np.sum(trial.site * row) == drawn["site"]
    assert trial.covariates.sum() == pytest.approx(drawn["covariates"], rel=SUM)


@each_data_set
def test_without_strata(name: str) -> None:
    trial, expected = draw_trial(SPECIFICATIONS[name]), EXPECTED[name]
    require_equal(estimate_win_odds(trial.y, trial.arm), expected["unadjusted"])
    adjusted = estimate_win_odds(trial.y, trial.arm, covariates=trial.covariates)
    require_equal(adjusted, expected["adjusted"])
    assert adjusted.strata is None


@pytest.mark.parametrize("place", range(3), ids=["2 per arm", "4 per arm", "10 per arm"])
@each_data_set
def test_within_sites(name: str, place: int) -> None:
    trial, expected = draw_trial(SPECIFICATIONS[name]), EXPECTED[name]["stratified"][place]
    for covariates, key in ((None, "unadjusted"), (trial.covariates, "adjusted")):
        found = estimate_win_odds(
            trial.y,
            trial.arm,
            strata=trial.site,
            covariates=covariates,
            fewest_per_arm=expected["fewest_per_arm"],
        )
        require_equal(found, expected[key])
        assert found.strata is not None
        assert vars(found.strata) == expected["strata"]


def test_the_data_sets_have_pooled_strata_and_strata_left_out() -> None:
    uses = [use["strata"] for case in EXPECTED.values() for use in case["stratified"]]
    assert any(use["pooled"] > 1 for use in uses)
    assert any(use["left_out"] > 1 for use in uses)
