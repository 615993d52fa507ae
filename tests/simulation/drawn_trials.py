"""Simulated trials without loss: covariates, arms and mRS of many trials at once."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

CUTS = np.log([0.08, 0.23, 0.36, 0.50, 0.67, 0.78]) - np.log1p(
    -np.array([0.08, 0.23, 0.36, 0.50, 0.67, 0.78])
)
"""Cumulative logits of mRS 0 to 5 of a subject with average covariates, without treatment."""
COVARIATE_EFFECTS = np.array([-0.035, -0.12, 0.10, -0.25, 0.15, -0.03, 0.25, -0.60])
"""Log odds ratios of a lower mRS: age, NIHSS, ASPECTS, ICA, M2, hours, thrombolysis, pre-stroke."""


@dataclass(frozen=True)
class DrawnTrials:
    """Of m trials: ``mrs`` (m, n), ``arms`` (m, n), 1 the treatment, ``covariates`` (m, n, 8)."""

    mrs: NDArray[np.int64]
    arms: NDArray[np.float64]
    covariates: NDArray[np.float64]

    @property
    def columns(self) -> NDArray[np.float64]:
        """Arm and covariates, (m, n, 9), as a model takes them."""
        return np.concatenate([self.arms[..., None], self.covariates], axis=-1)


def draw_trials(
    rng: np.random.Generator, trials: int, subjects: int, log_odds_ratio: float
) -> DrawnTrials:
    """Return trials of the proportional-odds model; ``log_odds_ratio``: of a lower mRS."""
    arms = draw_arms(rng, trials, subjects)
    covariates = draw_covariates(rng, trials, subjects)
    linear = log_odds_ratio * arms + covariates @ COVARIATE_EFFECTS
    latent = rng.logistic(size=linear.shape)
    mrs = (latent[..., None] > CUTS + linear[..., None]).sum(axis=-1)
    return DrawnTrials(mrs, arms, covariates)


def draw_covariates(rng: np.random.Generator, trials: int, subjects: int) -> NDArray[np.float64]:
    """Covariates (trials, subjects, 8), centred, as a thrombectomy trial has them."""
    shape = (trials, subjects)
    site = rng.choice(3, size=shape, p=[0.52, 0.33, 0.15])
    columns = [
        np.clip(rng.normal(66.0, 11.0, shape).round(), 18, 80) - 66.0,
        np.clip(rng.normal(15.0, 5.0, shape).round(), 6, 40) - 15.0,
        rng.integers(3, 11, shape) - 7.0,
        (site == 1) * 1.0,
        (site == 2) * 1.0,
        rng.uniform(1.0, 24.0, shape) - 10.0,
        (rng.random(shape) < 0.35) * 1.0,
        (rng.random(shape) < 0.12) * 1.0,
    ]
    return np.stack(columns, axis=-1)


def draw_arms(rng: np.random.Generator, trials: int, subjects: int) -> NDArray[np.float64]:
    """Arms (trials, subjects): 1 the treatment; permuted blocks of four, the last cut short."""
    blocks = np.tile([1.0, 1.0, 0.0, 0.0], (trials, -(-subjects // 4), 1))
    return rng.permuted(blocks, axis=-1).reshape(trials, -1)[:, :subjects]
