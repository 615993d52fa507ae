"""Cumulative logits by a likelihood of the check's own: P(Y <= j) = expit(cut_j + x'effects).

The parameters are the first cut, the logarithms of the gaps between the cuts, and the effects; a
positive effect means lower levels.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import brentq
from scipy.special import logit

from analysis.qc.formulas.likelihood.complex_step import (
    ARRIVED,
    Complex,
    Matrix,
    Maximum,
    Vector,
    differentiate,
    differentiate_twice,
    maximise,
    maximise_along,
)
from analysis.qc.formulas.likelihood.finite import (
    describe_columns,
    has_ordinal_maximum,
    standardise,
)
from analysis.qc.formulas.normal import find_quantile
from analysis.qc.recomputed import NOT_REACHED

FARTHEST = 20.0
"""A profile limit farther out, in standard errors, is not estimable (docs/methods.md, 3)."""


@dataclass(frozen=True)
class CumulativeLogits:
    """Levels as codes (n,) from 0 to k - 1, all observed, and standardised columns (n, p)."""

    codes: NDArray[np.intp]
    columns: Matrix

    @property
    def cuts(self) -> int:
        """Number of cuts between the levels; the effects follow them among the parameters."""
        return int(self.codes.max())

    def contributions(self, point: Complex) -> Complex:
        """Log probability of each row's level (n,)."""
        effects = point[self.cuts :]
        shift = self.columns @ effects.real + 1j * (self.columns @ effects.imag)
        return self._log_probabilities(point[: self.cuts], shift)

    def row_scores(self, point: Vector) -> Matrix:
        """Derivatives of each row's log probability (n, q)."""
        partial = differentiate(self._move(point), np.zeros(self.cuts + 1))
        return np.hstack([partial[:, :-1], partial[:, -1:] * self.columns])

    def predictor_scores(self, point: Vector) -> Vector:
        """Derivative of each row's log probability by its linear predictor (n,)."""
        partial: Vector = differentiate(self._move(point), np.zeros(self.cuts + 1))[:, -1]
        return partial

    def information(self, point: Vector) -> Matrix:
        """Minus the second derivatives of the log likelihood (q, q)."""
        partial = differentiate_twice(self._move(point), np.zeros(self.cuts + 1))
        cuts = partial[:, :-1, :-1].sum(axis=0)
        mixed = partial[:, :-1, -1].T @ self.columns
        effects = self.columns.T @ (partial[:, -1, -1:] * self.columns)
        curvature = np.block([[cuts, mixed], [mixed.T, effects]])
        return -np.asarray(curvature + curvature.T, dtype=np.float64) / 2.0

    def _move(self, point: Vector) -> Callable[[Complex], Complex]:
        """Log probabilities by a step of the cuts and one of every row's linear predictor.

        A row depends on the effects through its predictor alone, in which they are linear.
        """
        shift = self.columns @ point[self.cuts :]
        return lambda step: self._log_probabilities(
            point[: self.cuts] + step[:-1], shift + step[-1]
        )

    def _log_probabilities(self, cuts_and_gaps: Complex, shift: Complex) -> Complex:
        gaps = np.exp(cuts_and_gaps[1:])
        cuts = np.cumsum(np.concatenate([cuts_and_gaps[:1], gaps]))
        upper, lower = self.codes < self.cuts, self.codes > 0
        between = upper & lower
        result = np.zeros(len(shift), dtype=np.complex128)
        result[upper] += log_expit(cuts[self.codes[upper]] + shift[upper])
        result[lower] += log_expit(-cuts[self.codes[lower] - 1] - shift[lower])
        result[between] += np.log(-np.expm1(-gaps))[self.codes[between] - 1]
        return result

    def start(self) -> Vector:
        """The maximum without effects."""
        below = np.cumsum(np.bincount(self.codes))[:-1] / len(self.codes)
        cuts = logit(below)
        return np.concatenate([cuts[:1], np.log(np.diff(cuts)), np.zeros(self.columns.shape[1])])


