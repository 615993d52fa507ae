"""Axes of forest plots in inches: ratios on a log scale, differences on a linear one."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from analysis.display.ard import Effect
from analysis.display.drawing.typography import text_width
from analysis.display.text.format import format_plain

STEPS = (0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 50.0)
MOST_STEPS = 8
"""Of the linear axis; all below is of the logarithmic one."""

TICKS = (0.125, 0.25, 0.5, 0.75, 1.0, 1.5, 2.0, 3.0, 4.0, 8.0)
"""Nothing is drawn beyond the outer ticks; an interval that reaches further ends in an arrow."""

LABELLED_FIRST = (1.0, 0.5, 2.0, 0.25, 4.0, 0.125, 8.0, 0.75, 1.5, 3.0)
"""Where labels would touch, the later of this order is a tick without a label."""

NARROWEST = (0.75, 1.5)
TICK_SIZE, TICK_GAP = 6.5, 0.06


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


@dataclass(frozen=True)
class LogAxis:
    """Odds ratios from ``low`` to ``high`` on a log scale between ``left`` and ``right`` inches."""

    low: float
    high: float
    left: float
    right: float

    @classmethod
    def covering(cls, effects: Sequence[Effect], left: float, right: float) -> LogAxis:
        """Return the axis from tick to tick that holds every interval, within the outer ticks."""
        values = [value for effect in effects for value in _values(effect)]
        low, high = min([NARROWEST[0], *values]), max([NARROWEST[1], *values])
        return cls(
            max((tick for tick in TICKS if tick <= low), default=TICKS[0]),
            min((tick for tick in TICKS if tick >= high), default=TICKS[-1]),
            left,
            right,
        )

    def inches(self, ratio: float) -> float:
        """Return where ``ratio`` lies; beyond the ends, the end."""
        inside = min(max(ratio, self.low), self.high)
        share = math.log(inside / self.low) / math.log(self.high / self.low)
        return self.left + (self.right - self.left) * share

    def holds(self, ratio: float) -> bool:
        """Whether ``ratio`` lies on the axis."""
        return self.low <= ratio <= self.high

    @property
    def ticks(self) -> tuple[float, ...]:
        """The ticks on the axis."""
        return tuple(tick for tick in TICKS if self.holds(tick))

    @property
    def labelled(self) -> tuple[float, ...]:
        """The ticks whose labels do not touch another, ascending; 1 is always among them."""
        kept: list[float] = []
        for tick in LABELLED_FIRST:
            if self.holds(tick) and not any(self._touch(tick, other) for other in kept):
                kept.append(tick)
        return tuple(sorted(kept))

    def _touch(self, first: float, second: float) -> bool:
        widths = [text_width(format_plain(tick), TICK_SIZE) for tick in (first, second)]
        return abs(self.inches(first) - self.inches(second)) < sum(widths) / 2 + TICK_GAP


def _values(effect: Effect) -> list[float]:
    numbers = (effect.estimate, effect.low, effect.high)
    return [number for number in numbers if number is not None and number > 0]
