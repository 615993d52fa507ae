"""Data of an imputation: the outcome and its auxiliaries, checked, and split by arm."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeGuard

import numpy as np
from numpy.typing import ArrayLike, NDArray

from analysis.errors import EstimationError
from analysis.errors.reason_codes import ReasonCode
from analysis.models.data.arrays import read_columns, read_levels, read_vector
from analysis.models.types import Matrix, Vector


@dataclass(frozen=True)
class Incomplete:
    """A variable of one arm (n,), NaN where it is missing."""

    name: str
    values: Vector
    continuous: bool = False

    @property
    def missing(self) -> NDArray[np.bool_]:
        return np.isnan(self.values)

    @property
    def observed(self) -> Vector:
        return self.values[~self.missing]


@dataclass(frozen=True)
class ArmRows:
    """What one arm's imputation starts from.

    ``x`` (n, p): complete columns. ``below`` (n,): rows whose outcome is not the last level that
    the arm has.
    """

    x: Matrix
    auxiliaries: tuple[Incomplete, ...]
    outcome: Incomplete
    below: NDArray[np.bool_]

    @property
    def variables(self) -> tuple[Incomplete, ...]:
        """The auxiliaries as given, then the outcome."""
        return (*self.auxiliaries, self.outcome)

    def visiting_order(self) -> list[int]:
        """Numbers of the variables to impute: the fewest missing first, the outcome last.

        An auxiliary with one observed value is left as filled in.
        """
        counts = {
            j: int(variable.missing.sum())
            for j, variable in enumerate(self.auxiliaries)
            if variable.missing.any() and len(np.unique(variable.observed)) > 1
        }
        return [*sorted(counts, key=lambda j: counts[j]), len(self.auxiliaries)]


class Kind(StrEnum):
    """How a missing auxiliary is imputed: (proportional-odds) logistic or normal regression."""

    BINARY = "binary"
    ORDINAL = "ordinal"
    CONTINUOUS = "continuous"


@dataclass(frozen=True)
class Auxiliary:
    """A variable that helps to predict the outcome: (n,) numbers, NaN where missing.

    It enters the models of the other variables as one column, a level as its number.
    """

    values: ArrayLike
    kind: Kind


@dataclass(frozen=True)
class ImputationData:
    """``y`` (n,), NaN where missing; for arm 0 and arm 1, their places among n and their rows."""

    y: Vector
    places: tuple[NDArray[np.intp], NDArray[np.intp]]
    arms: tuple[ArmRows, ArmRows]

    def missing_places(self, arm: int) -> NDArray[np.intp]:
        """Return which of the n rows are an arm's missing outcomes."""
        return self.places[arm][self.arms[arm].outcome.missing]

    def absent_levels(self, arm: int) -> tuple[int, ...]:
        """Return the levels that are observed in the other arm only."""
        own, other = (set(self.arms[a].outcome.observed) for a in (arm, 1 - arm))
        return tuple(sorted(int(level) for level in other - own))


def read_imputation_data(
    y: ArrayLike,
    x: ArrayLike,
    arm: ArrayLike,
    auxiliaries: Sequence[Auxiliary],
    never_worst: ArrayLike | None,
    worst: int | None,
) -> ImputationData:
    """Return the checked data by arm; arguments as of ``impute_ordinal``.

    Raises EstimationError for anything that cannot be imputed.
    """
    outcome = _read_incomplete(y, "the outcome")
    levels, _ = read_levels(outcome[~np.isnan(outcome)])
    n = len(outcome)
    columns, member = read_columns(x, n), read_vector(arm, n, "arm")
    if set(np.unique(member)) != {0.0, 1.0}:
        raise EstimationError("arm must hold 0 and 1, both")
    last = levels[-1] if worst is None else worst
    if not is_count(last, least=levels[-1]):
        raise EstimationError(f"worst must be a level not below {levels[-1]}, which is observed")
    restricted = np.zeros(n, dtype=bool) if never_worst is None else _read_mask(never_worst, n)
    if np.any(outcome[restricted] == last):
        raise EstimationError(f"a row that is never level {last} has it")
    helpers = [_read_auxiliary(i, auxiliary, n) for i, auxiliary in enumerate(auxiliaries)]
    places = (np.flatnonzero(member == 0.0), np.flatnonzero(member == 1.0))
    arms = []
    for number, rows in enumerate(places):
        own = Incomplete("the outcome", outcome[rows])
        _require_levels(own, number)
        below = restricted[rows] & bool(np.any(own.values == last))
        mine = tuple(Incomplete(h.name, h.values[rows], h.continuous) for h in helpers)
        if own.missing.any():
            _require_observed(mine, number)
        arms.append(ArmRows(columns[rows], mine, own, below))
    return ImputationData(outcome, places, (arms[0], arms[1]))


def is_count(value: object, least: int) -> TypeGuard[int]:
    """Return whether a value is a whole number, not below ``least``."""
    if isinstance(value, bool) or not isinstance(value, int | np.integer):
        return False
    return bool(value >= least)


def _read_incomplete(values: ArrayLike, name: str) -> Vector:
    """A vector of numbers, at least one of them not NaN; infinity is refused."""
    try:
        vector = np.asarray(values)
    except ValueError as error:  # rows of different lengths
        raise EstimationError(f"{name} must be a vector of numbers") from error
    if vector.ndim != 1 or vector.dtype.kind not in "biuf":
        raise EstimationError(f"{name} must be a vector of numbers, NaN where missing")
    vector = vector.astype(np.float64)
    known = ~np.isnan(vector)
    if not known.any():
        raise EstimationError(ReasonCode.NOTHING_OBSERVED, variable=name)
    read_vector(vector[known], int(known.sum()), name)
    return vector


def _read_mask(values: ArrayLike, n: int) -> NDArray[np.bool_]:
    mask = read_vector(values, n, "never_worst")
    if not np.isin(mask, (0.0, 1.0)).all():
        raise EstimationError("never_worst must hold True and False")
    return np.equal(mask, 1.0)


def _read_auxiliary(number: int, auxiliary: Auxiliary, n: int) -> Incomplete:
    name = f"auxiliary {number}"
    if not isinstance(auxiliary, Auxiliary) or auxiliary.kind not in tuple(Kind):
        raise EstimationError(f"{name} must be an Auxiliary of kind {', '.join(Kind)}")
    kind = Kind(auxiliary.kind)
    values = _read_incomplete(auxiliary.values, name)
    if len(values) != n:
        raise EstimationError(f"{name} must have {n} values, as the outcome, not {len(values)}")
    if kind is not Kind.CONTINUOUS:
        levels, _ = read_levels(values[~np.isnan(values)])
        if kind is Kind.BINARY and len(levels) > 2:
            raise EstimationError(ReasonCode.NOT_BINARY, variable=name, levels=len(levels))
    return Incomplete(name, values, continuous=kind is Kind.CONTINUOUS)


def _require_levels(outcome: Incomplete, arm: int) -> None:
    if outcome.missing.any() and len(np.unique(outcome.observed)) < 2:
        raise EstimationError(ReasonCode.FEW_LEVELS_IN_ARM, arm=f"arm {arm}")


def _require_observed(auxiliaries: Sequence[Incomplete], arm: int) -> None:
    for auxiliary in auxiliaries:
        if len(auxiliary.observed) == 0:
            raise EstimationError(
                ReasonCode.NOTHING_OBSERVED_IN_ARM, variable=auxiliary.name, arm=f"arm {arm}"
            )
