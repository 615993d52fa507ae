"""One export from its files to the analysis data sets, stage by stage, in a process of its own.

``python -m benchmarks.parts.export.stages FOLDER`` prints a line a stage: name, processor seconds,
wall seconds, peak memory in bytes (of the process in the stage, where the system keeps it).
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from analysis.adam.build import build_analysis_data
from analysis.config import Mapping, Plan, load_mapping, load_plan
from analysis.edc.allocation.lists import read_lists
from analysis.edc.allocation.refusal import find_arm_like
from analysis.edc.door.dates.order import check_date_order
from analysis.edc.door.whole_export import find_in_export
from analysis.edc.layout import load_layout
from analysis.edc.queries import build_queries, join_queries
from analysis.edc.reading import export as exports
from analysis.edc.reading.texts import TextTables
from analysis.edc.written.plausible_dates import limit_dates
from analysis.io.frames import write_csv, write_parquet
from analysis.io.large.stored_tables import StoredTables
from analysis.io.result import Allocation
from benchmarks.engine import STATUS
from benchmarks.worker import TOP

CLEAR = Path("/proc/self/clear_refs")
DATA_SETS = ("adsl", "adqs", "adtte", "adae")
STAGES = (
    "search for arms",
    "read, clean and map the files",
    "type, with queries",
    "findings between tables",
    "dates in order",
    "gather and write the queries",
    "write the typed tables",
    "derive ADSL, ADQS, ADTTE, ADAE",
    "write the data sets",
)


@dataclass
class Clock:
    """Seconds and memory by stage, those of a stage in pieces added up."""

    processor: dict[str, float] = field(default_factory=dict)
    wall: dict[str, float] = field(default_factory=dict)
    peak: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Measure the block."""
        if CLEAR.exists():
            CLEAR.write_text("5", encoding="ascii")  # the peak begins anew
        processor, wall = time.process_time(), time.perf_counter()
        yield
        self.processor[name] = self.processor.get(name, 0) + time.process_time() - processor
        self.wall[name] = self.wall.get(name, 0) + time.perf_counter() - wall
        self.peak[name] = max(self.peak.get(name, 0), _read_peak())

    def around(self, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """Return the function, its calls measured as a stage."""

        def measured(*given: Any, **named: Any) -> Any:
            with self.stage(name):
                return function(*given, **named)

        return measured


def _read_peak() -> float:
    """Bytes; not a number where the system does not keep them."""
    if not STATUS.exists():
        return float("nan")
    lines = STATUS.read_text(encoding="ascii").splitlines()
    return 1024 * float(next(line for line in lines if line.startswith("VmHWM:")).split()[1])


def main(folder: Path) -> None:
    """Go through all stages and print what they took."""
    plan, mapping = load_plan(TOP / "config/trial.yaml"), load_mapping(TOP / "config/edc.yaml")
    clock = Clock()
    with clock.stage(STAGES[0]):
        find_arm_like(
            folder / "edc", mapping, load_layout(), plan.arms, plan.trial.allocation_ratio
        )
    names = _read(folder, plan, mapping, clock)
    _derive(folder, names, plan, mapping, clock)
    for name in STAGES:
        print(name, clock.processor[name], clock.wall[name], clock.peak[name], sep="\t")


def _read(folder: Path, plan: Plan, mapping: Mapping, clock: Clock) -> list[str]:
    """Read, judge and write the export; return the names of its tables."""
    layout = limit_dates(load_layout(), plan)
    for stage, owner, name in (
        (STAGES[1], TextTables, "read"),
        (STAGES[2], exports, "type_table"),
    ):
        setattr(owner, name, clock.around(stage, getattr(owner, name)))
    named = plan.baseline_columns
    export, fatal = exports.read_export(folder / "edc", mapping, layout, plan.door, named=named)
    with clock.stage(STAGES[3]):
        fatal += find_in_export(export.tables, frozenset(), plan, layout, fatal)
    if fatal:
        raise SystemExit("\n".join(fatal))
    with clock.stage(STAGES[4]):
        order = check_date_order(export.tables, layout, export.places)
    with clock.stage(STAGES[5]):
        write_csv(folder / "queries.csv", build_queries(join_queries(export.queries, order)))
    with clock.stage(STAGES[6]):
        for name, frame in export.tables.items():
            write_parquet(folder / f"{name}.parquet", frame, Allocation.REHEARSAL)
    return list(export.tables)


def _derive(folder: Path, names: list[str], plan: Plan, mapping: Mapping, clock: Clock) -> None:
    lists, _ = read_lists(folder / "lists", mapping, load_layout(), plan.arms)
    tables = StoredTables({name: folder / f"{name}.parquet" for name in names})
    with clock.stage(STAGES[7]):
        data = build_analysis_data(tables, lists, plan)
    with clock.stage(STAGES[8]):
        for name in DATA_SETS:
            write_parquet(folder / f"{name}.parquet", getattr(data, name), Allocation.REHEARSAL)
        write_csv(folder / "reasons.csv", data.reasons)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
