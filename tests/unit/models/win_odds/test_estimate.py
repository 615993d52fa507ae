"""Win odds: by hand, and refused."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from analysis.errors import EstimationError
from analysis.models.win_odds.estimate import estimate_win_odds

Y = np.array([0, 1, 3, 1, 2, 3])
ARM = np.array([1, 1, 1, 0, 0, 0])


def test_by_hand() -> None:
    """Treatment 0, 1, 3 against 1, 2, 3. Of 9 pairs treatment wins 5 and ties 2: 6 / 9, odds 2.

    Shares beaten: 1, (1/2 + 1 + 1) / 3 = 5/6, 1/6, variance (1 + 25 + 16) / 144 + ... = 7/36;
    shares beaten by: 1/2, 2/3, 5/6, variance 1/36. Together 8/36 / 3 = 2/27, by (2/9)^2 on the
    log-odds scale."""
    found = estimate_win_odds(Y, ARM)
    assert found.win_probability == pytest.approx(6 / 9, rel=1e-14)
    assert found.odds == pytest.approx(2.0, rel=1e-14)
    assert found.log_odds == pytest.approx(np.log(2), rel=1e-14)
    assert found.win_probability_error == pytest.approx(np.sqrt(2 / 27), rel=1e-14)
    assert found.log_odds_error == pytest.approx(np.sqrt(2 / 27) * 9 / 2, rel=1e-14)
    assert found.n == 6


def test_lower_levels_in_the_treatment_arm_are_odds_above_one() -> None:
    assert estimate_win_odds([0, 1, 1, 2], [1, 1, 0, 0]).odds > 1


def test_no_difference_is_odds_of_one() -> None:
    found = estimate_win_odds([0, 1, 2, 0, 1, 2], ARM)
    assert found.odds == 1.0
    assert found.log_odds == 0.0
    assert found.log_odds_error > 0


@pytest.mark.parametrize("arm", [ARM.astype(bool), ARM.astype(float), ARM.tolist()])
def test_arm_may_be_any_kind_of_number(arm: Any) -> None:
    assert estimate_win_odds(Y, arm) == estimate_win_odds(Y, ARM)


BAD: dict[str, tuple[Any, Any, str]] = {
    "empty": ([], [], "at least one value"),
    "lengths differ": (Y, ARM[:-1], "arm must hold 6 finite numbers"),
    "missing outcome": (np.where(Y == 3, np.nan, Y), ARM, "without missing values"),
    "fraction": (Y + 0.5, ARM, "integer levels"),
    "text": (Y.astype(str), ARM, "must hold numbers"),
    "object": (Y.astype(object), ARM, "must hold numbers, not object"),
    "missing arm": (Y, [1, 1, np.nan, 0, 0, 0], "arm must hold 6 finite numbers"),
    "three arms": (Y, [1, 1, 2, 0, 0, 0], "arm must be 0 or 1"),
    "arm names": (Y, ["a"] * 6, "arm must hold numbers"),
    "no treatment": (Y, 0 * ARM, "arms of 0 and 6 rows; 2 are needed"),
    "one treated": (Y, [1, 0, 0, 0, 0, 0], "arms of 1 and 5 rows; 2 are needed"),
    "one reference": (Y, [0, 1, 1, 1, 1, 1], "arms of 5 and 1 rows; 2 are needed"),
    "one level": (0 * Y + 3, ARM, r"one observed level \(3\)"),
    "treatment wins all": ([0, 1, 1, 2, 3, 4], ARM, "every comparison is won by one arm"),
    "reference wins all": ([2, 3, 4, 0, 1, 1], ARM, "every comparison is won by one arm"),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_input(name: str) -> None:
    y, arm, reason = BAD[name]
    with pytest.raises(EstimationError, match=reason):
        estimate_win_odds(y, arm)
