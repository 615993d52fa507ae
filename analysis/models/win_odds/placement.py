"""Placement values and the win probability within strata (docs/methods.md, section 4)."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analysis.models.types import Matrix, Vector
from analysis.models.win_odds.level_counts import (
    LevelCounts,
    add_in_order,
    count_higher,
    count_lower,
)


@dataclass(frozen=True)
class Placement:
    """Placement values (strata, levels) and what follows from them in each stratum (strata,).

    ``treated``: the share of the reference arm that a treated row at this level beats;
    ``reference``: the share of the treatment arm by which a reference row at this level is beaten;
    ties half. Either averages to ``win_probability`` over the rows of its arm. ``weights`` are
    n1 n0 / (n1 + n0), divided by their sum. Axes before these are those of the counts; a stratum
    without rows has weight 0.
    """

    treated: Matrix
    reference: Matrix
    win_probability: Vector
    variance: Vector
    weights: Vector

    def combine(self) -> tuple[Vector, Vector]:
        """Return the weighted mean of the strata's win probabilities and its variance."""
        probability = add_in_order(self.weights * self.win_probability)
        return probability, add_in_order(self.weights**2 * self.variance)

    def find_one_sided(self) -> NDArray[np.bool_]:
        """Return whether one arm wins every comparison in all strata."""
        none = self.weights == 0.0
        lost = np.all(none | (self.win_probability == 0.0), axis=-1)
        won = np.all(none | (self.win_probability == 1.0), axis=-1)
        return np.asarray(lost | won)

    def deviations(self) -> NDArray[np.float64]:
        """Return the placement values less their mean, (strata, 2, levels): arm 0, then arm 1.

        Turned round in arm 0: a reference row that is beaten counts for the treatment.
        """
        mean = self.win_probability[..., None]
        return np.stack([mean - self.reference, self.treated - mean], axis=-2)


@dataclass(frozen=True)
class OddsScale:
    """Win probabilities, their odds and log odds, with standard errors by the delta method."""

    win_probability: Vector
    win_probability_error: Vector
    odds: Vector
    log_odds: Vector
    log_odds_error: Vector


def to_odds(probability: Vector, variance: Vector) -> OddsScale:
    """Return the scales of win probabilities between 0 and 1 with the given variances."""
    error = np.sqrt(variance)
    odds = probability / (1.0 - probability)
    inverse_slope = probability * (1.0 - probability)
    return OddsScale(probability, error, odds, np.log(odds), error / inverse_slope)


def place(counts: LevelCounts) -> Placement:
    """Return the placement values by stratum and level.

    Each stratum has two rows in each arm, or none at all. The variance is the sample variance of
    the placement values over n, summed over the arms (DeLong 1988; Brunner & Munzel 2000).
    """
    treated_n, reference_n = _not_zero(counts.treated_n), _not_zero(counts.reference_n)
    treated = count_higher(counts.reference) / reference_n[..., None]
    reference = count_lower(counts.treated) / treated_n[..., None]
    win_probability = counts.count_wins() / (treated_n * reference_n)
    variance = _variance_of_mean(treated, counts.treated, win_probability) + _variance_of_mean(
        reference, counts.reference, win_probability
    )
    pairs = counts.treated_n * counts.reference_n
    weights = pairs / (treated_n + reference_n)
    total = _not_zero(add_in_order(weights))[..., None]  # two rows in each arm give at least 1
    return Placement(treated, reference, win_probability, variance, weights / total)


def _variance_of_mean(values: Matrix, counts: Matrix, mean: Vector) -> Vector:
    n = counts.sum(axis=-1)
    squares = add_in_order(counts * (values - mean[..., None]) ** 2)
    return squares / _not_zero((n - 1.0) * n)


def _not_zero(n: Vector) -> Vector:
    """Divisors: what is divided is 0 where there are no rows."""
    return np.maximum(n, 1.0)
