"""Proportional-odds fits of a batch, a chunk of replicates at a time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from analysis.errors import EstimationError
from analysis.errors.reason import Reason
from analysis.models.data.arrays import MOST_LEVELS, chunks, read_columns, read_levels, read_weights
from analysis.models.data.batch import (
    Argument,
    BatchInputs,
    Checked,
    Given,
    read_column_stack,
    read_inputs,
    read_integer_stack,
    read_weight_stack,
    share,
)
from analysis.models.data.design_matrix import StackedBases, build_bases, build_basis
from analysis.models.proportional_odds.fit import fit_proportional_odds
from analysis.models.proportional_odds.many_fits import fit_odds_stack
from analysis.models.types import Matrix, Stack, Vector

LEVELS_AT_ONCE = 1_000
"""Replicates whose levels are listed at once."""


@dataclass(frozen=True)
class Numbers:
    """The numbers of m replicates, NaN until there is a fit; as in ``ProportionalOddsBatch``."""

    theta: Matrix
    theta_errors: Matrix
    beta: Matrix
    beta_covariance: Stack
    log_likelihood: Vector

    @classmethod
    def missing(cls, m: int, cuts: int, p: int) -> Numbers:
        """Return NaN for ``m`` replicates, ``cuts`` cut points and ``p`` columns."""
        theta, errors, beta = (np.full((m, size), np.nan) for size in (cuts, cuts, p))
        return cls(theta, errors, beta, np.full((m, p, p), np.nan), np.full(m, np.nan))


@dataclass(frozen=True)
class Batch:
    """``levels``: observed in any replicate; ``bases``: of columns that all share, or None."""

    inputs: BatchInputs
    levels: tuple[int, ...]
    bases: StackedBases | None
    numbers: Numbers

    @classmethod
    def plan(cls, inputs: BatchInputs) -> Batch:
        """Return the batch without numbers.

        Raises EstimationError for constant or collinear columns that all share, and for levels that
        differ by more than 1000 between replicates.
        """
        levels = _find_levels(inputs)
        part = inputs.parts["x"]
        bases = None if part.shared is None else build_basis(part.shared.values[0].T).stack()
        cuts = max(len(levels) - 1, 0)
        numbers = Numbers.missing(inputs.replicates, cuts, part.given.shape[-1])
        return cls(inputs, levels, bases, numbers)

    def fit(self, chunk: slice) -> dict[int, Reason]:
        """Write the numbers of some replicates; return the problems of those that have no fit."""
        left = np.ones(chunk.stop - chunk.start, dtype=bool)
        for group in self._group(chunk):
            left[self._fit_group(group, chunk.start) - chunk.start] = False
        problems = {}
        for replicate in (chunk.start + np.flatnonzero(left)).tolist():
            try:
                self._fit_one(replicate)
            except EstimationError as error:
                problems[replicate] = error.reason
        return problems

    def _group(self, chunk: slice) -> Iterator[Group]:
        """Yield the sound replicates by the levels observed in them."""
        m, k = chunk.stop - chunk.start, len(self.levels)
        found, sound = self.inputs.read(chunk)
        places = np.flatnonzero(sound)
        if k < 2 or not len(places):
            return
        number = np.searchsorted(self.levels, np.arange(self.levels[0], self.levels[-1] + 1))
        values = _spread(found["y"], m)[places]
        numbers = number[values - self.levels[0]]
        cells = numbers + k * np.arange(len(places))[:, None]
        observed = np.bincount(cells.ravel(), minlength=k * len(places)).reshape(-1, k) > 0
        patterns, which = np.unique(observed, axis=0, return_inverse=True)
        for i, pattern in enumerate(patterns):
            rows = which == i
            if pattern.sum() > 1:
                codes = (np.cumsum(pattern) - 1)[numbers[rows]]
                yield Group.build(found, m, places[rows], np.flatnonzero(pattern), codes)

    def _fit_group(self, group: Group, first: int) -> NDArray[np.intp]:
        """Write the numbers of the replicates that can be fitted together; return which."""
        bases = build_bases(group.columns) if self.bases is None else self.bases
        fits = fit_odds_stack(bases, group.codes, len(group.present), group.weights)
        done, numbers = fits.fitted, self.numbers
        places, cuts = first + group.places[done], group.present[:-1]
        variances = np.diagonal(fits.covariance[done], axis1=1, axis2=2)
        numbers.theta[places[:, None], cuts] = fits.theta[done]
        numbers.theta_errors[places[:, None], cuts] = np.sqrt(variances[:, : len(cuts)])
        numbers.beta[places] = fits.beta[done]
        numbers.beta_covariance[places] = fits.covariance[done][:, len(cuts) :, len(cuts) :]
        numbers.log_likelihood[places] = fits.log_likelihood[done]
        return places

    def _fit_one(self, replicate: int) -> None:
        """Write the numbers of one replicate; EstimationError if it has no fit."""
        parts, numbers = self.inputs.parts, self.numbers
        weights = self.inputs.take("weights", replicate)
        fit = fit_proportional_odds(
            parts["y"].take(replicate), parts["x"].take(replicate), weights=weights
        )
        cuts = np.searchsorted(self.levels, fit.levels[:-1])
        numbers.theta[replicate, cuts] = fit.theta
        numbers.theta_errors[replicate, cuts] = fit.theta_errors
        numbers.beta[replicate] = fit.beta
        numbers.beta_covariance[replicate] = fit.covariance[len(cuts) :, len(cuts) :]
        numbers.log_likelihood[replicate] = fit.log_likelihood


@dataclass(frozen=True)
class Group:
    """Replicates with the same observed levels, at ``places`` of a chunk: ``columns`` (m, p, n).

    ``present``: the numbers of their levels; ``codes`` (m, n) count those from 0.
    """

    places: NDArray[np.intp]
    present: NDArray[np.intp]
    codes: NDArray[np.intp]
    columns: Stack
    weights: Matrix | None

    @classmethod
    def build(
        cls,
        found: Mapping[str, Checked],
        m: int,
        places: NDArray[np.intp],
        present: NDArray[np.intp],
        codes: NDArray[np.intp],
    ) -> Group:
        """Return the group of what was read of ``m`` replicates."""
        weights = _spread(found["weights"], m)[places] if "weights" in found else None
        return cls(places, present, codes, _spread(found["x"], m)[places], weights)


def read_batch(y: ArrayLike, x: ArrayLike, weights: ArrayLike | None) -> BatchInputs:
    """Return the inputs of a batch; EstimationError as ``read_inputs`` raises it."""
    return read_inputs({"y": y, "x": x, "weights": weights}, _ARGUMENTS)


def _share_levels(y: Given, _: int) -> Checked:
    levels, codes = read_levels(y)
    return share(np.asarray(levels, dtype=np.intp)[codes])


_ARGUMENTS = {
    "y": Argument(1, _share_levels, read_integer_stack),
    "x": Argument(2, lambda one, n: share(read_columns(one, n).T), read_column_stack),
    "weights": Argument(1, lambda one, n: share(read_weights(one, n)), read_weight_stack),
}


def _find_levels(inputs: BatchInputs) -> tuple[int, ...]:
    """Return the levels observed in any replicate that can be read."""
    levels: set[int] = set()
    for some in chunks(inputs.replicates, LEVELS_AT_ONCE):
        found = inputs.parts["y"].read(some)
        levels.update(np.unique(found.values[found.sound]).tolist())
    if levels and max(levels) - min(levels) > MOST_LEVELS:
        raise EstimationError(
            f"the outcomes range from {min(levels)} to {max(levels)}: "
            f"more than {MOST_LEVELS} levels"
        )
    return tuple(sorted(levels))


def _spread(found: Checked, m: int) -> Given:
    """What was read, with a row for each of ``m`` replicates."""
    return np.broadcast_to(found.values, (m, *found.values.shape[1:]))
