"""The win ratio: what it shares with the win odds, symmetry, and what it refuses."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from analysis.errors import EstimationError
from analysis.models.win_odds import EventTimes, Measurement, estimate_win_odds, estimate_win_ratio
from analysis.models.win_odds.win_ratio import pairs as module

ROUNDING = 1e-12  # the same sums in another order
RNG = np.random.default_rng(11)
ARM = RNG.permutation([1] * 40 + [0] * 50)
MRS = RNG.integers(0, 7, 90)
DIED = MRS == 6
DAYS = np.where(DIED, RNG.integers(0, 90, 90), 90)
LEVELS = {
    "death": EventTimes(DAYS, DIED),
    "mrs": Measurement(MRS, lower_is_better=True),
}


def test_one_level_gives_the_win_odds() -> None:
    found = estimate_win_ratio({"mrs": LEVELS["mrs"]}, ARM)
    wanted = estimate_win_odds(MRS, ARM)
    assert found.log_odds.estimate == pytest.approx(wanted.log_odds, rel=ROUNDING)
    assert found.log_odds.standard_error == pytest.approx(wanted.log_odds_error, rel=ROUNDING)


def test_exchanged_arms_turn_the_effects_and_keep_their_errors() -> None:
    one, other = estimate_win_ratio(LEVELS, ARM), estimate_win_ratio(LEVELS, 1 - ARM)
    assert (one.wins, one.losses) == (other.losses, other.wins)
    for name in ("log_ratio", "log_odds", "net_benefit"):
        ours, theirs = getattr(one, name), getattr(other, name)
        assert ours.estimate == pytest.approx(-theirs.estimate, rel=ROUNDING)
        assert ours.standard_error == pytest.approx(theirs.standard_error, rel=ROUNDING)


def test_the_shares_of_the_levels_add_up() -> None:
    found = estimate_win_ratio(LEVELS, ARM)
    assert sum(level.won for level in found.levels.values()) == pytest.approx(found.wins)
    assert sum(level.lost for level in found.levels.values()) == pytest.approx(found.losses)
    assert found.levels["mrs"].left == found.ties
    assert found.pairs == 40 * 50


def test_pairs_taken_in_parts_are_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = estimate_win_ratio(LEVELS, ARM)
    monkeypatch.setattr(module, "CELLS_AT_ONCE", 130)
    assert estimate_win_ratio(LEVELS, ARM) == whole


def test_a_missing_value_leaves_the_pair_to_the_next_level() -> None:
    utility = Measurement([np.nan, 0.5, 0.2, np.nan], lower_is_better=False)
    mrs = Measurement([0, 3, 3, 3], lower_is_better=True)
    found = estimate_win_ratio({"utility": utility, "mrs": mrs}, [1, 0, 1, 0])
    shares = found.levels
    assert (shares["utility"].won, shares["utility"].lost, shares["utility"].left) == (
        0,
        0.25,
        0.75,
    )
    assert (shares["mrs"].won, shares["mrs"].lost, shares["mrs"].left) == (0.5, 0, 0.25)


@pytest.mark.parametrize(
    ("levels", "arm", "said"),
    [
        ({}, [1, 1, 0, 0], "no level"),
        ({"a": Measurement([1, 2, 3], True)}, [1, 1, 0], "arms of 2 and 1 rows"),
        ({"a": Measurement([1, 2, 3, 4], True)}, [1, 1, 0, 0], "won by one arm"),
        ({"a": Measurement([1, 2, 3], True)}, [1, 1, 0, 0], "a must hold 4"),
        ({"a": Measurement([1, np.inf, 3, 0], True)}, [1, 1, 0, 0], "finite"),
        ({"a": Measurement([1, 4, 3, 0], True, -1.0)}, [1, 1, 0, 0], "margin of a"),
        ({"a": EventTimes([1, 4, 3, 0], [0, 1, 2, 0])}, [1, 1, 0, 0], "events of a"),
        ({"a": Measurement([1, 4, 3, 0], True)}, [1, 2, 0, 0], "arm must be 0 or 1"),
    ],
)
def test_what_cannot_be_compared_is_said(levels: Any, arm: list[int], said: str) -> None:
    with pytest.raises(EstimationError, match=said):
        estimate_win_ratio(levels, arm)
