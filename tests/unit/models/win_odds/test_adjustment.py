"""Win odds within strata and adjusted for covariates: by hand, columns left out, refused."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from analysis.errors import EstimationError
from analysis.models.data.residuals import Residuals
from analysis.models.win_odds.estimate import estimate_win_odds
from tests.unit.models.samples.stratified_trials import draw_trial, require_same

EXACT = 1e-13  # a few operations on small fractions
REFIT = 1e-10  # eighty least-squares fits of two columns

Y = np.array([0, 1, 3, 1, 2, 3])
ARM = np.array([1, 1, 1, 0, 0, 0])
ONE_COLUMN = np.array([[0.0], [1.0], [2.0], [1.0], [1.0], [4.0]])


def test_one_covariate_by_hand() -> None:
    """Shares beaten 1, 5/6, 1/6, beaten by 1/2, 2/3, 5/6: theta 2/3, variance 2/27.

    x is 0, 1, 2 and 1, 1, 4: d = 1 - 2 = -1, S = (1 + 3) / 3 = 4/3. Covariance with x
    (-5/6) / 2 = -5/12 and (2 * 5/6 - 7/6) / 2 = 1/4: C = (-5/12 - 1/4) / 3 = -2/9.
    theta - C d / S = 2/3 - 1/6, and 2/27 - C^2 / S = 2/27 - 1/27."""
    found = estimate_win_odds(Y, ARM, covariates=ONE_COLUMN)
    assert found.win_probability == pytest.approx(1 / 2, rel=EXACT)
    assert found.win_probability_error == pytest.approx(np.sqrt(1 / 27), rel=EXACT)
    assert found.log_odds_error == pytest.approx(4 * np.sqrt(1 / 27), rel=EXACT)
    assert found.n == 6


def test_residuals_that_leave_one_out_by_hand() -> None:
    """Above, each residual on x with slope C / S = -1/6, over 1 minus x^2 / 6 / S: squares / 6.

    Treated (1/6) (8/7), 1/6, (-1/3) (8/7); reference 0, (-1/6) (8/7), (1/6) 2."""
    found = estimate_win_odds(
        Y, ARM, covariates=ONE_COLUMN, residuals=Residuals.LEAVE_ONE_OUT
    )  # fmt: skip
    assert found.win_probability == pytest.approx(1 / 2, rel=EXACT)
    variance = (16 / 441 + 1 / 36 + 64 / 441 + 16 / 441 + 1 / 9) / 6
    assert found.win_probability_error == pytest.approx(np.sqrt(variance), rel=EXACT)


def test_they_are_the_residuals_of_fits_without_each_row() -> None:
    """The scaled deviations of all other rows, fitted anew for each row."""
    trial = draw_trial(5)
    y, arm, x = trial["y"], trial["arm"] == 1, trial["covariates"]
    found = estimate_win_odds(y, arm * 1, covariates=x, residuals=Residuals.LEAVE_ONE_OUT)
    wins = (y[arm][:, None] < y[~arm]) + (y[arm][:, None] == y[~arm]) / 2
    placements = np.zeros(len(y))
    placements[arm], placements[~arm] = wins.mean(axis=1), -wins.mean(axis=0)
    outcome, columns = center(placements, arm), center(x, arm)
    rows = np.arange(len(y))
    missed = [
        outcome[i]
        - columns[i] @ np.linalg.lstsq(columns[rows != i], outcome[rows != i], rcond=None)[0]
        for i in rows
    ]
    assert found.win_probability_error**2 == pytest.approx(np.sum(np.square(missed)), rel=REFIT)


def center(values: np.ndarray, arm: np.ndarray) -> np.ndarray:
    """Deviations from the mean of the arm, over the root of n (n - 1)."""
    centred = np.zeros(values.shape)
    for own in (arm, ~arm):
        n = np.sum(own)
        centred[own] = (values[own] - values[own].mean(axis=0)) / np.sqrt(n * (n - 1.0))
    return centred


def test_two_strata_by_hand() -> None:
    """Stratum A as above, weight 9/6; B: 0, 1 against 1, 1, weight 4/4, theta 3/4: mean 7/10.

    Shares beaten 1, 1/2: variance 1/8 over 2; beaten by 3/4 twice. V is 9/25 * 2/27 + 4/25 / 16."""
    found = estimate_win_odds(
        [*Y, 0, 1, 1, 1], [*ARM, 1, 1, 0, 0], strata=["A"] * 6 + ["B"] * 4, fewest_per_arm=2
    )
    assert found.win_probability == pytest.approx(7 / 10, rel=EXACT)
    assert found.win_probability_error == pytest.approx(np.sqrt(2 / 75 + 1 / 100), rel=EXACT)
    assert found.strata is not None
    assert (found.strata.given, found.strata.analysed, found.strata.pooled) == (2, 2, 0)


def test_rows_left_out_are_not_in_n() -> None:
    found = estimate_win_odds(
        [*Y, 0, 5], [*ARM, 1, 0], strata=[*["A"] * 6, "B", "C"], fewest_per_arm=3
    )
    assert found.strata is not None
    assert (found.n, found.strata.left_out, found.strata.left_out_rows) == (6, 2, 2)
    assert found.win_probability == estimate_win_odds(Y, ARM).win_probability


def test_forty_sites_of_which_ten_have_one_patient() -> None:
    data = draw_trial(1, n=1060)
    data["strata"] = np.concatenate([np.arange(100, 110), np.arange(1050) % 30])
    found = estimate_win_odds(**data)
    assert found.strata is not None
    assert found.strata.given == 40
    assert found.strata.pooled == 10
    assert found.n == 1060


def test_constant_columns_are_left_out_and_said() -> None:
    """Constant altogether, and constant within every stratum."""
    data = draw_trial(2)
    site = data["strata"]
    constant = np.column_stack([np.full(80, 0.1), data["covariates"], 1e6 + site / 3])
    found = estimate_win_odds(**(data | {"covariates": constant}))
    assert found.constant_covariates == (0, 3)
    require_same(found, estimate_win_odds(**data))


def test_columns_that_are_all_constant_adjust_nothing() -> None:
    found = estimate_win_odds(Y, ARM, covariates=np.ones((6, 2)))
    assert found.constant_covariates == (0, 1)
    require_same(found, estimate_win_odds(Y, ARM))


def test_no_columns_adjust_nothing() -> None:
    require_same(estimate_win_odds(Y, ARM, covariates=np.ones((6, 0))), estimate_win_odds(Y, ARM))


SITES = ["A"] * 3 + ["B"] * 3

BAD: dict[str, tuple[dict[str, Any], str]] = {
    "missing label": ({"strata": [*SITES[:5], None]}, "label that is missing"),
    "labels missing": ({"strata": SITES[:5]}, "6 labels, one for each row"),
    "threshold": ({"strata": SITES, "fewest_per_arm": 1}, "whole number of at least 2"),
    "covariates missing": ({"covariates": ONE_COLUMN[:5]}, "x must have 6 rows"),
    "covariate vector": ({"covariates": ONE_COLUMN[:, 0]}, "x must have 6 rows"),
    "NaN": ({"covariates": np.where(ONE_COLUMN == 4, np.nan, ONE_COLUMN)}, "NaN or infinity"),
    "infinite": ({"covariates": np.where(ONE_COLUMN == 4, np.inf, ONE_COLUMN)}, "NaN or infinity"),
    "collinear": (
        {"covariates": np.hstack([ONE_COLUMN, np.eye(6)[:, :1], 2 - 3 * ONE_COLUMN])},
        r"collinear column \[2\]",
    ),
    "the arm as covariate": (
        {"covariates": np.column_stack([ONE_COLUMN, 7 - ARM])},
        r"column \[1\] is constant in each arm but not the same in both",
    ),
    "too small": ({"covariates": 1e-200 * ONE_COLUMN}, r"column \[0\] is smaller than 1e-100"),
    "too many": ({"covariates": np.eye(6)[:, :4]}, "4 covariates, but the rows have 4 degrees"),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_input(name: str) -> None:
    arguments, reason = BAD[name]
    with pytest.raises(EstimationError, match=reason):
        estimate_win_odds(Y, ARM, **arguments)


def test_one_level_within_each_stratum_is_refused() -> None:
    with pytest.raises(EstimationError, match="no variance within any stratum"):
        estimate_win_odds(
            [1, 1, 1, 1, 2, 2, 2, 2], [1, 1, 0, 0] * 2, strata=[1] * 4 + [2] * 4, fewest_per_arm=2
        )


def test_one_arm_winning_all_within_strata_is_refused() -> None:
    y, arm = [0, 0, 1, 1, 5, 5, 6, 7], [1, 1, 0, 0] * 2
    with pytest.raises(EstimationError, match="every comparison is won by one arm"):
        estimate_win_odds(y, arm, strata=[1] * 4 + [2] * 4, fewest_per_arm=2)


def test_covariates_that_are_the_outcome_are_refused() -> None:
    y, arm = np.array([0, 0, 1, 0, 1, 1, 1, 0]), np.array([1] * 4 + [0] * 4)
    with pytest.raises(EstimationError, match="explain the outcome completely"):
        estimate_win_odds(y, arm, covariates=y[:, None])


def test_an_adjusted_probability_beyond_one_is_refused() -> None:
    """A covariate close to the outcome and far apart in the two arms."""
    x = np.array([[0.0], [1.1], [2.9], [11.0], [12.1], [12.9]])
    with pytest.raises(EstimationError, match="adjusted win probability is"):
        estimate_win_odds(Y, ARM, covariates=x)
