"""Multiple imputation of an ordinal outcome within arms, and its report (docs/methods.md, 11)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike, NDArray

from analysis.errors import EstimationError
from analysis.errors.reason_codes import ReasonCode
from analysis.models.data.arrays import read_vector
from analysis.models.imputation.chained_equations import Chain, OutcomeDraw, run_chains
from analysis.models.imputation.data import ArmRows, Auxiliary, is_count, read_imputation_data


@dataclass(frozen=True)
class ArmReport:
    """What happened in one arm, over m imputations.

    ``visited``: the variables imputed, in order; ``trace`` (m, cycles, visited): the mean of their
    imputed values. ``redraws``: parameter draws thrown away because the cut points were not in
    order. By variable: ``augmented``, in how many imputations its model was fitted to augmented
    data, ``separations``, why in the first of them, and ``left_out``, the predictors that were
    constant or collinear among the rows of its model. ``absent_levels``: levels of the other arm
    that nobody has here, so that nobody is given them.
    """

    rows: int
    missing: int
    visited: tuple[str, ...]
    trace: NDArray[np.float64]
    redraws: int
    augmented: Mapping[str, int]
    separations: Mapping[str, str]
    left_out: Mapping[str, tuple[str, ...]]
    absent_levels: tuple[int, ...]


def report_arm(rows: ArmRows, absent_levels: tuple[int, ...], chains: Sequence[Chain]) -> ArmReport:
    """Return the report of one arm from its chains, one for each imputation."""
    names = sorted({name for chain in chains for name in (*chain.separations, *chain.left_out)})
    separated = [[c.separations[name] for c in chains if name in c.separations] for name in names]
    left_out = [{label for c in chains for label in c.left_out.get(name, ())} for name in names]
    return ArmReport(
        rows=len(rows.x),
        missing=int(rows.outcome.missing.sum()),
        visited=tuple(rows.variables[j].name for j in rows.visiting_order()) if chains else (),
        trace=np.array([chain.trace for chain in chains]),
        redraws=sum(chain.redraws for chain in chains),
        augmented={n: len(why) for n, why in zip(names, separated, strict=True) if why},
        separations={n: why[0] for n, why in zip(names, separated, strict=True) if why},
        left_out={n: tuple(sorted(out)) for n, out in zip(names, left_out, strict=True) if out},
        absent_levels=absent_levels,
    )


@dataclass(frozen=True)
class Imputations:
    """Completed outcomes.

    ``completed`` (m, n): a row for each of ``numbers``, the imputations. ``missing`` (n,): what was
    imputed. ``delta``: the shifts of arm 0 and arm 1. ``arms``: the reports of arm 0 and arm 1.
    ``draws`` and ``places``: the last draws of their missing rows, from which ``shift`` completes
    again.
    """

    completed: NDArray[np.int64]
    missing: NDArray[np.bool_]
    numbers: tuple[int, ...]
    delta: tuple[float, float]
    arms: tuple[ArmReport, ArmReport]
    draws: tuple[tuple[OutcomeDraw, ...], tuple[OutcomeDraw, ...]]
    places: tuple[NDArray[np.intp], NDArray[np.intp]]

    def shift(self, delta: tuple[float, float]) -> Imputations:
        """Return what ``impute_ordinal`` gives for another ``delta``, without running it again.

        The shift belongs to the last draw alone, and that keeps its parameters and its uniform
        numbers: a larger shift gives no row a lower level.
        """
        shifts = _read_delta(delta)
        completed = self.completed.copy()
        for amount, draws, places in zip(shifts, self.draws, self.places, strict=True):
            for number, draw in enumerate(draws):
                completed[number, places] = draw.shifted(amount)
        return replace(self, completed=completed, delta=shifts)


def impute_ordinal(
    y: ArrayLike,
    x: ArrayLike,
    arm: ArrayLike,
    *,
    auxiliaries: Sequence[Auxiliary] | None = None,
    imputations: int | Sequence[int] = 50,
    cycles: int = 20,
    delta: tuple[float, float] = (0.0, 0.0),
    never_worst: ArrayLike | None = None,
    worst: int | None = None,
    seed: int,
) -> Imputations:
    """Return the outcome completed many times by proportional odds within each arm.

    ``y`` (n,): integer levels, low is good, NaN where missing. ``x`` (n, p): complete columns.
    ``arm`` (n,): 0 or 1. ``auxiliaries``: predictors with missing values of their own, imputed by
    ``cycles`` chained equations. ``imputations``: how many, or the numbers (from 0) of those
    wanted: each depends on ``seed``, its number and the data alone. ``delta``: by how much the
    cumulative logits of imputed outcomes are lowered, towards worse levels, in arm 0 and in arm 1.
    ``never_worst`` (n,): True for rows that are known not to have the level ``worst`` (the highest
    observed one, unless given).

    Raises EstimationError for arguments of other shapes or values, an arm with fewer than two
    observed levels where some are missing, and an imputation model that cannot be fitted.

    >>> mrs, arm = [0, 0, 1, 1, 2, 3, 0, 1, 2, 2, 3, np.nan], [1] * 6 + [0] * 6
    >>> found = impute_ordinal(mrs, np.zeros((12, 0)), arm, imputations=5, seed=1)
    >>> found.completed[:, -1].tolist()
    [3, 1, 2, 3, 1]
    """
    data = read_imputation_data(y, x, arm, auxiliaries or (), never_worst, worst)
    numbers = _read_numbers(imputations)
    if not is_count(cycles, 1) or not is_count(seed, 0):
        raise EstimationError("cycles must be a positive, seed a non-negative whole number")
    chains = (
        _run_chains(data.arms[0], 0, numbers, cycles, seed),
        _run_chains(data.arms[1], 1, numbers, cycles, seed),
    )
    missing = np.isnan(data.y)
    return Imputations(
        completed=np.tile(np.where(missing, 0.0, data.y).astype(np.int64), (len(numbers), 1)),
        missing=missing,
        numbers=numbers,
        delta=(0.0, 0.0),
        arms=(
            report_arm(data.arms[0], data.absent_levels(0), chains[0]),
            report_arm(data.arms[1], data.absent_levels(1), chains[1]),
        ),
        draws=(
            tuple(chain.outcome for chain in chains[0]),
            tuple(chain.outcome for chain in chains[1]),
        ),
        places=(data.missing_places(0), data.missing_places(1)),
    ).shift(delta)


def _run_chains(
    rows: ArmRows, arm: int, numbers: Sequence[int], cycles: int, seed: int
) -> tuple[Chain, ...]:
    """One chain for each imputation; none if nothing is missing."""
    if not rows.outcome.missing.any():
        return ()
    try:
        return run_chains(rows, cycles, [_stream(seed, number, arm) for number in numbers])
    except EstimationError as error:
        raise EstimationError(ReasonCode.IN_ARM, arm=f"arm {arm}", reason=error.reason) from error


def _stream(seed: int, number: int, arm: int) -> np.random.Generator:
    """The random numbers of one imputation and arm: child ``arm`` of child ``number`` of a seed."""
    return np.random.default_rng(np.random.SeedSequence(seed, spawn_key=(number, arm)))


def _read_delta(delta: tuple[float, float]) -> tuple[float, float]:
    try:
        shifts = read_vector(delta, 2, "delta")
    except EstimationError as error:
        raise EstimationError("delta must be two finite numbers, for arm 0 and arm 1") from error
    return float(shifts[0]), float(shifts[1])


def _read_numbers(imputations: int | Sequence[int]) -> tuple[int, ...]:
    if is_count(imputations, 1):
        return tuple(range(imputations))
    if isinstance(imputations, Sequence) and len(imputations) > 0:
        numbers = tuple(imputations)
        if all(is_count(number, 0) for number in numbers) and len(set(numbers)) == len(numbers):
            return numbers
    raise EstimationError("imputations must be a positive number, or numbers from 0, each once")
