"""Placement values and the win probability within strata (docs/methods.md, section 4)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from analysis.models.level_counts import LevelCounts, count_higher, count_lower
from analysis.models.newton import Matrix, Vector


@dataclass(frozen=True)
class Placement:
    """Placement values (strata, levels) and what follows from them in each stratum (strata,).

    ``treated``: the share of the reference arm that a treated row at this level beats;
    ``reference``: the share of the treatment arm by which a reference row at this level is beaten;
    ties half. Either averages to ``win_probability`` over the rows of its arm. ``weights`` are
    n1 n0 / (n1 + n0), divided by their sum.
    """

    treated: Matrix
    reference: Matrix
    win_probability: Vector
    variance: Vector
    weights: Vector

    def combine(self) -> tuple[float, float]:
        """Return the weighted mean of the strata's win probabilities and its variance."""
        probability = float(self.weights @ self.win_probability)
        return probability, float(self.weights**2 @ self.variance)


def place(counts: LevelCounts) -> Placement:
    """Return the placement values by stratum and level; two rows in each arm of each stratum.

    The variance is the sample variance of the placement values over n, summed over the arms
    (DeLong 1988; Brunner & Munzel 2000).
    """
    treated_n, reference_n = counts.treated_n, counts.reference_n
    treated = count_higher(counts.reference) / reference_n[:, None]
    reference = count_lower(counts.treated) / treated_n[:, None]
    win_probability = counts.count_wins() / (treated_n * reference_n)
    variance = _variance_of_mean(treated, counts.treated, win_probability) + _variance_of_mean(
        reference, counts.reference, win_probability
    )
    weights = treated_n * reference_n / (treated_n + reference_n)
    return Placement(treated, reference, win_probability, variance, weights / weights.sum())


def _variance_of_mean(values: Matrix, counts: Matrix, mean: Vector) -> Vector:
    n = counts.sum(axis=1)
    squares = np.einsum("hk,hk->h", counts, (values - mean[:, None]) ** 2)
    variance: Vector = squares / ((n - 1.0) * n)
    return variance
