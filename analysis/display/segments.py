"""The bar of one arm: how wide each level of the mRS is, and whether its words fit inside."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import accumulate

from analysis.config import Plan
from analysis.display.ard import Ard
from analysis.display.format import format_count, format_percent, round_to_hundred
from analysis.display.typography import text_width

PERCENT_SIZE, COUNT_SIZE = 7.0, 6.5
PADDING = 0.03
DECIMALS = 1


@dataclass(frozen=True)
class Segment:
    """One level of one arm; ``left`` and ``right`` are inches."""

    level: str
    count: float | None
    percent: Decimal
    left: float
    right: float

    @property
    def centre(self) -> float:
        """The middle, inches."""
        return (self.left + self.right) / 2

    @property
    def words(self) -> tuple[str, str]:
        """Percentage and count."""
        return format_percent(float(self.percent), DECIMALS), f"({format_count(self.count)})"

    @property
    def holds_its_words(self) -> bool:
        """Whether percentage and count fit inside."""
        percent, count = self.words
        widest = max(text_width(percent, PERCENT_SIZE, "bold"), text_width(count, COUNT_SIZE))
        return widest + 2 * PADDING <= self.right - self.left


def build_segments(
    ard: Ard, plan: Plan, population: str, arm: str, left: float, right: float
) -> tuple[Segment, ...]:
    """Return the levels of one arm between ``left`` and ``right``, best first.

    Widths follow the rounded percentages, which add up to 100. An arm without any outcome has
    segments of no width. Raises AnalysisError if the frame lacks a row.
    """
    levels = [plan.outcome.name_level(level) for level in plan.outcome.levels]
    counts, shares = (
        [ard.number("mrs_distribution", name, population, arm, level) for level in levels]
        for name in ("n", "pct")
    )
    percents = round_to_hundred([share or 0.0 for share in shares], DECIMALS)
    ends = [left + (right - left) * float(end) / 100 for end in accumulate(percents)]
    return tuple(map(Segment, levels, counts, percents, [left, *ends[:-1]], ends))


def is_empty(segments: Sequence[Segment]) -> bool:
    """Return whether nobody in the arm has an outcome."""
    return not any(segment.percent for segment in segments)


def find_slivers(segments: Sequence[Segment]) -> list[Segment]:
    """Return the segments too narrow for their words; none in an arm without any outcome."""
    narrow = [segment for segment in segments if not segment.holds_its_words]
    return [] if is_empty(segments) else narrow
