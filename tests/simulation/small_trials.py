"""Type I error of the adjusted win odds and the adjusted risk difference in small trials (SAP 5.8).

``python -m tests.simulation.small_trials SUBJECTS TRIALS`` prints the shares rejected at two-sided
5 % among trials without effect, with fitted and with leave-one-out residuals.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray
from scipy.stats import norm

from analysis.errors import EstimationError
from analysis.models.data.residuals import Residuals
from analysis.models.predictions import Variance, standardise
from analysis.models.proportional_odds import fit_proportional_odds
from analysis.models.win_odds import estimate_win_odds_batch
from tests.simulation.drawn_trials import DrawnTrials, draw_trials

SEED = 20_261_201
AT_ONCE = 500
ALPHA = 0.05
Z = norm.isf(ALPHA / 2)
CUT = 2
"""The risk is that of mRS 0-2."""


def simulate_win_odds(subjects: int, trials: int) -> dict[Residuals, float]:
    """Return the share of trials in which the adjusted win odds differ from 1."""
    hits: dict[Residuals, list[NDArray[np.bool_]]] = {one: [] for one in Residuals}
    for drawn in draw_parts(subjects, trials):
        for residuals, found in hits.items():
            wins = estimate_win_odds_batch(
                drawn.mrs, drawn.arms.astype(np.int64), covariates=drawn.covariates,
                residuals=residuals,
            )  # fmt: skip
            found.append(np.abs(wins.log_odds / wins.log_odds_error) > Z)
    return {residuals: float(np.concatenate(found).mean()) for residuals, found in hits.items()}


def simulate_risk_difference(subjects: int, trials: int) -> dict[Residuals, float]:
    """Return the share of trials in which the adjusted difference of mRS 0-2 is not 0.

    Trials whose logistic model has no estimate (separation) are left out.
    """
    hits: dict[Residuals, list[bool]] = {one: [] for one in Residuals}
    for drawn in draw_parts(subjects, trials):
        for mrs, x in zip(drawn.mrs, drawn.columns, strict=True):
            for residuals, rejected in reject_by_residuals(mrs > CUT, x).items():
                hits[residuals].append(rejected)
    return {residuals: float(np.mean(found)) for residuals, found in hits.items()}


def reject_by_residuals(worse: NDArray[np.bool_], x: NDArray[np.float64]) -> dict[Residuals, bool]:
    """Return whether the difference is not 0, by residuals; nothing without an estimate."""
    y, found = worse.astype(np.int64), {}
    try:
        fit = fit_proportional_odds(y, x)
        for residuals in Residuals:
            effects = standardise(
                fit, y, x, 0, alpha=ALPHA, variance=Variance.RANDOMISED, residuals=residuals
            )
            p_value = effects.risk_differences[0].p_value
            found[residuals] = p_value is not None and p_value < ALPHA
    except EstimationError:
        return {}
    return found


def draw_parts(subjects: int, trials: int) -> Iterator[DrawnTrials]:
    """Yield trials without effect; the same for both outcomes."""
    rng = np.random.default_rng([SEED, subjects])
    for _ in range(trials // AT_ONCE):
        yield draw_trials(rng, AT_ONCE, subjects, 0.0)


if __name__ == "__main__":
    size, count = map(int, sys.argv[1:])
    for name, simulate in (
        ("win odds, adjusted", simulate_win_odds),
        ("risk difference, adjusted", simulate_risk_difference),
    ):
        shares = simulate(size, count)
        words = ", ".join(f"{one.value} {100 * share:.2f} %" for one, share in shares.items())
        print(f"{name}, n = {size}, {count} trials: {words}")
