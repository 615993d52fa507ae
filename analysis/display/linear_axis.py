"""The axis of differences: percentage points from end to end, measured in inches."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

STEPS = (0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 50.0)
MOST_STEPS = 8


@dataclass(frozen=True)
class LinearAxis:
    """Values from ``low`` to ``high`` between ``left`` and ``right`` inches, a tick each step."""

    low: float
    high: float
    step: float
    left: float
    right: float

    @classmethod
    def covering(cls, values: Iterable[float], left: float, right: float) -> LinearAxis:
        """Return the axis of whole steps that holds 0 and every value, with few ticks."""
        known = [0.0, *values]
        span = max(known) - min(known)
        step = next((each for each in STEPS if span <= (MOST_STEPS - 2) * each), STEPS[-1])
        low = step * min(math.floor(min(known) / step), -1)
        high = step * max(math.ceil(max(known) / step), 1)
        return cls(low, high, step, left, right)

    def inches(self, value: float) -> float:
        """Return where ``value`` lies."""
        share = (value - self.low) / (self.high - self.low)
        return self.left + (self.right - self.left) * share

    @property
    def ticks(self) -> tuple[float, ...]:
        """The ticks from end to end, 0 among them."""
        first, last = round(self.low / self.step), round(self.high / self.step)
        return tuple(self.step * number for number in range(first, last + 1))
