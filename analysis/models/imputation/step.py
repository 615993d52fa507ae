"""One step of the chained equations: the model of one variable, the same over chains and cycles."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analysis.errors import EstimationError
from analysis.errors.reason_codes import ReasonCode
from analysis.models.cumulative_logit.common_effects import CumulativeLogit
from analysis.models.imputation.conditional_models import select_predictors
from analysis.models.imputation.data import ArmRows
from analysis.models.types import Matrix, Stack, Vector


@dataclass(frozen=True)
class Step:
    """The model of variable ``place`` among the variables of an arm's n rows.

    ``fitted``: its observed rows; ``y``: their values;
    ``missing``: the rows to impute; ``below``: which of those never have the last level.
    ``fixed`` (n, q): the usable columns of x, standardised; ``others``: the variables that are
    predictors as well, with ``centre`` and ``scale``, their observed means and standard deviations.
    ``labels``: names of all columns of x and of all other variables; ``left_out``: those of them
    that no chain can use.
    """

    name: str
    place: int
    continuous: bool
    y: Vector
    fitted: NDArray[np.intp]
    missing: NDArray[np.intp]
    below: NDArray[np.bool_]
    fixed: Matrix
    others: tuple[int, ...]
    centre: Vector
    scale: Vector
    labels: tuple[str, ...]
    left_out: frozenset[str]

    @property
    def levels(self) -> Vector:
        """The observed levels in order."""
        return np.unique(self.y)

    @property
    def cuts(self) -> int:
        """Number of cut points."""
        return len(self.levels) - 1

    def start(self) -> Vector:
        """Return the parameters of the marginal distribution; none if continuous."""
        if self.continuous:
            return np.zeros(0)
        columns = np.zeros((1, self.fixed.shape[1] + len(self.others), len(self.y)))
        start: Vector = self.model(columns.swapaxes(1, 2)).start()[0]
        return start

    def model(self, columns: Stack) -> CumulativeLogit:
        """Return the model of the observed rows on each of ``columns`` (m, n, q)."""
        codes = np.searchsorted(self.levels, self.y)
        stacked = np.broadcast_to(codes, columns.shape[:2])
        return CumulativeLogit.build(columns.swapaxes(1, 2), stacked, len(self.levels))

    def predictors(self, filled: Stack, rows: NDArray[np.intp]) -> Stack:
        """Return the columns (m, rows, q) of the chains ``filled`` (m, n, variables)."""
        others = np.asarray(self.others, dtype=np.intp)
        varying = (filled[:, rows[:, None], others] - self.centre) / self.scale
        fixed = np.broadcast_to(self.fixed[rows], (len(filled), *self.fixed[rows].shape))
        return np.concatenate([fixed, varying], axis=2)

    def candidates(self, x: Matrix, filled: Matrix) -> Matrix:
        """Return every column (n, p + variables - 1) of one chain, as labelled, unscaled."""
        return np.hstack([x, np.delete(filled, self.place, axis=1)])


def build_step(rows: ArmRows, place: int) -> Step:
    """Return the step of one variable; EstimationError for as many columns of x as rows."""
    variable = rows.variables[place]
    fitted = np.flatnonzero(~variable.missing)
    try:
        selected = select_predictors(rows.x, fitted)
    except EstimationError as error:
        raise EstimationError(
            ReasonCode.IN_IMPUTATION_MODEL, variable=variable.name, reason=error.reason
        ) from error
    rest = [j for j in range(len(rows.variables)) if j != place]
    observed = {j: rows.variables[j].observed for j in rest}
    others = tuple(j for j in rest if len(np.unique(observed[j])) > 1)
    labels = [f"column {j}" for j in range(rows.x.shape[1])]
    constant = [rows.variables[j].name for j in rest if j not in others]
    return Step(
        name=variable.name,
        place=place,
        continuous=variable.continuous,
        y=variable.values[fitted],
        fitted=fitted,
        missing=np.flatnonzero(variable.missing),
        below=rows.below[variable.missing] & (variable is rows.outcome),
        fixed=selected.columns,
        others=others,
        centre=np.array([observed[j].mean() for j in others]),
        scale=np.array([observed[j].std() for j in others]),
        labels=(*labels, *(rows.variables[j].name for j in rest)),
        left_out=frozenset([*(labels[j] for j in selected.left_out), *constant]),
    )
