"""Data of a batch of win odds: levels, arms, strata and covariates of many data sets.

Each data set is found sound, or left to the readers of one (``level_counts``, ``strata``).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import ArrayLike, NDArray

from analysis.errors import EstimationError
from analysis.models.data.arms import read_arm
from analysis.models.data.arrays import read_columns, read_levels
from analysis.models.data.batch import (
    Argument,
    BatchInputs,
    Checked,
    Given,
    find_masked,
    read_column_stack,
    read_inputs,
    read_level_stack,
    share,
)
from analysis.models.win_odds.strata import read_strata

MOST_STRATA = 1000
"""A data set with more strata is left to the single function: 1000 by 1001 levels take 16 MB."""
Scalar = TypeVar("Scalar", bound=np.generic)


@dataclass(frozen=True)
class StackedArms:
    """m data sets of n rows, some of them ``sound`` (m,).

    ``levels`` (m, n) and ``strata`` are numbered from 0; ``strata``, ``treated`` (m, n) and
    ``columns`` (m, p, n) have a first axis of 1 where all share them; None if not given.
    """

    levels: NDArray[np.intp]
    treated: NDArray[np.bool_]
    strata: NDArray[np.intp] | None
    columns: NDArray[np.float64] | None
    sound: NDArray[np.bool_]

    def take(self, some: slice) -> StackedArms:
        """Return some of the data sets."""
        return StackedArms(
            self.levels[some],
            _take(self.treated, some),
            None if self.strata is None else _take(self.strata, some),
            None if self.columns is None else _take(self.columns, some),
            self.sound[some],
        )


def read_arm_stack(arm: Given) -> Checked:
    """Return which rows are in arm 1 (m, n); sound where all are in arm 1 or 0."""
    values = np.asarray(arm)
    treated = values == 1
    return Checked(treated, np.all(treated | (values == 0), axis=1) & ~find_masked(arm))


def read_strata_stack(labels: Given) -> Checked:
    """Return the numbers of the strata (m, n), from 0 in the order of the labels."""
    plain, masked = np.asarray(labels), find_masked(labels)
    try:
        codes = read_strata(plain.ravel(), plain.size).reshape(plain.shape)
    except EstimationError:
        return _read_strata_rows(plain, masked)
    if codes.max() >= MOST_STRATA:
        return _read_strata_rows(plain, masked)
    return Checked(codes, ~masked)


def _read_strata_rows(labels: Given, masked: NDArray[np.bool_]) -> Checked:
    codes, sound = np.zeros(labels.shape, dtype=np.intp), ~masked
    for i in np.flatnonzero(sound):
        try:
            codes[i] = read_strata(labels[i], labels.shape[1])
        except EstimationError:
            sound[i] = False
    sound &= codes.max(axis=1) < MOST_STRATA
    codes[~sound] = 0
    return Checked(codes, sound)


def _take(part: NDArray[Scalar], some: slice) -> NDArray[Scalar]:
    return part if len(part) == 1 else part[some]  # one of several stays itself in either case


def _share_strata(labels: Given, n: int) -> Checked:
    codes = read_strata(labels, n)
    few = bool(codes.max() < MOST_STRATA)
    return Checked((codes if few else 0 * codes)[None], np.array([few]))


_ARGUMENTS = {
    "y": Argument(1, lambda one, _: share(read_levels(one)[1]), read_level_stack),
    "arm": Argument(1, lambda one, n: share(read_arm(one, n)), read_arm_stack),
    "strata": Argument(1, _share_strata, read_strata_stack, labels=True),
    "covariates": Argument(2, lambda one, n: share(read_columns(one, n).T), read_column_stack),
}


def read_batch(
    y: ArrayLike, arm: ArrayLike, strata: ArrayLike | None, covariates: ArrayLike | None
) -> BatchInputs:
    """Return the inputs of a batch, each (m, n) or (n,); ``covariates`` (m, n, p) or (n, p).

    Raises EstimationError as ``read_inputs`` does.
    """
    given = {"y": y, "arm": arm, "strata": strata, "covariates": covariates}
    return read_inputs(given, _ARGUMENTS)


def read_arms(inputs: BatchInputs, some: slice) -> StackedArms:
    """Return the data sets of some replicates."""
    found, sound = inputs.read(some)
    return StackedArms(
        np.broadcast_to(found["y"].values, (len(sound), inputs.rows)),
        found["arm"].values,
        found["strata"].values if "strata" in found else None,
        found["covariates"].values if "covariates" in found else None,
        sound,
    )
