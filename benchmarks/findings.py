"""What a part of the benchmark finds: rows of the table, and whether the numbers are the same."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

import numpy as np

from benchmarks.rounds import Spread, divide


class Unit(StrEnum):
    """What is measured."""

    SECONDS = "s"
    GIGABYTES = "GB"


class Verdict(StrEnum):
    """A row beside its target."""

    MET = "met"
    MISSED = "missed"
    UNMEASURED = "not measured"
    NO_TARGET = ""


@dataclass(frozen=True)
class Row:
    """One comparison. ``ratio`` is theirs / ours.

    ``fewest_times``: target, the ratio at least. ``limit``: target, ours below it.
    """

    what: str
    ours: Spread
    rival: str = ""
    unit: Unit = Unit.SECONDS
    theirs: Spread | None = None
    ratio: Spread | None = None
    fewest_times: float | None = None
    limit: float | None = None

    @property
    def verdict(self) -> Verdict:
        """Whether the median is within the target."""
        if self.fewest_times is not None:
            if self.ratio is None:
                return Verdict.UNMEASURED
            return Verdict.MET if self.ratio.median >= self.fewest_times else Verdict.MISSED
        if self.limit is None:
            return Verdict.NO_TARGET
        if math.isnan(self.ours.median):
            return Verdict.UNMEASURED
        return Verdict.MET if self.ours.median < self.limit else Verdict.MISSED

    def against(self, rival: str, ours: Sequence[float], theirs: Sequence[float] | None) -> Row:
        """This row beside a rival's rounds, None where they were not measured."""
        row = replace(self, rival=rival)
        if theirs is None:
            return row
        return replace(row, theirs=Spread.of(theirs), ratio=divide(theirs, ours))


@dataclass(frozen=True)
class Agreement:
    """The largest difference between two programs' estimates, and what it may be."""

    what: str
    rival: str
    difference: float
    tolerance: float

    @property
    def holds(self) -> bool:
        """False for a difference that is not a number."""
        return self.difference <= self.tolerance


@dataclass(frozen=True)
class Findings:
    """Of one part or more."""

    rows: list[Row] = field(default_factory=list)
    agreements: list[Agreement] = field(default_factory=list)

    def join(self, other: Findings) -> Findings:
        """These and the other's."""
        return Findings(self.rows + other.rows, self.agreements + other.agreements)

    @property
    def missed(self) -> list[Row]:
        """Rows whose target is missed."""
        return [row for row in self.rows if row.verdict is Verdict.MISSED]

    @property
    def differing(self) -> list[Agreement]:
        """Comparisons of estimates that do not hold."""
        return [agreement for agreement in self.agreements if not agreement.holds]


def compare(
    what: str, rival: str, ours: Sequence[float], theirs: Sequence[float], tolerance: float
) -> Agreement:
    """Compare estimates one by one; raises ValueError if their numbers differ."""
    pairs = zip(ours, theirs, strict=True)
    difference = float(np.max(np.abs([our - their for our, their in pairs])))
    return Agreement(what, rival, difference, tolerance)
