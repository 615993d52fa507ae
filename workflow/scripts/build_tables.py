"""Write every table as HTML, CSV and RTF."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from analysis.config import load_plan
from analysis.display.ard import Ard
from analysis.display.documents.table_files import write_table
from analysis.display.report.tables import build_tables
from analysis.display.tables.trial.quality import QUALITY, build_quality
from analysis.io.verdicts import read_verdicts
from analysis.run.job import job

if TYPE_CHECKING:
    from snakemake.script import snakemake

PROGRAM = "build_tables"


def write_tables(
    ard_file: str, qc_file: str, plan_file: str, stamp: str, lock: str, outputs: Sequence[str]
) -> None:
    plan = load_plan(Path(plan_file))
    tables = build_tables(Ard.read(Path(ard_file)), plan, stamp)
    tables[QUALITY] = build_quality(read_verdicts(Path(qc_file)), plan, stamp)
    for name, table in tables.items():
        paths = {path.suffix[1:]: path for path in map(Path, outputs) if path.stem == name}
        write_table(table, paths, lock, PROGRAM)


with job(snakemake, "Building the tables"):
    write_tables(
        snakemake.input.ard,
        snakemake.input.qc,
        snakemake.input.plan,
        snakemake.params.stamp,
        snakemake.params.lock,
        snakemake.output,
    )
