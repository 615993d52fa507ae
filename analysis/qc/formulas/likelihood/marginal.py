"""Effects over all subjects after cumulative logits: mean shares, and the influence of each row.

Derivatives are complex steps through everything; only the common odds ratio, which is a maximum,
has its derivative from the information there.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from analysis.qc.formulas.likelihood.complex_step import (
    ByParameters,
    Complex,
    Matrix,
    Vector,
    differentiate,
    maximise,
)
from analysis.qc.formulas.likelihood.ordinal import CumulativeLogits, ShiftFit, log_expit
from analysis.qc.recomputed import NOT_REACHED


@dataclass(frozen=True)
class Marginal:
    """Shares (2k,) of the levels if all had the treatment, then if none had.

    ``influence`` (n, 2k): what each row, drawn from a population, adds to them.
    """

    shares: Vector
    influence: Matrix

    @property
    def size(self) -> int:
        """The number k of levels."""
        return len(self.shares) // 2

    def measure(self, effect: Callable[[Complex], Complex]) -> tuple[float, float]:
        """Return an effect, a function of the shares with one value (1,), and its error."""
        value = float(effect(self.shares.astype(np.complex128))[0].real)
        return value, self._error(differentiate(effect, self.shares)[0])

    def find_log_odds(self) -> tuple[float, float] | str:
        """Return the common log odds ratio of a lower level, treated over not, and its error."""
        k = self.size
        model = CumulativeLogits(np.tile(np.arange(k), 2), np.repeat([1.0, 0.0], k)[:, None])
        weighted = ByParameters(lambda point: self.shares * model.contributions(point))
        both = (self.shares[:k] + self.shares[k:]) / 2.0
        below = np.cumsum(both)[:-1]
        cuts = np.log(below / (1.0 - below))
        start = np.concatenate([cuts[:1], np.log(np.diff(cuts)), [0.0]])
        maximum = maximise(weighted, start)
        if maximum is None:
            return NOT_REACHED
        slopes = model.row_scores(maximum.point) @ maximum.covariance[:, -1]
        return float(maximum.point[-1]), self._error(slopes)

    def _error(self, slopes: Vector) -> float:
        own = self.influence @ slopes
        return math.sqrt(float(own @ own)) / len(own)


def find_marginal(fit: ShiftFit) -> Marginal:
    """Return the mean shares of both arms over the covariates of all rows of a fit."""
    model, point = fit.model, fit.maximum.point
    arm = model.columns[:, 0]
    moves = [value - arm for value in (arm.max(), arm.min())]

    def predict(parameters: Complex) -> Complex:
        return np.hstack([_find_shares(model, parameters, move) for move in moves])

    rows = predict(point.astype(np.complex128)).real
    slopes = differentiate(lambda parameters: predict(parameters).mean(axis=0), point)
    moved = model.row_scores(point) @ fit.maximum.covariance @ slopes.T
    shares = rows.mean(axis=0)
    return Marginal(shares, rows - shares + len(rows) * moved)


def find_wins(shares: Complex) -> Complex:
    """Return the log odds (1,) that a treated subject has the lower level, ties split."""
    own, other = np.split(shares, 2)
    win = np.sum(own * (np.sum(other) - np.cumsum(other) + other / 2.0))
    return np.array([np.log(win) - np.log(np.sum(own) * np.sum(other) - win)])


def difference_up_to(count: int) -> Callable[[Complex], Complex]:
    """Return the function of the difference (1,) in the share of the first levels."""

    def subtract(shares: Complex) -> Complex:
        own, other = np.split(shares, 2)
        return np.array([np.sum(own[:count]) - np.sum(other[:count])])

    return subtract


def _find_shares(model: CumulativeLogits, parameters: Complex, move: Vector) -> Complex:
    """The probability (n, k) of each level with the first column moved."""
    effects = parameters[model.cuts :]
    columns = model.columns.copy()
    columns[:, 0] += move
    shift = columns @ effects.real + 1j * (columns @ effects.imag)
    cuts = np.cumsum(np.concatenate([parameters[:1], np.exp(parameters[1 : model.cuts])]))
    up_to = np.exp(log_expit(cuts[None, :] + shift[:, None]))
    edges = np.zeros((len(shift), 1), dtype=np.complex128)
    return np.diff(np.hstack([edges, up_to, edges + 1.0]), axis=1)
