"""Level probabilities of rows and their derivatives by the logits (docs/methods.md, section 8)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit, log_expit

from analysis.errors import EstimationError
from analysis.models.cumulative_logit.levels import gap_and_closeness, level_scores
from analysis.models.proportional_odds.fit import ProportionalOddsFit
from analysis.models.proportionality.partial_odds.fit import PartialOddsFit
from analysis.models.types import Matrix, Vector

Fit = ProportionalOddsFit | PartialOddsFit

FURTHEST = 300.0
"""Logits beyond this are refused: a product of two such odds leaves double precision (1e308)."""


@dataclass(frozen=True)
class Region:
    """The levels above cut point ``lower`` up to cut point ``upper``; None: no bound."""

    lower: int | None
    upper: int | None


@dataclass(frozen=True)
class RegionProbability:
    """P (m,) of a region, 1 - P without cancellation, and the derivatives of log P.

    By the logit at the upper and at the lower cut point; 0 where there is none.
    """

    inside: Vector
    outside: Vector
    at_upper: Vector
    at_lower: Vector


@dataclass(frozen=True)
class LevelSurface:
    """The cumulative logits (m, cuts) of rows, and what they are made of.

    ``rows`` (m, 1 + p): ones and the columns. ``maps`` (cuts, 1 + p, parameters): a cut point's
    logits are rows @ maps[cut] @ parameters. ``distances`` (m, cuts - 1) of neighbouring logits.
    """

    rows: Matrix
    maps: NDArray[np.float64]
    logits: Matrix
    distances: Matrix

    @classmethod
    def build(cls, fit: Fit, x: Matrix) -> LevelSurface:
        """Return the surface of a fit at rows ``x`` (m, p).

        Raises EstimationError for rows too far out, or where the partial model's logits cross.
        """
        maps, parameters = _maps(fit), _parameters(fit)
        # cumulative logits of each row, and the distances of neighbours
        rows = np.column_stack([np.ones(len(x)), x])
        by_cut = maps @ parameters
        logits, distances = rows @ by_cut.T, rows @ np.diff(by_cut, axis=0).T
        if np.any(np.abs(logits) > FURTHEST):
            far = np.flatnonzero(np.any(np.abs(logits) > FURTHEST, axis=1))
            raise EstimationError(
                f"row {far[0]} of x ({len(far)} in all) has a logit beyond {FURTHEST:g}"
            )
        crossed = np.flatnonzero(np.any(distances <= 0.0, axis=1))
        if len(crossed):
            raise EstimationError(
                f"the cumulative logits cross at row {crossed[0]} of x ({len(crossed)} in all): "
                "the partial model gives no probabilities there"
            )
        return cls(rows, maps, logits, distances)

    def regions(self) -> Iterator[Region]:
        """Yield every level, then every Y <= level but the highest."""
        cuts = self.logits.shape[1]
        for level in range(cuts + 1):
            yield Region(level - 1 if level > 0 else None, level if level < cuts else None)
        for cut in range(cuts):
            yield Region(None, cut)

    def probability(self, region: Region) -> RegionProbability:
        """Return the probability of a region for every row (formulas as in section 2)."""
        # u, l and d of the region, infinite where it has no bound
        infinite = np.full(len(self.rows), np.inf)
        upper = infinite if region.upper is None else self.logits[:, region.upper]
        lower = -infinite if region.lower is None else self.logits[:, region.lower]
        inner = region.lower is not None and region.upper is not None
        distance = self.distances[:, region.lower] if inner else infinite
        # P = F(u) F(-l) (1 - e^-d), and 1 - P = F(-u) + F(l)
        between, closeness = gap_and_closeness(distance)
        inside = np.exp(log_expit(upper) + log_expit(-lower)) * between
        above, below = expit(-upper), expit(lower)
        return RegionProbability(inside, above + below, *level_scores(above, below, closeness))

    def combine(self, region: Region, at_upper: Matrix, at_lower: Matrix) -> Matrix:
        """Return derivatives (r, parameters) from those by the logits times the rows (r, 1 + p)."""
        total = np.zeros((len(at_upper), self.maps.shape[2]))
        if region.upper is not None:
            total += at_upper @ self.maps[region.upper]
        if region.lower is not None:
            total += at_lower @ self.maps[region.lower]
        return total


def _parameters(fit: Fit) -> Vector:
    free = [fit.gamma.ravel()] if isinstance(fit, PartialOddsFit) else []
    return np.concatenate([fit.theta, fit.beta, *free])


def _maps(fit: Fit) -> NDArray[np.float64]:
    cuts = len(fit.theta)
    free = fit.nonproportional if isinstance(fit, PartialOddsFit) else ()
    shared = fit.proportional if isinstance(fit, PartialOddsFit) else range(len(fit.beta))
    maps = np.zeros((cuts, 1 + len(shared) + len(free), cuts * (1 + len(free)) + len(shared)))
    for cut in range(cuts):
        maps[cut, 0, cut] = 1.0
        for place, column in enumerate(shared):
            maps[cut, 1 + column, cuts + place] = 1.0
        for place, column in enumerate(free):
            maps[cut, 1 + column, cuts + len(shared) + cut * len(free) + place] = 1.0
    return maps
