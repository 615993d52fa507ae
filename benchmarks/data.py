"""Made-up trials: drawn by seed, and written as 8-byte floats that Python and R both read.

Columns are drawn in the scale that suits R's optimisers best: mean 0 and standard deviation 1 where
they are continuous.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

SEED = 20251
SITES = 40
CONTINUOUS = 4
SHARES = (0.5, 0.3, 0.1)
"""Shares of ones in the binary columns."""
EFFECTS = (0.3, -0.5, -0.3, 0.2, -0.1, -0.4, 0.3, -0.2)
"""Log odds ratios of a lower level: arm, continuous columns, binary columns."""
CUTS = (-2.0, -1.0, -0.3, 0.4, 1.1, 1.8)


@dataclass(frozen=True)
class Samples:
    """Trials of one size: ``y`` (m, n) levels 0 to 6, ``x`` (m, n, p), ``sites`` (m, n).

    The first column of x is the arm, 0 and 1 in turn: the same in every trial. The other columns
    are each trial's own.
    """

    y: Integers
    x: Floats
    sites: Integers

    @property
    def shape(self) -> tuple[int, ...]:
        """Trials, patients, columns."""
        return self.x.shape

    def keep_columns(self, count: int) -> Samples:
        """The same trials with the first ``count`` columns."""
        return Samples(self.y, self.x[:, :, :count], self.sites)


def draw_samples(stream: int, trials: int, n: int, *, site_deviation: float = 0.0) -> Samples:
    """Draw trials, each from its own seed: the first of many are those of a few.

    ``stream``: another one gives other trials. ``site_deviation``: standard deviation of the sites'
    log odds ratios.
    """
    y = np.empty((trials, n), dtype=np.int64)
    x = np.empty((trials, n, len(EFFECTS)))
    sites = np.empty((trials, n), dtype=np.int64)
    for trial in range(trials):
        random = np.random.default_rng([SEED, stream, trial])
        x[trial, :, 0] = np.arange(n) % 2
        x[trial, :, 1 : 1 + CONTINUOUS] = random.standard_normal((n, CONTINUOUS))
        x[trial, :, 1 + CONTINUOUS :] = random.random((n, len(SHARES))) < SHARES
        sites[trial] = random.integers(SITES, size=n)
        shift = site_deviation * random.standard_normal(SITES)
        latent = random.logistic(size=n) - x[trial] @ EFFECTS - shift[sites[trial]]
        y[trial] = np.digitize(latent, CUTS)
    return Samples(y, x, sites)


def write_samples(folder: Path, name: str, samples: Samples) -> None:
    """Write the samples, each matrix column by column, as R keeps it."""
    columns_first = samples.x.transpose(0, 2, 1)
    for part, values in (("y", samples.y), ("x", columns_first), ("sites", samples.sites)):
        np.ascontiguousarray(values, dtype=np.float64).tofile(_path(folder, name, part))


def read_samples(folder: Path, name: str, shape: tuple[int, int, int]) -> Samples:
    """Read what ``write_samples`` wrote."""
    trials, n, p = shape
    y, x, sites = (np.fromfile(_path(folder, name, part)) for part in ("y", "x", "sites"))
    return Samples(
        y.reshape(trials, n).astype(np.int64),
        np.ascontiguousarray(x.reshape(trials, p, n).transpose(0, 2, 1)),
        sites.reshape(trials, n).astype(np.int64),
    )


def _path(folder: Path, name: str, part: str) -> Path:
    return folder / f"{name}-{part}.f64"
