"""Firth's penalised likelihood of a logistic model, its derivatives, and its profile.

The log likelihood plus half the logarithm of the determinant of its information (Firth 1993).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from scipy.special import expit, xlog1py, xlogy

from analysis.errors import EstimationError
from analysis.errors.reason_codes import ReasonCode
from analysis.models.data.design_matrix import build_basis
from analysis.models.numerics.newton import Convergence, Derivatives, Optimum, maximise
from analysis.models.types import Matrix, Vector

REACH = 4.0
"""Logits: from 0 to where a risk is 2 or 98 percent."""
FLAT = 1e-3
"""Share of the largest eigenvalue below which a direction that bends upwards is taken as flat."""


@dataclass(frozen=True)
class FirthLikelihood:
    """The penalised likelihood of terms (n, q) and events (n,)."""

    terms: Matrix
    happened: Vector

    def information(self, point: Vector) -> Matrix:
        """Return that of the likelihood without the penalty (q, q)."""
        return _weigh(self.terms, expit(self.terms @ point))

    def at(self, point: Vector) -> Derivatives | None:
        """Return value, gradient and curvature; None where the information has no determinant."""
        risks = expit(self.terms @ point)
        information = _weigh(self.terms, risks)
        sign, log_determinant = np.linalg.slogdet(information)
        if sign <= 0.0 or not np.isfinite(log_determinant):
            return None
        inverse = np.asarray(np.linalg.inv(information), dtype=np.float64)
        reach = self.terms @ inverse
        leverage = np.sum(reach * self.terms, axis=1)
        weights = risks * (1.0 - risks)
        value = float(np.sum(xlogy(self.happened, risks) + xlog1py(1 - self.happened, -risks)))
        pull = weights * leverage * (0.5 - risks)
        gradient = self.terms.T @ (self.happened - risks + pull)
        curvature = information - self._curvature(risks, weights, leverage, reach)
        return Derivatives(value + 0.5 * log_determinant, gradient, curvature)

    def maximise(self, start: Vector) -> Optimum:
        """Return the maximum; EstimationError where Newton's method does not reach it."""
        return _climb(self.at, start)

    def _curvature(self, risks: Vector, weights: Vector, leverage: Vector, reach: Matrix) -> Matrix:
        """Second derivatives (q, q) of half the logarithm of the determinant."""
        own = self.terms * (weights * leverage * (1.0 - 6.0 * weights))[:, None]
        roots = np.sqrt(weights)[:, None]
        hat = (roots * reach) @ (roots * self.terms).T  # at most 1, where reach alone overflows
        sloping = self.terms * (1.0 - 2.0 * risks)[:, None]
        crossed = sloping.T @ hat**2 @ sloping
        curvature: Matrix = 0.5 * (self.terms.T @ own - crossed)
        return curvature


@dataclass(frozen=True)
class HeldEffect:
    """The penalised likelihood with one effect held: that of the last of its uncorrelated terms.

    ``scale``: what an effect of that term is of the column's. ``found``: by effect of the column,
    the other parameters (q - 1,) at the maximum, at ``estimate`` those of the free maximum; a
    search begins at those of the nearest effect.
    """

    model: FirthLikelihood
    scale: float
    estimate: float
    found: dict[float, Vector]

    @classmethod
    def build(
        cls, columns: Matrix, happened: Vector, column: int, intercept: float, beta: Vector
    ) -> HeldEffect:
        """Return it for a column of columns (n, p); ``intercept`` and ``beta`` are the maximum."""
        order = [*np.delete(np.arange(columns.shape[1]), column), column]
        basis = build_basis(columns[:, order])
        model = FirthLikelihood(with_constant(basis.scores), happened)
        cut, effects = basis.to_scores(np.array([intercept]), beta[order])
        others = np.concatenate([cut, effects[:-1]])
        scale = float(basis.triangle[-1, -1] * basis.scale[-1])
        estimate = float(beta[column])
        return cls(model, scale, estimate, {estimate: others})

    def maximise(self, effect: float, *, widely: bool = False) -> float:
        """Return the highest penalised log likelihood with the effect at this value.

        Far from the free maximum a handful of subjects may leave several maxima. ``widely`` seeks
        them from further points too: from the free maximum, from no effect, and from there with one
        other parameter after the other moved by 4 logits a standard deviation.
        """

        def at(others: Vector) -> Derivatives | None:
            found = self.model.at(np.append(others, effect * self.scale))
            if found is None:
                return None
            return Derivatives(found.value, found.gradient[:-1], found.information[:-1, :-1])

        nearest = min(self.found, key=lambda known: abs(known - effect))
        top = self.found[self.estimate]
        moves = REACH * np.eye(len(top))
        further = (top, 0.0 * top, *moves, *-moves)
        best = _climb_highest(at, (self.found[nearest], *(further if widely else ())))
        if widely:  # what was found on the way to a lower maximum leads back to it
            self.found.clear()
            self.found[self.estimate] = top
        self.found[effect] = best.parameters
        return best.derivatives.value


def with_constant(columns: Matrix) -> Matrix:
    """Return the columns (n, p) behind a column of 1."""
    return np.column_stack([np.ones(len(columns)), columns])


def _weigh(terms: Matrix, risks: Vector) -> Matrix:
    information: Matrix = terms.T @ (terms * (risks * (1.0 - risks))[:, None])
    return information


def _climb(at: Callable[[Vector], Derivatives | None], start: Vector) -> Optimum:
    """The maximum by steps that rise also where the penalty bends the likelihood upwards."""

    def turned(point: Vector) -> Derivatives | None:
        found = at(point)
        return found and replace(found, information=_turn(found.information))

    optimum = maximise(turned, start)
    if optimum.convergence is not Convergence.CONVERGED:
        raise EstimationError(ReasonCode.NOT_CONVERGED, why=optimum.convergence.value)
    return optimum


def _climb_highest(at: Callable[[Vector], Derivatives | None], starts: Sequence[Vector]) -> Optimum:
    """The highest of the maxima that are reached; EstimationError if none is."""
    found: list[Optimum] = []
    for start in starts:
        try:
            found.append(_climb(at, start))
        except EstimationError as error:
            failed = error
    if not found:
        raise failed
    return max(found, key=lambda optimum: optimum.derivatives.value)


def _turn(curvature: Matrix) -> Matrix:
    """The curvature with its negative eigenvalues, those of no maximum, made positive."""
    values, vectors = np.linalg.eigh(curvature)
    if values[0] > 0.0:
        return curvature
    sizes = np.maximum(np.abs(values), FLAT * np.abs(values).max())
    turned: Matrix = (vectors * sizes) @ vectors.T
    return turned
