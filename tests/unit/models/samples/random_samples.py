"""Random data of a proportional-odds model."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class Sample:
    """``y`` (n,): levels, every one observed. ``x`` (n, p): a binary column, then normal ones."""

    y: NDArray[np.int64]
    x: NDArray[np.float64]


def draw_sample(
    n: int = 200, p: int = 2, levels: int = 5, effect: float = 0.5, seed: int = 1
) -> Sample:
    """Draw rows with equally frequent levels; every coefficient is ``effect``."""
    rng = np.random.default_rng(seed)
    x = rng.normal(size=(n, p))
    x[:, :1] = rng.integers(0, 2, size=(n, 1))
    latent = -effect * x.sum(axis=1) + rng.logistic(size=n)
    cuts = np.quantile(latent, np.linspace(0, 1, levels + 1)[1:-1])
    return Sample(np.searchsorted(cuts, latent), x)
