"""Maximum of a partial proportional-odds likelihood (docs/methods.md, section 8)."""

from dataclasses import dataclass

import numpy as np

from analysis.errors import EstimationError
from analysis.errors.reason_codes import ReasonCode
from analysis.models.cumulative_logit.data import OrdinalData
from analysis.models.cumulative_logit.free_effects import PartialLogit
from analysis.models.data.design_matrix import Basis, put_first
from analysis.models.numerics.newton import Convergence, Optimum, maximise
from analysis.models.numerics.separation import DIVERGING
from analysis.models.proportional_odds.fit import ProportionalOddsFit
from analysis.models.proportionality.partial_odds.boundary import explain_divergence, require_order
from analysis.models.types import Matrix, Vector


@dataclass(frozen=True)
class PartialMaximum:
    """The maximum in the uncorrelated columns of ``basis``, the nonproportional ones first."""

    model: PartialLogit
    basis: Basis
    optimum: Optimum
    smallest_distance: float
    unit: float

    @property
    def log_likelihood(self) -> float:
        """The maximised log likelihood."""
        return self.optimum.derivatives.value * self.unit

    def back_transform(self) -> Matrix:
        """Return the matrix that takes the parameters to those of the columns themselves.

        From (alpha cut by cut, beta) of the basis to (theta, beta, gamma cut by cut).
        """
        basis, cuts = self.basis, self.model.cuts
        q, p = self.model.w.shape[1] - 1, len(basis.scale)
        effects = basis.back_transform(0)
        back = np.zeros((self.model.size,) * 2)
        shared, free = slice(cuts * (1 + q), None), cuts + p - q
        back[cuts:free, shared] = effects[q:, q:]
        for cut in range(cuts):
            start = cut * (1 + q)
            gamma = slice(free + cut * q, free + (cut + 1) * q)
            slopes = slice(start + 1, start + 1 + q)
            back[cut, start] = 1.0
            back[cut, slopes] = -basis.centre @ effects[:, :q]
            back[cut, shared] = -basis.centre @ effects[:, q:]
            back[gamma, slopes] = effects[:q, :q]
            back[gamma, shared] = effects[:q, q:]
        return back


def maximise_partial(
    data: OrdinalData, start: ProportionalOddsFit, free: tuple[int, ...]
) -> PartialMaximum:
    """Return the maximum with free effects of the columns ``free``.

    ``start``: the proportional-odds fit of the same data. Raises EstimationError where there is no
    maximum inside the ordered region.
    """
    unit = float(data.weights.max())
    basis, _ = put_first(data.basis, free)
    q = len(free)
    w = np.column_stack([np.ones(len(data.order)), basis.scores[:, :q]])
    model = PartialLogit(w, basis.scores[:, q:], data.weights / unit, data.starts)
    optimum = maximise(model.evaluate, _start(basis, start, free))
    converged = optimum.convergence is Convergence.CONVERGED
    if not converged or _largest_logit(model, optimum.parameters) > DIVERGING:
        explain_divergence(data, free)
    if not converged:
        raise EstimationError(ReasonCode.NOT_CONVERGED, why=optimum.convergence.value)
    distance = require_order(model, optimum.parameters, data.levels, free)
    return PartialMaximum(model, basis, optimum, distance, unit)


def _start(basis: Basis, fit: ProportionalOddsFit, free: tuple[int, ...]) -> Vector:
    """The proportional-odds fit in the parameters of the basis."""
    others = [j for j in range(len(fit.beta)) if j not in free]
    beta = fit.beta[[*free, *others]]
    intercepts, slopes = basis.to_scores(fit.theta, beta)
    alpha = np.column_stack([intercepts, np.tile(slopes[: len(free)], (len(intercepts), 1))])
    return np.concatenate([alpha.ravel(), slopes[len(free) :]])


def _largest_logit(model: PartialLogit, parameters: Vector) -> float:
    upper, lower, _ = model.logits(parameters)
    logits = np.abs(np.concatenate([upper, lower]))
    return float(np.max(logits[np.isfinite(logits)]))
