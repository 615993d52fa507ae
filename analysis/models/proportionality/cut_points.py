"""Logistic fits at every cut point and their odds ratios (docs/methods.md, section 7)."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from analysis.errors import EstimationError
from analysis.errors.reason import Reason
from analysis.errors.reason_codes import ReasonCode
from analysis.models.cumulative_logit.data import OrdinalData
from analysis.models.data.arrays import read_list
from analysis.models.data.terms import read_term
from analysis.models.numerics.wald import Interval, wald_interval
from analysis.models.proportional_odds.fit import ProportionalOddsFit, fit_proportional_odds
from analysis.models.types import Matrix


@dataclass(frozen=True)
class CutPoint:
    """The logistic model of Y <= ``level``; ``fit`` is None with a ``reason``.

    ``at_or_below``, ``above``: subjects on either side (sums of weights). ``fit.beta`` are the log
    odds ratios of Y <= level, ``fit.theta`` the intercept.
    """

    level: int
    at_or_below: float
    above: float
    fit: ProportionalOddsFit | None
    reason: Reason | None = None

    def interval(self, column: int, alpha: float) -> Interval:
        """Return the Wald interval and p-value of one log odds ratio; EstimationError without."""
        if self.fit is None:
            raise EstimationError(self.reason or ReasonCode.NO_REASON)
        (place,) = read_term((column,), len(self.fit.beta))
        return wald_interval(float(self.fit.beta[place]), float(self.fit.beta_errors[place]), alpha)


def fit_cut_points(
    y: ArrayLike,
    x: ArrayLike,
    *,
    cuts: Sequence[int] | None = None,
    weights: ArrayLike | None = None,
) -> tuple[CutPoint, ...]:
    """Return the logistic fit of Y <= level for every cut point, each estimable or with a reason.

    ``y`` (n,): integer levels; ``x`` (n, p); ``weights`` (n,): frequencies. ``cuts``: the levels to
    cut at, by default every observed one but the highest; they need not be observed.

    Raises EstimationError for input that no cut point can be fitted to: shapes that differ,
    anything but finite numbers, a single observed level, constant or collinear columns.

    >>> mrs, x = [0, 0, 1, 1, 2, 3, 0, 1, 2, 2, 3, 3], [[1]] * 6 + [[0]] * 6
    >>> [np.exp(cut.fit.beta).round(1).tolist() for cut in fit_cut_points(mrs, x)]
    [[2.5], [4.0], [2.5]]
    """
    data = OrdinalData.read(y, x, weights)
    asked = data.levels[:-1] if cuts is None else _read_cuts(cuts)
    return tuple(_fit_cut(data, level) for level in asked)


def cut_logits(data: OrdinalData) -> tuple[tuple[ProportionalOddsFit, ...], Matrix]:
    """Return the logistic fits at the inner cut points and their logits (cuts, n) of each row.

    Raises EstimationError, naming the cut point, if one of them has no estimate.
    """
    fits = []
    for level in data.levels[:-1]:
        cut = _fit_cut(data, level)
        if cut.fit is None:
            why = cut.reason or Reason.of(ReasonCode.NO_REASON)
            raise EstimationError(ReasonCode.NO_FIT_UP_TO_LEVEL, level=level, reason=why)
        fits.append(cut.fit)
    logits = [fit.theta[0] + data.columns @ fit.beta for fit in fits]
    return tuple(fits), np.array(logits)


def _read_cuts(cuts: Sequence[int]) -> tuple[int, ...]:
    levels = read_list(cuts, "cuts")
    if np.any(levels != np.round(levels)):
        raise EstimationError("cuts must be integer levels")
    return tuple(sorted({int(level) for level in levels}))


def _fit_cut(data: OrdinalData, level: int) -> CutPoint:
    below: NDArray[np.bool_] = np.asarray(data.levels)[data.codes] <= level
    inside, total = float(data.weights @ below), float(data.weights.sum())
    if not below.any() or below.all():
        code = ReasonCode.EVERYBODY_UP_TO_LEVEL if below.all() else ReasonCode.NOBODY_UP_TO_LEVEL
        return CutPoint(level, inside, total - inside, None, Reason.of(code, level=level))
    try:
        fit = fit_proportional_odds(~below, data.columns, weights=data.weights)
    except EstimationError as error:
        return CutPoint(level, inside, total - inside, None, error.reason)
    return CutPoint(level, inside, total - inside, fit)
