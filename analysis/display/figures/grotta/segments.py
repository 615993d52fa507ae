"""Segments of one arm's bar: the width of each mRS level, and whether its words fit inside."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import accumulate

from analysis.config import Plan
from analysis.display.ard import Ard
from analysis.display.drawing.typography import narrowest_lines, text_width, wrap_text
from analysis.display.text.format import (
    NO_EFFECT_DIFFERENCE,
    format_count,
    format_interval,
    format_number,
    format_percent,
    round_to_hundred,
)

PADDING = 0.03
DECIMALS = 1


@dataclass(frozen=True)
class Style:
    """How the words of a segment are set: sizes in points, on two lines or on one.

    ``signed``: whether percentages carry their sign. ``decimals``: theirs; they add up to 100 with
    these. ``alone``: whether count or interval is left out.
    """

    first: float
    second: float
    weight: str
    stacked: bool
    signed: bool = True
    decimals: int = DECIMALS
    alone: bool = False


LARGE = Style(7.0, 6.5, "bold", True)
"""Percentage above count."""

SMALL = Style(6.3, 6.3, "normal", False, signed=False)
"""Percentage and count on one line."""

WHOLE = Style(6.3, 6.3, "normal", False, signed=False, decimals=0, alone=True)
"""The percentage alone, a whole number."""

COLUMN = Style(7.0, 6.5, "bold", True, signed=False, decimals=0)
"""The percentage, a whole number, above the count."""


@dataclass(frozen=True)
class Source:
    """Which distribution of the frame a bar shows.

    ``part``: the level of a factor, empty for the whole set. ``modelled``: percentages with their
    intervals and no counts.
    """

    analysis_id: str
    population: str
    part: str = ""
    modelled: bool = False

    def level(self, name: str) -> str:
        """Return the level of the frame that holds a level of the mRS."""
        return f"{self.part}: {name}" if self.part else name


@dataclass(frozen=True)
class Segment:
    """One level of one arm; ``left`` and ``right`` are inches, ``detail`` its count or interval."""

    level: str
    detail: str
    percent: Decimal
    left: float
    right: float
    style: Style = LARGE

    @property
    def centre(self) -> float:
        """The middle, inches."""
        return (self.left + self.right) / 2

    @property
    def percent_text(self) -> str:
        """The percentage."""
        number, decimals = float(self.percent), self.style.decimals
        write = format_percent if self.style.signed else format_number
        return write(number, decimals)

    @property
    def words(self) -> tuple[str, ...]:
        """Percentage, and count or interval if they are shown."""
        return (self.percent_text,) if self.style.alone else (self.percent_text, f"({self.detail})")

    @property
    def lines(self) -> tuple[str, ...]:
        """The words as they stand inside: an interval on two lines where one is too narrow."""
        if not self.style.stacked:
            return (" ".join(self.words),)
        percent, *details = self.words
        parts = [self._break(detail) for detail in details]
        return (percent, *(line for part in parts for line in part))

    @property
    def holds_its_words(self) -> bool:
        """Whether the words fit inside."""
        first, *others = self.lines
        style = self.style
        widths = [text_width(line, style.second) for line in others]
        return self._holds(max([text_width(first, style.first, style.weight), *widths]))

    @property
    def holds_its_percent(self) -> bool:
        """Whether the percentage alone fits inside."""
        return self._holds(text_width(self.percent_text, self.style.first, self.style.weight))

    def _holds(self, width: float) -> bool:
        return width + 2 * PADDING <= self.right - self.left

    def _break(self, detail: str) -> tuple[str, ...]:
        if self._holds(text_width(detail, self.style.second)):
            return (detail,)
        return wrap_text(detail, self.style.second, narrowest_lines(detail, self.style.second))


def build_segments(
    ard: Ard,
    plan: Plan,
    source: Source,
    arm: str,
    left: float,
    right: float,
    style: Style = LARGE,
) -> tuple[Segment, ...]:
    """Return the levels of one arm between ``left`` and ``right``, best first.

    Widths follow the rounded percentages, which add up to 100. An arm without any outcome has
    segments of no width. Raises AnalysisError if the frame lacks a row.
    """
    levels = [plan.outcome.name_level(level) for level in plan.outcome.levels]
    details = [_read_detail(ard, source, arm, level) for level in levels]
    shares = [
        ard.number(source.analysis_id, "pct", source.population, arm, source.level(level))
        for level in levels
    ]
    percents = round_to_hundred([share or 0.0 for share in shares], style.decimals)
    ends = [left + (right - left) * float(end) / 100 for end in accumulate(percents)]
    return tuple(
        Segment(*parts, style)
        for parts in zip(levels, details, percents, [left, *ends[:-1]], ends, strict=True)
    )


def is_empty(segments: Sequence[Segment]) -> bool:
    """Return whether nobody in the arm has an outcome."""
    return not any(segment.percent for segment in segments)


def find_slivers(segments: Sequence[Segment]) -> list[Segment]:
    """Return the segments too narrow for their words; none in an arm without any outcome."""
    narrow = [segment for segment in segments if not segment.holds_its_words]
    return [] if is_empty(segments) else narrow


def _read_detail(ard: Ard, source: Source, arm: str, level: str) -> str:
    keys = (source.population, arm, source.level(level))
    if not source.modelled:
        return format_count(ard.number(source.analysis_id, "n", *keys))
    low, high = (ard.number(source.analysis_id, name, *keys) for name in ("ci_low", "ci_high"))
    return format_interval(low, high, NO_EFFECT_DIFFERENCE, DECIMALS)
