"""Times to an event by formulas of the check's own: Efron's likelihood, log-rank, Kaplan-Meier.

The engine takes all three from statsmodels.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analysis.qc.formulas.likelihood.complex_step import (
    ByParameters,
    Complex,
    Matrix,
    Vector,
    maximise,
)
from analysis.qc.formulas.likelihood.finite import describe_columns, has_hazard_maximum, standardise
from analysis.qc.formulas.normal import find_quantile
from analysis.qc.recomputed import NOT_REACHED

ROUNDING = 1e-20
"""A chi-square below this is rounding: its root is 1e-10 standard errors."""


@dataclass(frozen=True)
class Times:
    """Days to the event or to censoring (n,), and which are events."""

    day: Vector
    event: NDArray[np.bool_]

    @property
    def moments(self) -> Vector:
        """The days with an event."""
        return np.unique(self.day[self.event])

    def take(self, rows: NDArray[np.bool_]) -> Times:
        """Return the rows that are marked."""
        return Times(self.day[rows], self.event[rows])

    def at_risk(self, day: float) -> int:
        """Number without event or censoring before a day."""
        return int(np.sum(self.day >= day))

    def died(self, day: float) -> int:
        """Number of events on a day."""
        return int(np.sum(self.event & (self.day == day)))


@dataclass(frozen=True)
class Survival:
    """Survival beyond a day; None where not estimable."""

    at_risk: int
    estimate: float | None
    standard_error: float | None
    ci_low: float | None
    ci_high: float | None


def fit_hazards(times: Times, columns: Matrix) -> tuple[float, float] | str:
    """Return the log hazard ratio of the first column and its error, ties by Efron; or why not."""
    reason = describe_columns(columns)
    at_risk = times.day >= times.moments[0]
    if np.any(np.ptp(columns[at_risk], axis=0) == 0.0):
        reason = "a column is constant among those at risk"
    if reason:
        return reason
    if not has_hazard_maximum(times.day, times.event, columns):
        return "separation: no finite estimate exists"
    z = standardise(columns)
    likelihood = _PartialLikelihood.build(times, z)
    maximum = maximise(ByParameters(likelihood.contributions), np.zeros(z.shape[1]))
    if maximum is None:
        return NOT_REACHED
    scale = columns[:, 0].std()
    return float(maximum.point[0] / scale), float(maximum.covariance[0, 0] ** 0.5 / scale)


def log_rank(times: Times, treated: NDArray[np.bool_]) -> float | str:
    """Return the chi-square of observed less expected events, hypergeometric variance; or why not.

    Of r at risk, r1 of them treated, d have the event: d r1 / r of them are expected treated.
    """
    if not times.event.any() or treated.all() or not treated.any():
        return "no event, or one arm only"
    own = times.take(treated)
    excess, variance = 0.0, 0.0
    for day in times.moments:
        r, d, r1 = times.at_risk(day), times.died(day), own.at_risk(day)
        excess += own.died(day) - d * r1 / r
        variance += d * (r1 / r) * (1 - r1 / r) * (r - d) / (r - 1) if r > 1 else 0.0
    if not variance > 0.0:
        return "no event while both are at risk"
    statistic = float(excess**2 / variance)
    return statistic if statistic > ROUNDING else 0.0


def kaplan_meier(times: Times, day: float, alpha: float) -> Survival:
    """Return survival beyond a day: product limit, Greenwood, interval on the log(-log) scale.

    Before the first event the interval is that of no event among those at risk (Clopper-Pearson).
    """
    passed = [moment for moment in times.moments if moment <= day]
    left = times.at_risk(day)
    pairs = [(times.at_risk(moment), times.died(moment)) for moment in passed]
    survival = math.prod(1.0 - d / r for r, d in pairs)
    if any(r == d for r, d in pairs):
        return Survival(left, 0.0, None, None, None)
    if not left:
        return Survival(0, None, None, None, None)
    if not pairs:
        return Survival(left, 1.0, 0.0, (alpha / 2.0) ** (1.0 / left), 1.0)
    log_error = math.sqrt(sum(d / (r * (r - d)) for r, d in pairs))
    reach = find_quantile(alpha) * log_error / abs(math.log(survival))
    limits = [math.exp(math.log(survival) * math.exp(side * reach)) for side in (1.0, -1.0)]
    return Survival(left, survival, survival * log_error, limits[0], limits[1])


@dataclass(frozen=True)
class _PartialLikelihood:
    """Efron's likelihood: by event day (k, n) who is at risk and who has the event, and columns."""

    at_risk: Matrix
    died: Matrix
    columns: Matrix

    @classmethod
    def build(cls, times: Times, columns: Matrix) -> _PartialLikelihood:
        days = times.moments[:, None]
        died = times.event & (times.day == days)
        return cls((times.day >= days).astype(float), died.astype(float), columns)

    def contributions(self, point: Complex) -> Complex:
        """Of each event day: of d events the l-th leaves (l - 1) / d of their risk out (k,)."""
        predictor = _multiply(self.columns, point)
        predictor = predictor - predictor.real.max()
        risk = np.exp(predictor)
        ties = self.died.sum(axis=1)
        order = np.arange(ties.max())
        shares = np.minimum(order / ties[:, None], 1.0)
        left = _multiply(self.at_risk, risk)[:, None] - _multiply(self.died, risk)[:, None] * shares
        logs = np.where(order < ties[:, None], np.log(left), 0.0)
        total: Complex = _multiply(self.died, predictor) - logs.sum(axis=1)
        return total


def _multiply(matrix: Matrix, vector: Complex) -> Complex:
    """Product without a complex copy of the matrix."""
    return matrix @ vector.real + 1j * (matrix @ vector.imag)
