"""Wilcoxon-Mann-Whitney and van Elteren tests against R's formulas and coin (rank_tests.R)."""

from __future__ import annotations

from typing import Any

import pytest

from analysis.models.win_odds import RankTest, van_elteren_test, wilcoxon_mann_whitney_test
from tests.reference.models.win_odds.rank_data import draw_trial, load

STATISTIC = 1e-12  # relative; R's correction for ties cancels digits where most rows are tied
P_VALUE = 1e-10  # relative; p changes by about z dz, and z reaches 12 here
CHANCE = 1e-300  # smaller p-values are smaller than double precision holds

SPECIFICATIONS = load("data_sets.json")
EXPECTED = load("rank_tests.json")["data_sets"]

COUNTS = ("n", "strata", "strata_left_out", "rows_left_out")


def require_equal(found: RankTest, expected: dict[str, Any]) -> None:
    assert {name: getattr(found, name) for name in COUNTS} == {
        name: expected[name] for name in COUNTS
    }
    assert found.z == pytest.approx(expected["z"], rel=STATISTIC)
    assert found.chi_square == pytest.approx(expected["chi_square"], rel=2 * STATISTIC)
    assert found.p_value == pytest.approx(expected["p_value"], rel=P_VALUE, abs=CHANCE)


@pytest.mark.parametrize("name", SPECIFICATIONS)
def test_against_r(name: str) -> None:
    trial, expected = draw_trial(SPECIFICATIONS[name]), EXPECTED[name]
    whole = wilcoxon_mann_whitney_test(trial.y, trial.arm)
    require_equal(whole, expected["wilcoxon_mann_whitney"])
    require_equal(van_elteren_test(trial.y, trial.arm, trial.site), expected["van_elteren"])
