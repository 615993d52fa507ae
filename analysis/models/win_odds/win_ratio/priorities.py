"""One level of a hierarchy: which row of a pair is better there (docs/methods.md, section 4)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from analysis.errors import EstimationError
from analysis.models.data.arrays import read_vector
from analysis.models.types import Vector

SAME = 1e-9
"""Differences this close, relative to the largest value, are one: sums of decimals end unlike."""


@dataclass(frozen=True)
class Measurement:
    """A score. ``values`` (n,): NaN is missing, and decides no pair.

    A row wins where it is better by more than ``margin`` (0 or more, in units of the values).
    """

    values: ArrayLike
    lower_is_better: bool
    margin: float = 0.0


@dataclass(frozen=True)
class EventTimes:
    """Times to an event, a later one better. ``times`` (n,); ``events`` (n,): 1 event, 0 censored.

    A row wins where the other had the event and it had its own later by more than ``margin``
    (in units of time), or was still without it when ``margin`` had passed. A pair in which
    censoring hides the order is not decided.
    """

    times: ArrayLike
    events: ArrayLike
    margin: float = 0.0


Priority = Measurement | EventTimes


@dataclass(frozen=True)
class Bounds:
    """What is known of each row, more being better: it is at least ``low`` and at most ``high``.

    A row wins if its ``low`` exceeds the other's ``high`` by more than ``margin``; ``is_open``
    (n,): its ``low`` is itself exceeded, and wins at the margin too.
    """

    low: Vector
    high: Vector
    is_open: NDArray[np.bool_]
    margin: float

    def take(self, rows: NDArray[np.bool_] | slice) -> Bounds:
        """Return the rows that are marked."""
        return Bounds(self.low[rows], self.high[rows], self.is_open[rows], self.margin)

    def beats(self, other: Bounds) -> NDArray[np.bool_]:
        """Return which rows (k,) win against which of the other (m,): (k, m)."""
        gap = self.low[:, None] - other.high[None, :]
        scale = np.maximum(1.0, np.maximum(np.abs(self.low)[:, None], np.abs(other.high)[None, :]))
        slack = np.where(np.isfinite(scale), SAME * scale, 0.0)
        more = gap > self.margin + slack
        at_least = gap >= self.margin - slack
        won: NDArray[np.bool_] = more | (self.is_open[:, None] & at_least)
        return won


def read_priority(priority: Priority, n: int, name: str) -> Bounds:
    """Return the bounds of ``n`` rows; ``name`` of the level, for messages.

    Raises EstimationError for another length, infinity, events other than 0 and 1, missing times
    or events, and a margin that is not a finite number of 0 or more.
    """
    margin = float(read_vector([priority.margin], 1, f"margin of {name}")[0])
    if margin < 0.0:
        raise EstimationError(f"margin of {name} must not be below 0")
    if isinstance(priority, EventTimes):
        return _read_times(priority, n, name, margin)
    values = np.asarray(priority.values, dtype=np.float64)
    missing = np.isnan(values)
    known = read_vector(np.where(missing, 0.0, values), n, name)
    better = -known if priority.lower_is_better else known
    return Bounds(
        low=np.where(missing, -np.inf, better),
        high=np.where(missing, np.inf, better),
        is_open=np.zeros(n, dtype=np.bool_),
        margin=margin,
    )


def _read_times(priority: EventTimes, n: int, name: str, margin: float) -> Bounds:
    times = read_vector(priority.times, n, f"times of {name}")
    events = read_vector(priority.events, n, f"events of {name}")
    censored = events == 0.0
    if not np.all(censored | (events == 1.0)):
        raise EstimationError(f"events of {name} must be 0 or 1")
    return Bounds(times, np.where(censored, np.inf, times), censored, margin)
