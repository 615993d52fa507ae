"""What the programs are, how many cores there are, and how to get what is missing of R."""

from __future__ import annotations

import os
import platform
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from benchmarks.bench import RIVALS, start_engine, start_r

BASE = "stats"
NEEDED = frozenset(RIVALS.values()) - {BASE}


@dataclass(frozen=True)
class Surroundings:
    """``r``: empty, and ``rscript`` None, where R is not installed."""

    cores: int
    system: str
    python: Mapping[str, str]
    rscript: str | None
    r: Mapping[str, str]

    @property
    def packages(self) -> frozenset[str]:
        """R's packages that can be measured."""
        return frozenset({BASE, *(NEEDED & self.r.keys())}) if self.r else frozenset()

    @property
    def missing(self) -> list[str]:
        """R's packages that cannot."""
        return sorted(NEEDED - self.packages)


def look_around(folder: Path) -> Surroundings:
    """Ask both programs what they are."""
    with start_engine(folder, 1) as engine:
        python = read_versions(engine.ask("versions"))
    rscript, r = shutil.which("Rscript"), {}
    if rscript:
        with start_r(rscript, folder) as worker:
            r = read_versions(worker.ask("versions"))
    return Surroundings(
        count_cores(), f"{platform.system()} {platform.machine()}", python, rscript, r
    )


def read_versions(words: Iterable[str]) -> dict[str, str]:
    """Read NAME=VERSION."""
    return dict(word.split("=", 1) for word in words)


def count_cores() -> int:
    """Cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def advise(surroundings: Surroundings) -> str:
    """What is missing of R and how to get it; empty if nothing is."""
    if not surroundings.missing:
        return ""
    packages = " and ".join(surroundings.missing)
    if surroundings.rscript is None:
        return (
            "R is missing: only this project's side is measured. On Debian or Ubuntu:\n"
            "    apt-get install r-base-core r-cran-ordinal r-cran-rms\n"
            "Elsewhere: R from https://cran.r-project.org, then in R:\n"
            '    install.packages(c("ordinal", "rms"))'
        )
    names = " ".join(f"r-cran-{name}" for name in surroundings.missing)
    quoted = ", ".join(f'"{name}"' for name in surroundings.missing)
    return (
        f"R has no package {packages}: it is left out. On Debian or Ubuntu:\n"
        f"    apt-get install {names}\n"
        "Elsewhere, in R:\n"
        f"    install.packages(c({quoted}))"
    )
