"""Exports of growing size: each is made, then read and derived in a process of its own."""

from __future__ import annotations

import math
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from analysis.config import load_plan
from benchmarks.bench import Bench
from benchmarks.findings import Findings, Row, Unit
from benchmarks.parts.export.making import write_large_export
from benchmarks.parts.export.picture import draw_stages
from benchmarks.rounds import Spread
from benchmarks.worker import TOP, WorkerError

MOST_GIGABYTES = 8.0
GIGABYTE = 1e9
PICTURE = TOP / "benchmarks" / "results" / "exports.svg"
MODULE = "benchmarks.parts.export.stages"


@dataclass(frozen=True)
class Stage:
    """What one stage of one export took: seconds of processor and of the wall, bytes of memory."""

    processor: float
    wall: float
    peak: float


Stages = Mapping[str, Stage]


def measure_exports(bench: Bench) -> Findings:
    """Measure every size; draw all stages into :data:`PICTURE`."""
    plan = load_plan(TOP / "config" / "trial.yaml")
    found: dict[int, Stages] = {}
    rows: list[Row] = []
    for subjects in bench.sizes.subjects:
        folder = bench.folder / f"export-{subjects}"
        count = write_large_export(plan, folder, subjects)
        found[subjects] = go_through(folder)
        rows += _list_rows(f"export of {subjects:,} subjects, {count:,} rows", found[subjects])
    draw_stages(PICTURE, found)
    return Findings(rows)


def go_through(folder: Path) -> Stages:
    """Return the stages of one export, measured in a new process; WorkerError if it fails."""
    command = [sys.executable, "-m", MODULE, str(folder)]
    ended = subprocess.run(command, cwd=TOP, capture_output=True, text=True, check=False)
    if ended.returncode:
        raise WorkerError(f"{MODULE}: {ended.stderr.strip() or ended.stdout.strip()}")
    lines = (line.split("\t") for line in ended.stdout.splitlines())
    return {name: Stage(*map(float, numbers)) for name, *numbers in lines}


def _list_rows(what: str, stages: Stages) -> list[Row]:
    """A row a stage and clock, and the memory of the stage that takes the most."""
    rows = [
        Row(f"{what}: {name}, {clock}", Spread.of([seconds]))
        for name, stage in stages.items()
        for clock, seconds in (("processor", stage.processor), ("wall", stage.wall))
    ]
    peaks = {name: stage.peak / GIGABYTE for name, stage in stages.items()}
    most = max(peaks, key=lambda name: -1.0 if math.isnan(peaks[name]) else peaks[name])
    memory = Spread.of([peaks[most]])
    total: Sequence[float] = [sum(stage.processor for stage in stages.values())]
    return [
        *rows,
        Row(f"{what}: all stages, processor", Spread.of(total)),
        Row(f"{what}: peak memory", memory, unit=Unit.GIGABYTES, limit=MOST_GIGABYTES),
    ]
