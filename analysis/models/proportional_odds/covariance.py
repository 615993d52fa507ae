"""Expected-information and robust covariances of a proportional-odds fit (docs/methods.md, 2)."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analysis.errors import EstimationError
from analysis.errors.reason_codes import ReasonCode
from analysis.models.cumulative_logit.covariance import Information, expected_information, sandwich
from analysis.models.cumulative_logit.free_effects import PartialLogit
from analysis.models.data.design_matrix import Basis
from analysis.models.numerics.newton import Derivatives
from analysis.models.types import Matrix, Vector


@dataclass(frozen=True)
class FittedRows:
    """``codes`` (n,): levels from 0; ``weights`` (n,), None for ones, are ``unit`` times as large
    in the data; ``offset`` (n,) or None; ``clusters`` (n,) from 0 or None. ``parameters``: the
    estimates for the scores of ``basis``.
    """

    basis: Basis
    codes: NDArray[np.intp]
    weights: Vector | None
    unit: float
    offset: Vector | None
    clusters: NDArray[np.intp] | None
    parameters: Vector

    def expected_covariance(self) -> Matrix:
        """Return the inverse of the expected information of (theta, beta)."""
        model, point = self._model()
        information = self._drop_offset(expected_information(model, point))
        return self._carry_back(_invert(information) / self.unit)

    def robust_covariance(self) -> Matrix:
        """Return the sandwich of (theta, beta), by cluster if there are any."""
        model, point = self._model()
        information = _evaluate(model, point).information
        # bread of (theta, beta) alone: the effect of an offset is known
        bread = np.zeros_like(information)
        size = len(self.parameters)
        bread[:size, :size] = _invert(self._drop_offset(information))
        clusters = None if self.clusters is None else self.clusters[self._order()]
        robust = self._drop_offset(sandwich(model, point, bread, clusters))
        # the meat of clusters holds squares of summed weights, not sums of weights
        return self._carry_back(robust if clusters is not None else robust / self.unit)

    def standardised_score(self, column: Vector, information: Information) -> float:
        """Return the score of one more column (n,), at no effect, over its standard deviation."""
        tested = column / np.abs(column).max()
        model, point = self._model(tested)
        found = _evaluate(model, point)
        kind = information is Information.EXPECTED
        matrix = expected_information(model, point) if kind else found.information
        size = len(self.parameters)
        # I_bb - I_bo I_oo^-1 I_ob
        across = matrix[:size, size]
        left = matrix[size, size] - across @ np.linalg.solve(matrix[:size, :size], across)
        if not left > 0.0:
            raise EstimationError(f"the {information} information of the effect is not positive")
        return float(found.gradient[size] / np.sqrt(left) * np.sqrt(self.unit))

    def _model(self, tested: Vector | None = None) -> tuple[PartialLogit, Vector]:
        """The model with the same effects at every cut, followed by a tested column of effect 0 and
        by the offset, a column of effect 1.
        """
        order = self._order()
        n, cuts = len(order), int(self.codes.max())
        more = [part[order, None] for part in (tested, self.offset) if part is not None]
        effects = [0.0] * (tested is not None) + [1.0] * (self.offset is not None)
        weights = np.ones(n) if self.weights is None else self.weights[order]
        starts = np.searchsorted(self.codes[order], np.arange(cuts + 1))
        columns = np.hstack([self.basis.scores[order], *more])
        model = PartialLogit(np.ones((n, 1)), columns, weights, starts)
        return model, np.append(self.parameters, effects)

    def _order(self) -> NDArray[np.intp]:
        return np.argsort(self.codes, kind="stable")

    def _drop_offset(self, matrix: Matrix) -> Matrix:
        size = len(self.parameters)
        return matrix[:size, :size]

    def _carry_back(self, covariance: Matrix) -> Matrix:
        back = self.basis.back_transform(int(self.codes.max()))
        return back @ covariance @ back.T


def _evaluate(model: PartialLogit, point: Vector) -> Derivatives:
    found = model.evaluate(point)
    if found is None:
        raise EstimationError(ReasonCode.CUT_POINTS_COINCIDE)
    return found


def _invert(matrix: Matrix) -> Matrix:
    return np.asarray(np.linalg.inv(matrix), dtype=np.float64)
