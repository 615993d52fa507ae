"""Write every table as HTML and CSV."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from analysis.config import load_plan
from analysis.display.ard import Ard
from analysis.display.table import write_table
from analysis.display.tables import build_tables
from analysis.run.job import job

if TYPE_CHECKING:
    from snakemake.script import snakemake


def write_tables(
    ard_file: str, plan_file: str, stamp: str, lock: str, outputs: Sequence[str]
) -> None:
    tables = build_tables(Ard.read(Path(ard_file)), load_plan(Path(plan_file)), stamp)
    for name, table in tables.items():
        paths = {path.suffix[1:]: path for path in map(Path, outputs) if path.stem == name}
        write_table(table, paths, lock)


with job(snakemake, "Building the tables"):
    write_tables(
        snakemake.input.ard,
        snakemake.input.plan,
        snakemake.params.stamp,
        snakemake.params.lock,
        snakemake.output,
    )
