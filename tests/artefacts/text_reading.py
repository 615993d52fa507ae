"""A text as it is read: span by span, each accounted for or not, and what every rule needs.

A rule finds its words and numbers and says whether they are right; what no rule has read and holds
a digit is unexplained. A rule that finds its words with wrong numbers is not followed by a laxer
one on the same span.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal

from analysis.config import Plan
from analysis.display.text.format import format_plain
from tests.artefacts.known_numbers import Facts, Place, fits
from tests.artefacts.table_places import Readings

NUMBER = r"-?\d+(?:\.\d+)?"


@dataclass
class Reading:
    """How far a text is read: which characters a rule has accounted for, and what was wrong."""

    text: str
    read: list[bool] = field(init=False)
    wrong: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.read = [False] * len(self.text)

    def take(self, start: int, end: int, is_right: bool) -> None:
        """Account for a span."""
        self.read[start:end] = [True] * (end - start)
        if not is_right:
            self.wrong.append(self.text[start:end])

    def is_free(self, start: int, end: int) -> bool:
        """Whether no digit of a span was read before."""
        return not any(
            self.read[place] for place in range(start, end) if self.text[place].isdigit()
        )

    @property
    def unexplained(self) -> list[str]:
        """What was wrong, and every number that nothing accounts for, with its neighbours."""
        left = [
            self.text[max(0, found.start() - 30) : found.end() + 20]
            for found in re.finditer(r"\d+(?:\.\d+)?", self.text)
            if not all(self.read[found.start() : found.end()])
        ]
        return [*self.wrong, *left]


Rule = tuple[str, Callable[[re.Match[str]], bool]]


@dataclass(frozen=True)
class VerdictCounts:
    """Statistics of qc.csv: compared, without a number by either, and not checked otherwise."""

    compared: int
    without: int
    others: int


class Rules:
    """What every rule needs: the frame, the plan, the arms, and the places of both."""

    def __init__(self, facts: Facts, plan: Plan, verdicts: VerdictCounts) -> None:
        self.facts, self.plan, self.verdicts = facts, plan, verdicts
        self.readings = Readings(facts, plan)
        arms = plan.arms
        self.codes = {
            word: arm.code
            for arm in (arms.treatment, arms.reference)
            for word in (arm.label, arm.label[0].lower() + arm.label[1:])
        }
        self.arm = "|".join(map(re.escape, self.codes))

    def _take(self, reading: Reading, pattern: str, is_right: Callable[..., bool]) -> None:
        for found in re.finditer(pattern, reading.text):
            if reading.is_free(*found.span()):
                reading.take(*found.span(), is_right(found))

    def _plan(self, *values: object) -> Callable[[re.Match[str]], bool]:
        """Every number that a rule found is one of some values of the plan."""
        known = {format_plain(float(value)) for value in values}  # type: ignore[arg-type]
        return lambda found: all(
            format_plain(float(text)) in known for text in found.groups() if text
        )

    def _in_order(self, *values: object) -> Callable[[re.Match[str]], bool]:
        """The numbers that a rule found are these values of the plan, in order."""
        known = [format_plain(float(value)) for value in values]  # type: ignore[arg-type]
        return lambda found: [format_plain(float(text)) for text in found.groups()] == known

    def _levels(self, found: re.Match[str]) -> bool:
        """Levels of the scale: one, a span, or both sides of a cut point that meet."""
        first, last, *other = (int(text) if text else None for text in found.groups())
        last = first if last is None else last
        if not other or other[0] is None:
            return first <= last <= 6
        start, end = other[0], other[0] if other[1] is None else other[1]
        spans = sorted(((first, last), (start, end)))
        return spans[0][0] == 0 and spans[0][1] + 1 == spans[1][0] and spans[1][1] == 6

    def _number(self, analysis: str, name: str, group: str = "", level: str = "",
                population: str = "", variable: str = "") -> float | None:  # fmt: skip
        return next(
            (
                place.stats.get(name)
                for place in self.facts.of(re.escape(analysis))
                if (place.group, place.level) == (group, level)
                and name in place.stats
                and population in ("", place.population)
                and variable in ("", place.variable)
            ),
            None,
        )

    def _is(self, analysis: str, name: str, level: str = "") -> Callable[[re.Match[str]], bool]:
        """The one number that a rule found is a statistic of both arms together."""
        return lambda found: fits(found[1], self._number(analysis, name, "", level))

    def _at(self, name: str, level: str) -> list[Place]:
        return [one for one in self.facts.of(re.escape(name)) if one.level == level]

    def _is_confidence(self, text: str) -> bool:
        inference = self.plan.inference
        levels = (1 - Decimal(repr(inference.alpha)), Decimal(repr(inference.level)))
        return Decimal(text) in [100 * level for level in levels]
