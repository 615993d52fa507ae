"""The axis of a forest plot: ratios on a log scale, measured in inches."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from analysis.display.ard import Effect

AXIS_LEFT, AXIS_RIGHT = 1.85, 4.65
TICKS = (0.125, 0.25, 0.5, 0.75, 1.0, 1.5, 2.0, 3.0, 4.0, 8.0)
"""Nothing is drawn beyond the outer ticks; an interval that reaches further ends in an arrow."""

NARROWEST = (0.75, 1.5)


@dataclass(frozen=True)
class LogAxis:
    """Odds ratios from ``low`` to ``high`` on a log scale of inches."""

    low: float
    high: float

    @classmethod
    def covering(cls, effects: Sequence[Effect]) -> LogAxis:
        """Return the axis from tick to tick that holds every interval, within the outer ticks."""
        values = [value for effect in effects for value in _values(effect)]
        low, high = min([NARROWEST[0], *values]), max([NARROWEST[1], *values])
        return cls(
            max((tick for tick in TICKS if tick <= low), default=TICKS[0]),
            min((tick for tick in TICKS if tick >= high), default=TICKS[-1]),
        )

    def inches(self, ratio: float) -> float:
        """Return where ``ratio`` lies; beyond the ends, the end."""
        inside = min(max(ratio, self.low), self.high)
        share = math.log(inside / self.low) / math.log(self.high / self.low)
        return AXIS_LEFT + (AXIS_RIGHT - AXIS_LEFT) * share

    def holds(self, ratio: float) -> bool:
        """Whether ``ratio`` lies on the axis."""
        return self.low <= ratio <= self.high

    @property
    def ticks(self) -> tuple[float, ...]:
        """The ticks on the axis."""
        return tuple(tick for tick in TICKS if self.holds(tick))


def _values(effect: Effect) -> list[float]:
    numbers = (effect.estimate, effect.low, effect.high)
    return [number for number in numbers if number is not None and number > 0]
