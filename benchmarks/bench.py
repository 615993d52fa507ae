"""What every part needs: sizes, a folder for the trials, the two programs and what R can do."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from benchmarks.rounds import Contestant
from benchmarks.worker import TOP, Worker

RIVALS = {
    "clm": "ordinal",
    "clm.fit": "ordinal",
    "clmm": "ordinal",
    "orm": "rms",
    "orm.fit": "rms",
    "wilcox.test": "stats",
}
"""R's functions and their packages; ``stats`` comes with R."""


@dataclass(frozen=True)
class Sizes:
    """How much is measured.

    ``rounds`` of one trial, of the large one, of a batch, of sites. ``warm_passes``: not counted.
    ``seconds``: what a measurement of a fast method lasts about. ``subjects``: of the exports.
    """

    n: int = 1060
    large_n: int = 1_000_000
    trials: int = 10_000
    sampled_trials: int = 50
    workers: int = 2
    rounds: int = 31
    large_rounds: int = 1
    batch_rounds: int = 3
    site_rounds: int = 5
    warm_passes: int = 10
    seconds: float = 0.1
    subjects: tuple[int, ...] = (10_000, 100_000, 1_000_000)


@dataclass(frozen=True)
class Bench:
    """``rscript``: None where there is no R; ``packages``: those of R that are installed."""

    folder: Path
    sizes: Sizes
    rscript: str | None
    packages: frozenset[str]

    def keep_able(self, rivals: Iterable[str]) -> list[str]:
        """Those of R's functions that are installed here."""
        return [rival for rival in rivals if self.rscript and RIVALS[rival] in self.packages]

    def start(self, stack: ExitStack, method: str, rivals: Iterable[str]) -> list[Contestant]:
        """Start this project's side and, for rivals, one R: our method first, then theirs."""
        contestants = [Contestant(stack.enter_context(self.start_engine()), method)]
        able = self.keep_able(rivals)
        if able:
            r = stack.enter_context(self.start_r())
            contestants += [Contestant(r, rival) for rival in able]
        return contestants

    def start_engine(self) -> Worker:
        """Start this project's side."""
        return start_engine(self.folder, self.sizes.workers)

    def start_r(self) -> Worker:
        """Start R's side; ``keep_able`` says whether there is one."""
        return start_r(str(self.rscript), self.folder)


def start_engine(folder: Path, workers: int) -> Worker:
    """Start this project's side; its batches use ``workers`` cores."""
    return Worker("Python", [sys.executable, "-m", "benchmarks.engine", str(folder), str(workers)])


def start_r(rscript: str, folder: Path) -> Worker:
    """Start R's side."""
    return Worker("R", [rscript, str(TOP / "benchmarks" / "r_engine.R"), str(folder)])


def name_rival(method: str) -> str:
    """The function with its package."""
    return f"{RIVALS[method]}::{method}"
