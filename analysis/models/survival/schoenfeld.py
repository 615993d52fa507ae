"""Score test of proportional hazards on Schoenfeld residuals (docs/methods.md, section 15).

Grambsch & Therneau (1994), in the exact form of Therneau.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from analysis.models.data.arrays import read_columns, read_vector
from analysis.models.data.terms import (
    ProportionalityTests,
    Term,
    Terms,
    TermTest,
    all_columns,
    read_terms,
)
from analysis.models.survival.kaplan_meier import estimate_survival
from analysis.models.survival.times import SurvivalTimes
from analysis.models.types import Matrix, Vector

SCHOENFELD_METHOD = "score test of Schoenfeld residuals on 1 - Kaplan-Meier"


def schoenfeld_test(
    time: ArrayLike, event: ArrayLike, x: ArrayLike, beta: ArrayLike, terms: Terms | None = None
) -> ProportionalityTests:
    """Return the test that no log hazard ratio changes with time.

    ``time``, ``event``, ``x``: the data of the proportional-hazards fit ``beta`` (p,). ``terms``:
    groups of column numbers tested together, by default each column. The model is extended by every
    column of a term times g(t), g = 1 - the Kaplan-Meier estimate just before t of all rows
    together, and the score of these effects at 0 is tested; as many degrees of freedom as columns.
    A test whose information is not positive definite is not estimable. Raises EstimationError for
    unusable input and without an event.

    >>> from analysis.models.survival import fit_proportional_hazards
    >>> days, died = [7, 20, 90, 90, 2, 10, 30, 90], [1, 1, 0, 0, 1, 1, 1, 0]
    >>> x = [[1]] * 4 + [[0]] * 4
    >>> fit = fit_proportional_hazards(days, died, x)
    >>> round(schoenfeld_test(days, died, x, fit.beta).overall.p_value, 2)
    0.98
    """
    times = SurvivalTimes.read(time, event)
    columns = read_columns(x, len(times.time))
    times.require_events()
    p = columns.shape[1]
    effects = read_vector(beta, p, "beta")
    sums = _sum_over_events(times, columns, effects, _time_scale(times))

    def test(term: Term) -> TermTest:
        chosen = list(term.columns)
        across = sums.by_time[:, chosen]
        explained = across.T @ np.linalg.solve(sums.information, across)
        left = sums.by_square[np.ix_(chosen, chosen)] - explained
        return term.quadratic_test(sums.score[chosen], left, len(chosen), "the information")

    return ProportionalityTests(
        SCHOENFELD_METHOD, test(all_columns(p)), tuple(test(term) for term in read_terms(terms, p))
    )


@dataclass(frozen=True)
class _Sums:
    """Over the events: Schoenfeld residuals times g (p,); information, times g, times g squared."""

    score: Vector
    information: Matrix
    by_time: Matrix
    by_square: Matrix


def _sum_over_events(
    times: SurvivalTimes, columns: Matrix, effects: Vector, scale: Vector
) -> _Sums:
    """``scale`` (k,): g at each event time. Tied events share the risk set as Efron has it."""
    centred = columns - columns.mean(axis=0)
    linear = centred @ effects
    hazard = np.exp(linear - linear.max())
    p = columns.shape[1]
    score, parts = np.zeros(p), np.zeros((3, p, p))
    for moment, g in zip(times.event_times, scale, strict=True):
        at_risk = times.time >= moment
        died = (times.event & (times.time == moment))[at_risk]
        means, variance = _describe_risk_sets(centred[at_risk], hazard[at_risk], died)
        score += g * (centred[at_risk][died].sum(axis=0) - means)
        parts += np.array([1.0, g, g**2])[:, None, None] * variance
    return _Sums(score, parts[0], parts[1], parts[2])


def _describe_risk_sets(
    rows: Matrix, hazard: Vector, died: NDArray[np.bool_]
) -> tuple[Vector, Matrix]:
    """Mean and variance of the columns among those at risk, summed over the tied events.

    For the j-th of m events (from 0) those who have the event count as 1 - j / m.
    """
    p, m = rows.shape[1], int(died.sum())
    means, variance = np.zeros(p), np.zeros((p, p))
    for j in range(m):
        weight = hazard * np.where(died, 1.0 - j / m, 1.0)
        weight /= weight.sum()
        mean = weight @ rows
        means += mean
        variance += rows.T @ (weight[:, None] * rows) - np.outer(mean, mean)
    return means, variance


def _time_scale(times: SurvivalTimes) -> Vector:
    """1 - the Kaplan-Meier estimate just before each event time."""
    curve = estimate_survival(times.time, times.event)
    return np.concatenate([[0.0], 1.0 - curve.survival[:-1]])
