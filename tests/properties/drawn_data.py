"""Drawn trials: counts of an ordered outcome in two arms, with covariates."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from hypothesis import assume
from hypothesis import strategies as st
from numpy.typing import NDArray

from analysis.models.means_and_risks import Counts

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

CELL = st.integers(min_value=1, max_value=12)
"""Subjects of one arm at one level; at least one, so that the arm separates no level."""


@dataclass(frozen=True)
class Trial:
    """``y`` (n,): levels. ``x`` (n, p): arm (1 or 0), then covariates."""

    y: Ints
    x: Floats

    @property
    def arm(self) -> Floats:
        """The first column."""
        return self.x[:, 0]


@st.composite
def trials(
    draw: st.DrawFn, max_levels: int = 7, min_covariates: int = 0, max_covariates: int = 3
) -> Trial:
    """Trials in which every arm has somebody at every level, so that estimates are finite."""
    levels = draw(st.integers(2, max_levels))
    counts = draw(st.lists(CELL, min_size=2 * levels, max_size=2 * levels))
    y = np.repeat(np.tile(np.arange(levels), 2), counts)
    arm = np.repeat([1.0, 0.0], [sum(counts[:levels]), sum(counts[levels:])])
    p = draw(st.integers(min_covariates, max_covariates))
    assume(len(y) >= 10 * (p + levels))  # fewer can be separated by chance
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    noise = rng.normal(size=(len(y), p)).round(2)
    return Trial(y, np.column_stack([arm, noise + 0.2 * y[:, None]]))


@st.composite
def tables(draw: st.DrawFn, largest: int = 300) -> Counts:
    """Two by two tables, empty cells and arms of one subject among them."""
    n1, n0 = draw(st.integers(1, largest)), draw(st.integers(1, largest))
    return Counts(draw(st.integers(0, n1)), n1, draw(st.integers(0, n0)), n0)


def swap_arms(counts: Counts) -> Counts:
    """The table with the reference first."""
    return Counts(
        counts.reference_events, counts.reference_n, counts.treatment_events, counts.treatment_n
    )
