"""Imputation models of one variable, in many chains at once or, where that fails, one by one."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

from analysis.models.imputation.conditional_models import (
    LevelModel,
    NormalModel,
    fit_levels,
    fit_normal,
    select_predictors,
)
from analysis.models.imputation.step import Step
from analysis.models.proportional_odds.many_fits import fit_stack, invert_root
from analysis.models.types import Matrix, Stack, Vector


@dataclass(frozen=True)
class StackedNormal:
    """m models of n rows. ``coefficients`` (m, 1 + q), intercept first; ``root`` (m, 1 + q, 1 + q):
    root root' inverts the cross-products; ``residual`` (m,): residual sums of squares, on
    ``freedom`` degrees of freedom. ``fitted`` (m,): False where there are too few rows, or the
    columns are too dependent for normal equations.
    """

    coefficients: Matrix
    root: Stack
    residual: Vector
    freedom: int
    fitted: NDArray[np.bool_]


def fit_normal_stack(y: Vector, x: Stack) -> StackedNormal:
    """Return the least-squares fits of ``y`` (n,) to ``x`` (m, n, q) with an intercept."""
    design = np.concatenate([np.ones((*x.shape[:2], 1)), x], axis=2)
    transposed = design.swapaxes(1, 2)
    root, sound = invert_root(np.matmul(transposed, design))
    products = np.matmul(transposed, y[:, None])
    coefficients = np.matmul(root, np.matmul(root.swapaxes(1, 2), products))
    residuals = y - np.matmul(design, coefficients)[:, :, 0]
    freedom = design.shape[1] - design.shape[2]
    return StackedNormal(
        coefficients=coefficients[:, :, 0],
        root=root,
        residual=np.sum(residuals**2, axis=1),
        freedom=freedom,
        fitted=sound & (freedom > 0),
    )


Model = TypeVar("Model", LevelModel, NormalModel)


@dataclass(frozen=True)
class Fitted(Generic[Model]):
    """One chain's model, its columns (m, q) of the missing rows, and what it could not use."""

    model: Model
    missing: Matrix
    left_out: frozenset[str]


def fit_level_models(
    step: Step, x: Matrix, filled: Stack, separations: Sequence[str], starts: Matrix
) -> list[Fitted[LevelModel]]:
    """Return the proportional-odds model of a step in every chain of ``filled`` (m, n, variables).

    ``separations`` (m,): why a chain's model is to be augmented, empty if it is not. ``starts`` (m,
    r): where to start, replaced by the estimates. Raises EstimationError where there is no model.
    """
    plain = np.flatnonzero([not separation for separation in separations])
    models = _fit_together(step, filled, plain, starts) if len(plain) else {}
    return _complete(
        step, x, filled, models, lambda i, rows: fit_levels(step.y, rows, separations[i])
    )


def _fit_together(
    step: Step, filled: Stack, plain: NDArray[np.intp], starts: Matrix
) -> dict[int, LevelModel]:
    """The models of the chains ``plain`` that plain steps reach."""
    model = step.model(step.predictors(filled[plain], step.fitted))
    found = fit_stack(model, starts[plain])
    starts[plain[found.fitted]] = found.parameters[found.fitted]
    cuts = step.cuts
    models = {}
    for j in np.flatnonzero(found.fitted):
        theta, beta = found.parameters[j, :cuts], found.parameters[j, cuts:]
        models[int(plain[j])] = LevelModel(step.levels, theta, beta, found.root[j], "")
    return models


def fit_normal_models(step: Step, x: Matrix, filled: Stack) -> list[Fitted[NormalModel]]:
    """Return the linear model of a step in every chain of ``filled`` (m, n, variables).

    Raises EstimationError where there is no model.
    """
    found = fit_normal_stack(step.y, step.predictors(filled, step.fitted))
    models = {
        int(i): NormalModel(
            found.coefficients[i], found.root[i], float(found.residual[i]), found.freedom
        )
        for i in np.flatnonzero(found.fitted)
    }
    return _complete(step, x, filled, models, lambda _, rows: fit_normal(step.y, rows))


def _complete(
    step: Step,
    x: Matrix,
    filled: Stack,
    models: Mapping[int, Model],
    fit: Callable[[int, Matrix], Model],
) -> list[Fitted[Model]]:
    """Add what the other chains need one by one: usable columns, then ``fit`` (chain, rows)."""
    missing = step.predictors(filled, step.missing)
    fits = []
    for i, chain in enumerate(filled):
        if i in models:
            fits.append(Fitted(models[i], missing[i], step.left_out))
            continue
        selected = select_predictors(step.candidates(x, chain), step.fitted)
        model = fit(i, selected.columns[step.fitted])
        left_out = frozenset(step.labels[j] for j in selected.left_out)
        fits.append(Fitted(model, selected.columns[step.missing], left_out))
    return fits
