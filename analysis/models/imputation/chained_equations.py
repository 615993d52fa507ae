"""Chained equations in one arm: auxiliaries, then the outcome (docs/methods.md, section 11).

Chains advance together, because their models share rows and outcome and are fitted faster at once;
none depends on another.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from analysis.errors import EstimationError
from analysis.errors.reason_codes import ReasonCode
from analysis.models.data.arrays import chunks
from analysis.models.imputation.conditional_models import LevelDraw, LevelModel, NormalModel
from analysis.models.imputation.data import ArmRows
from analysis.models.imputation.fits import Fitted, fit_level_models, fit_normal_models
from analysis.models.imputation.step import Step, build_step
from analysis.models.types import Matrix, Stack, Vector

TOGETHER = 1_000_000
"""Numbers in the columns of chains that advance together: 8 MB stay near the processor."""


@dataclass(frozen=True)
class OutcomeDraw:
    """The last draw of the outcome: parameters, linear predictor and uniform of missing rows."""

    parameters: LevelDraw
    eta: Vector
    uniform: Vector
    below: NDArray[np.bool_]

    def shifted(self, delta: float) -> Vector:
        """Return the levels with every cumulative logit lowered by ``delta`` (towards worse)."""
        return self.parameters.levels_at(self.eta - delta, self.uniform, self.below)


@dataclass
class Chain:
    """One imputation of one arm, and what happened on the way.

    ``outcome``: its last draw. ``trace`` (cycles, visited variables): mean of the imputed values
    after each cycle. ``redraws``: draws thrown away because the cut points were not in order. By
    variable: ``separations``, why its model was augmented, and ``left_out``, the columns that its
    model could not use.
    """

    rng: np.random.Generator
    trace: Matrix
    outcome: OutcomeDraw = field(init=False)
    redraws: int = 0
    separations: dict[str, str] = field(default_factory=dict)
    left_out: dict[str, frozenset[str]] = field(default_factory=dict)

    def draw_normal(self, step: Step, fitted: Fitted[NormalModel]) -> Vector:
        """Draw the missing values of a continuous variable."""
        self._leave_out(step.name, fitted.left_out)
        return fitted.model.draw(fitted.missing, self.rng)

    def draw_levels(self, step: Step, fitted: Fitted[LevelModel]) -> Vector:
        """Draw the missing levels of a variable; the last variable to come here is the outcome."""
        self._leave_out(step.name, fitted.left_out)
        if fitted.model.separation:
            self.separations[step.name] = fitted.model.separation
        parameters = fitted.model.draw(self.rng)
        self.redraws += parameters.redraws
        eta = fitted.missing @ parameters.beta
        self.outcome = OutcomeDraw(parameters, eta, _draw_uniform(len(eta), self.rng), step.below)
        return self.outcome.shifted(0.0)

    def _leave_out(self, name: str, labels: frozenset[str]) -> None:
        if labels:
            self.left_out[name] = self.left_out.get(name, frozenset()) | labels


def run_chains(
    rows: ArmRows, cycles: int, generators: Sequence[np.random.Generator]
) -> tuple[Chain, ...]:
    """Return one imputation of an arm with missing outcomes for each generator.

    With complete auxiliaries one cycle is enough, and is all there is. Raises EstimationError,
    naming the variable, where a model cannot be fitted.
    """
    steps = [build_step(rows, place) for place in rows.visiting_order()]
    shape = (cycles if len(steps) > 1 else 1, len(steps))
    size = max(1, TOGETHER // (len(rows.x) * (rows.x.shape[1] + len(rows.variables))))
    return tuple(
        chain
        for some in chunks(len(generators), size)
        for chain in _run_together(rows, steps, shape, generators[some])
    )


def _run_together(
    rows: ArmRows,
    steps: Sequence[Step],
    shape: tuple[int, int],
    generators: Sequence[np.random.Generator],
) -> list[Chain]:
    chains = [Chain(rng, np.zeros(shape)) for rng in generators]
    filled = np.array([_fill_in(rows, chain.rng) for chain in chains])
    starts = [np.tile(step.start(), (len(chains), 1)) for step in steps]
    for cycle in range(shape[0]):
        for number, step in enumerate(steps):
            try:
                drawn = _draw(rows, step, chains, filled, starts[number])
            except EstimationError as error:
                raise EstimationError(
                    ReasonCode.IN_IMPUTATION_MODEL, variable=step.name, reason=error.reason
                ) from error
            filled[:, step.missing, step.place] = drawn
            for chain, values in zip(chains, drawn, strict=True):
                chain.trace[cycle, number] = np.mean(values)
    return chains


def _draw(
    rows: ArmRows, step: Step, chains: Sequence[Chain], filled: Stack, starts: Matrix
) -> list[Vector]:
    """Draw the missing values of a variable in every chain."""
    if step.continuous:
        linear = fit_normal_models(step, rows.x, filled)
        return [chain.draw_normal(step, m) for chain, m in zip(chains, linear, strict=True)]
    separations = [chain.separations.get(step.name, "") for chain in chains]
    ordinal = fit_level_models(step, rows.x, filled, separations, starts)
    return [chain.draw_levels(step, m) for chain, m in zip(chains, ordinal, strict=True)]


def _fill_in(rows: ArmRows, rng: np.random.Generator) -> Matrix:
    """Start: missing values drawn with replacement from the observed ones (n, variables)."""
    filled = np.column_stack([variable.values for variable in rows.variables])
    for j, variable in enumerate(rows.variables):
        where = np.flatnonzero(variable.missing)
        filled[where, j] = rng.choice(variable.observed, size=len(where))
    observed, restricted = rows.outcome.observed, rows.outcome.missing & rows.below
    lower = observed[observed < observed.max()]
    filled[restricted, -1] = rng.choice(lower, size=int(restricted.sum()))
    return filled


def _draw_uniform(size: int, rng: np.random.Generator) -> Vector:
    """Numbers inside (0, 1): neither end, whose logit is infinite."""
    return (rng.integers(0, 2**52, size=size).astype(np.float64) + 0.5) / 2.0**52