@dataclass(frozen=True)
class ShiftFit:
    """The maximum of a shift model and what follows for its first column, per unit as given."""

    model: CumulativeLogits
    maximum: Maximum
    scale: float

    @property
    def log_odds_ratio(self) -> float:
        """Of a lower level."""
        return float(self.maximum.point[self.model.cuts]) / self.scale

    @property
    def standard_error(self) -> float:
        """From the observed information."""
        first = self.model.cuts
        variance = float(self.maximum.covariance[first, first])
        return math.sqrt(variance) / self.scale

    def cluster_error(self, clusters: NDArray[np.intp]) -> float:
        """Sandwich standard error with rows of a cluster (n,) together, without any factor."""
        row_scores = self.model.row_scores(self.maximum.point)
        sums = np.array([row_scores[clusters == cluster].sum(axis=0) for cluster in set(clusters)])
        influence = sums @ self.maximum.covariance[:, self.model.cuts]
        return float(np.sqrt(influence @ influence)) / self.scale

    def robust_error(self) -> float:
        """Sandwich standard error (HC0), every row by itself."""
        row_scores = self.model.row_scores(self.maximum.point)
        influence = row_scores @ self.maximum.covariance[:, self.model.cuts]
        return float(np.sqrt(influence @ influence)) / self.scale

    def profile_limit(self, side: float, alpha: float) -> float | None:
        """The log odds ratio, below (side -1) or above (1), whose deviance is the quantile."""
        wanted = find_quantile(alpha)

        def distance(errors: float) -> float:
            return self._root_deviance(side * errors) - wanted

        reach = wanted
        while not distance(reach) > 0.0:
            reach *= 1.5
            if reach > FARTHEST:
                return None
        errors = brentq(distance, 0.0, reach, xtol=1e-13, rtol=1e-13)
        return self.log_odds_ratio + side * float(errors) * self.standard_error

    def likelihood_ratio(self) -> float | None:
        """Twice the log likelihood that the first column adds; None if it cannot be found."""
        if self.model.columns.shape[1] == 1:
            rest = float(self.model.contributions(self.model.start().astype(complex)).real.sum())
            return max(2.0 * (self.maximum.value - rest), 0.0)
        without = CumulativeLogits(self.model.codes, self.model.columns[:, 1:])
        reduced = maximise(without, without.start(), ARRIVED)
        return None if reduced is None else max(2.0 * (self.maximum.value - reduced.value), 0.0)

    def _root_deviance(self, errors: float) -> float:
        first = self.model.cuts
        value = float(self.maximum.point[first]) + errors * self.standard_error * self.scale
        best = maximise_along(self.model, self.maximum, first, value)
        return np.nan if best is None else float(np.sqrt(max(2.0 * (self.maximum.value - best), 0)))


def fit_shift(levels: NDArray[np.int64], columns: Matrix) -> ShiftFit | str:
    """Return the fit, or why there is none. ``columns`` (n, p): the arm, 0 and 1, first."""
    found = _fit(levels, columns)
    if isinstance(found, str):
        return found
    return ShiftFit(*found, float(columns[:, 0].std()))


def find_residuals(levels: NDArray[np.int64], columns: Matrix) -> Vector | str:
    """Return the scores (n,) of rows in the linear predictor of a fit of ``columns`` (n, p).

    Their sum over the treated is the score of an arm that the fit does not hold.
    """
    found = _fit(levels, columns)
    if isinstance(found, str):
        return found
    model, maximum = found
    return model.predictor_scores(maximum.point)


def _fit(levels: NDArray[np.int64], columns: Matrix) -> tuple[CumulativeLogits, Maximum] | str:
    observed, codes = np.unique(levels, return_inverse=True)
    reason = describe_columns(columns)
    if len(observed) < 2:
        reason = "one level of the outcome"
    if reason:
        return reason
    if not has_ordinal_maximum(codes, columns):
        return "separation: no finite estimate exists"
    model = CumulativeLogits(codes, standardise(columns))
    maximum = maximise(model, model.start())
    return NOT_REACHED if maximum is None else (model, maximum)


def log_expit(logits: Complex) -> Complex:
    """Return the logarithm of 1 / (1 + exp(-logits)), without overflow on either side."""
    positive = logits.real > 0.0
    small = np.where(positive, -logits, logits)
    return np.where(positive, 0.0, logits) - np.log(1.0 + np.exp(small))
