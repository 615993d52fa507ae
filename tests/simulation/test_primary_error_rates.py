"""Type I error of the primary analysis and coverage of its interval over 10,000 simulated trials.

The trials follow the model that is fitted, so both have their nominal value but for the error of
the simulation and for what maximum likelihood lacks at n = 1060, which is smaller.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.stats import norm

from analysis.models.proportional_odds import fit_proportional_odds_batch
from analysis.models.win_odds import estimate_win_odds_batch
from tests.simulation.drawn_trials import draw_trials

TRIALS, SUBJECTS, AT_ONCE = 10_000, 1060, 500
SEED = 20_261_123
ALPHA = 0.05
Z = norm.isf(ALPHA / 2)
SIMULATION_ERRORS = 3.0
"""Standard errors of a share of 10,000 trials that it may lie from its nominal value: a sound
method fails once in 370 draws, and this draw is fixed by its seed."""


@dataclass(frozen=True)
class Estimates:
    """Of every trial: the log odds ratio (or log win odds) with its standard error."""

    log_odds: NDArray[np.float64]
    errors: NDArray[np.float64]


@cache
def simulate(log_odds_ratio: float) -> tuple[Estimates, Estimates]:
    """The adjusted common odds ratio and the unadjusted win odds of every trial."""
    rng = np.random.default_rng([SEED, round(1000 * log_odds_ratio)])
    found: list[list[NDArray[np.float64]]] = []
    for _ in range(TRIALS // AT_ONCE):
        drawn = draw_trials(rng, AT_ONCE, SUBJECTS, log_odds_ratio)
        fits = fit_proportional_odds_batch(drawn.mrs, drawn.columns, workers=2)
        wins = estimate_win_odds_batch(drawn.mrs, drawn.arms.astype(np.int64), workers=2)
        assert not fits.problems
        assert not wins.problems
        found.append([fits.beta[:, 0], fits.beta_errors[:, 0], wins.log_odds, wins.log_odds_error])
    numbers = [np.concatenate(column) for column in zip(*found, strict=True)]
    return Estimates(*numbers[:2]), Estimates(*numbers[2:])


def require_share(hits: NDArray[np.bool_], nominal: float) -> None:
    share = float(np.mean(hits))
    error = float(np.sqrt(nominal * (1.0 - nominal) / TRIALS))
    assert share == pytest.approx(nominal, abs=SIMULATION_ERRORS * error)


@pytest.mark.parametrize("method", [0, 1], ids=["primary", "win odds"])
def test_a_treatment_without_effect_is_found_as_often_as_alpha_says(method: int) -> None:
    found = simulate(0.0)[method]
    assert len(found.log_odds) == TRIALS
    require_share(np.abs(found.log_odds / found.errors) > Z, ALPHA)
    require_share(found.log_odds / found.errors > Z, ALPHA / 2)


@pytest.mark.parametrize("odds_ratio", [1.0, 1.36])
def test_the_interval_of_the_primary_covers_the_truth(odds_ratio: float) -> None:
    found, _ = simulate(float(np.log(odds_ratio)))
    distance = np.abs(found.log_odds - np.log(odds_ratio))
    require_share(distance < Z * found.errors, 1.0 - ALPHA)


def test_the_trial_has_the_power_that_its_registration_is_read_to_plan() -> None:
    """1.36 at 80 % is Whitehead's figure without covariates; adjustment adds to it."""
    found, _ = simulate(float(np.log(1.36)))
    power = float(np.mean(found.log_odds / found.errors > Z))
    assert 0.78 < power < 0.90
