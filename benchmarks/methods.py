"""What is timed on this project's side; each returns the estimates that are compared with R's."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
from numpy.typing import ArrayLike

from analysis.errors import EstimationError
from analysis.models.proportional_odds import fit_proportional_odds, fit_proportional_odds_batch
from benchmarks.data import Floats, Samples

Method = Callable[[Samples], Floats]

COMPARED = 50
"""Trials of a batch whose estimates are compared."""
NODES = 15
"""Quadrature nodes of the random intercept."""


def list_methods(workers: int) -> dict[str, Method]:
    """The methods by name; batches use ``workers`` cores."""
    return {
        "proportional_odds": fit_one,
        "random_intercept": fit_sites,
        "batch_arm": lambda samples: fit_batch(samples.y, samples.x[0, :, :1], workers),
        "batch_columns": lambda samples: fit_batch(samples.y, samples.x, workers),
        "batch_win_odds": lambda samples: estimate_batch(samples.y, samples.x[0, :, 0], workers),
    }


def fit_one(samples: Samples) -> Floats:
    """Fit proportional odds to the first trial; return (theta, beta)."""
    fit = fit_proportional_odds(samples.y[0], samples.x[0])
    return np.concatenate([fit.theta, fit.beta])


def fit_sites(samples: Samples) -> Floats:
    """Fit a random intercept to the first trial; return (theta, beta, sigma, log likelihood)."""
    from analysis.models.random_intercept import fit_random_intercept

    fit = fit_random_intercept(samples.y[0], samples.x[0], samples.sites[0], nodes=NODES)
    return np.concatenate([fit.theta, fit.beta, [fit.sigma, fit.log_likelihood]])


def fit_batch(y: ArrayLike, x: ArrayLike, workers: int) -> Floats:
    """Fit proportional odds to every trial; return the first trials' beta in a row."""
    batch = fit_proportional_odds_batch(y, x, workers=workers)
    require_all(batch.problems)
    return batch.beta[:COMPARED].ravel()


def estimate_batch(y: ArrayLike, arm: ArrayLike, workers: int) -> Floats:
    """Estimate the win odds of every trial; return the first trials'."""
    from analysis.models.win_odds import estimate_win_odds_batch

    batch = estimate_win_odds_batch(y, arm, workers=workers)
    require_all(batch.problems)
    return batch.odds[:COMPARED]


def require_all(problems: Mapping[int, str]) -> None:
    """Raise EstimationError if a trial has no estimate: the drawn ones all have."""
    if problems:
        trial, text = next(iter(problems.items()))
        raise EstimationError(f"{len(problems)} trials have no estimate; trial {trial}: {text}")
