"""The re-randomisation test: every assignment listed, its moments, and what it refuses."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from analysis.errors import EstimationError
from analysis.models.proportional_odds import fit_proportional_odds, rerandomise
from analysis.models.proportional_odds.rerandomisation import find_score_residuals

MRS = [0, 3, 1, 2, 2, 3, 0, 1, 2, 0, 3, 1]
ARM = [1, 0, 1, 0, 0, 1, 1, 0, 0, 1, 0, 1]
AGE = np.array([[5.0], [7.1], [6.2], [4.9], [6.6], [7.7], [5.4], [6.0], [5.9], [6.1], [7.4], [4.2]])
SITE = ["a"] * 4 + ["b"] * 4 + ["c"] * 4
SEED = np.random.SeedSequence(5)
DRAWS = 4000
FOUR_ERRORS = 4.0
ROUNDING = 1e-9


def list_scores() -> np.ndarray:
    """The score of every assignment that keeps the sizes of the arms in each site."""
    residuals, arm, site = find_score_residuals(MRS, AGE), np.array(ARM), np.array(SITE)
    sizes = {one: int(arm[site == one].sum()) for one in "abc"}
    assignments = [
        np.array(each) for each in product((0, 1), repeat=12)
        if all(np.array(each)[site == one].sum() == size for one, size in sizes.items())
    ]  # fmt: skip
    return np.array([float(residuals[each == 1].sum()) for each in assignments])


def test_it_is_the_share_of_all_assignments() -> None:
    scores = list_scores()
    excess = scores - scores.mean()
    found = rerandomise(MRS, ARM, AGE, strata=SITE, seed=SEED, draws=DRAWS)
    assert found.z == pytest.approx(found.score / scores.std(), rel=ROUNDING)
    share = float(np.mean(np.abs(excess) >= abs(found.score) - ROUNDING))
    assert 0.02 < share < 0.9
    assert abs(found.p_value - share) < FOUR_ERRORS * found.monte_carlo_error
    assert found.p_value == (found.as_extreme + 1) / (DRAWS + 1)


def test_the_residuals_are_slopes_of_the_likelihood() -> None:
    step = 1e-5
    x = np.hstack([np.array(ARM, dtype=float)[:, None], AGE])
    fit = fit_proportional_odds(MRS, AGE)
    cuts = np.concatenate([[-np.inf], fit.theta, [np.inf]])

    def log_likelihood(effect: float) -> float:
        shift = x @ np.concatenate([[effect], fit.beta])
        ends = [1 / (1 + np.exp(-(cuts[np.array(MRS) + k] + shift))) for k in (1, 0)]
        return float(np.log(ends[0] - ends[1]).sum())

    slope = (log_likelihood(step) - log_likelihood(-step)) / (2 * step)
    residuals = find_score_residuals(MRS, AGE)
    assert residuals[np.array(ARM) == 1].sum() == pytest.approx(slope, rel=1e-6)
    assert residuals.sum() == pytest.approx(0.0, abs=1e-9)


def test_the_same_seed_gives_the_same_and_a_turned_arm_the_other_sign() -> None:
    one = rerandomise(MRS, ARM, AGE, strata=SITE, seed=SEED, draws=500)
    assert rerandomise(MRS, ARM, AGE, strata=SITE, seed=SEED, draws=500) == one
    turned = rerandomise(MRS, 1 - np.array(ARM), AGE, strata=SITE, seed=SEED, draws=500)
    assert turned.score == pytest.approx(-one.score)


def test_rows_of_a_stratum_of_one_arm_are_counted() -> None:
    site = ["a"] * 10 + ["b", "c"]
    found = rerandomise(MRS, ARM, AGE, strata=site, seed=SEED, draws=10)
    assert (found.n, found.strata, found.fixed_rows) == (12, 3, 2)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"strata": list(range(12))}, "every assignment is alike"),
        ({"draws": 0}, "draws must be"),
        ({"seed": 1}, "SeedSequence"),
        ({"arm": [2, *ARM[1:]]}, "arm must be 0 or 1"),
    ],
)
def test_what_cannot_be_tested_is_said(changed: dict[str, object], said: str) -> None:
    given = {"arm": ARM, "strata": SITE, "seed": SEED, "draws": 10, **changed}
    with pytest.raises(EstimationError, match=said):
        rerandomise(MRS, x=AGE, **given)
