"""Right-censored times to an event, read and checked."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from analysis.errors import EstimationError
from analysis.errors.reason_codes import ReasonCode
from analysis.models.data.arrays import read_vector
from analysis.models.types import Vector


@dataclass(frozen=True)
class SurvivalTimes:
    """``time`` (n,), 0 or more; ``event`` (n,): True for an event, False for a censored time.

    A time that is censored on the day of an event was at risk of it.
    """

    time: Vector
    event: NDArray[np.bool_]

    @classmethod
    def read(cls, time: ArrayLike, event: ArrayLike) -> SurvivalTimes:
        """Return the times; EstimationError for negative ones, or an event neither 0 nor 1."""
        size = int(np.size(np.asarray(time)))
        times = read_vector(time, size, "time")
        events = read_vector(event, size, "event")
        if np.any(times < 0.0):
            raise EstimationError("time must not be negative")
        if not np.all((events == 0.0) | (events == 1.0)):
            raise EstimationError("event must hold 0 and 1")
        return cls(times, events == 1.0)

    @property
    def event_times(self) -> Vector:
        """The distinct times with an event, in order."""
        return np.unique(self.time[self.event])

    def require_events(self) -> None:
        """Raise EstimationError if nobody has an event."""
        if not self.event.any():
            raise EstimationError(ReasonCode.NO_EVENT)
