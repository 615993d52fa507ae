"""Exports of any number of subjects: the demonstration trial in blocks with ids of their own."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from analysis.config import Plan
from analysis.simulate import SimulatedTrial, simulate_trial

BLOCK = 100_000
"""Subjects that are simulated at once: more would take the memory that is to be measured."""
IDENTIFIERS = ("SUBJID", "RANDNO", "KITNO", "EXKIT", "SCRNO")


def write_large_export(plan: Plan, folder: Path, subjects: int) -> int:
    """Write tables to ``folder/edc`` and lists to ``folder/lists`` as CSV; return the rows.

    Block after block of at most :data:`BLOCK` subjects, each with a seed of its own and its number
    before every identifier.
    """
    rows = 0
    for block, begin in enumerate(range(0, subjects, BLOCK)):
        trial = _simulate(plan, min(BLOCK, subjects - begin), block)
        for place, tables in (("edc", trial.tables), ("lists", trial.lists)):
            (folder / place).mkdir(parents=True, exist_ok=True)
            for name, table in tables.items():
                _append(folder / place / f"{name}.csv", _renumber(table, block), block)
                rows += len(table) if place == "edc" else 0
    return rows


def _simulate(plan: Plan, subjects: int, block: int) -> SimulatedTrial:
    demo = plan.demo.model_copy(update={"n": subjects, "seed": plan.demo.seed + block})
    return simulate_trial(plan.model_copy(update={"demo": demo}))


def _renumber(table: pd.DataFrame, block: int) -> pd.DataFrame:
    own = [name for name in IDENTIFIERS if name in table]
    return table.assign(**{n: table[n].where(table[n] == "", f"{block}-" + table[n]) for n in own})


def _append(path: Path, table: pd.DataFrame, block: int) -> None:
    mode = "a" if block else "w"
    table.to_csv(path, index=False, header=not block, mode=mode, lineterminator="\n")
