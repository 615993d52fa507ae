"""Rounds of measurements in turn, so that a change in the machine's speed meets every program."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from benchmarks.worker import Worker

MOST_PASSES = 50


@dataclass(frozen=True)
class Spread:
    """Median and quartiles of the rounds."""

    median: float
    lower: float
    upper: float

    @classmethod
    def of(cls, values: Sequence[float]) -> Spread:
        """Describe one value or more."""
        lower, median, upper = np.quantile(values, (0.25, 0.5, 0.75))
        return cls(float(median), float(lower), float(upper))

    def times(self, factor: float) -> Spread:
        """The same rounds in another unit."""
        return Spread(self.median * factor, self.lower * factor, self.upper * factor)


@dataclass(frozen=True)
class Contestant:
    """A method of a program that has read its trials; one measurement is ``passes`` passes."""

    worker: Worker
    method: str
    passes: int = 1

    def measure(self) -> float:
        """Seconds of one pass."""
        return self.worker.ask_numbers("fit", self.method, self.passes)[0]

    def estimate(self) -> list[float]:
        """What is compared with the other program's."""
        return self.worker.ask_numbers("estimate", self.method)

    def warm_up(self, passes: int, seconds: float) -> Contestant:
        """Run ``passes`` passes; return the contestant whose measurements last ``seconds``."""
        self.worker.ask("fit", self.method, passes)
        once = Contestant(self.worker, self.method, passes).measure()
        wanted = round(seconds / once)
        return Contestant(self.worker, self.method, min(max(wanted, 1), MOST_PASSES))


def alternate(contestants: Sequence[Contestant], rounds: int) -> list[list[float]]:
    """Measure every contestant once a round, each round beginning with the next one.

    Returns the seconds of every round, a list for each contestant.
    """
    seconds: list[list[float]] = [[] for _ in contestants]
    for turn in range(rounds):
        for place in range(len(contestants)):
            index = (turn + place) % len(contestants)
            seconds[index].append(contestants[index].measure())
    return seconds


def divide(theirs: Sequence[float], ours: Sequence[float]) -> Spread:
    """How many times as long they took as we did, round by round."""
    return Spread.of([their / our for their, our in zip(theirs, ours, strict=True)])
