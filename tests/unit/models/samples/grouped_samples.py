"""Samples in groups, for the tests of the random intercept."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analysis.models.random_intercept.likelihood import RandomIntercept
from analysis.models.random_intercept.logits import stack_logits


@dataclass(frozen=True)
class GroupedSample:
    """Levels from 0, columns, and group numbers from 0."""

    y: NDArray[np.int64]
    x: NDArray[np.float64]
    groups: NDArray[np.int64]

    def build_model(self) -> RandomIntercept:
        logits = stack_logits(self.y, self.x, self.groups)
        return RandomIntercept(logits, np.bincount(self.y)[1:-1])


def draw_groups(
    sizes: list[int], *, levels: int = 4, p: int = 2, sigma: float = 1.0, seed: int = 4
) -> GroupedSample:
    """Levels of about equal frequency, columns of effect 0.5, groups of these sizes."""
    rng = np.random.default_rng(seed)
    groups = np.repeat(np.arange(len(sizes)), sizes)
    x = rng.normal(size=(len(groups), p))
    intercepts = sigma * rng.normal(size=len(sizes))
    latent = 0.5 * x.sum(axis=1) + intercepts[groups] + rng.logistic(size=len(groups))
    cuts = np.quantile(latent, np.arange(1, levels) / levels)
    return GroupedSample(np.searchsorted(cuts, latent), x, groups)
