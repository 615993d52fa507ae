"""Compute what matters a second time, and set it beside the results."""

from pathlib import Path
from typing import TYPE_CHECKING

from analysis.config import load_plan
from analysis.io.frames import read_parquet
from analysis.io.verdicts import list_failed, write_verdicts
from analysis.qc import EngineNumbers, check_independently
from analysis.run.job import job

if TYPE_CHECKING:
    from snakemake.script import snakemake


def run_checks(adsl_file: str, adtte_file: str, ard_file: str, plan_file: str, output: str) -> None:
    engine = EngineNumbers.read(Path(ard_file))
    comparisons = check_independently(
        read_parquet(Path(adsl_file)),
        read_parquet(Path(adtte_file)),
        engine,
        load_plan(Path(plan_file)),
    )
    for failed in list_failed(comparisons):
        print(failed.describe())
    write_verdicts(Path(output), comparisons, engine.allocation)


with job(snakemake, "Checking the results by a second implementation"):
    run_checks(
        snakemake.input.adsl,
        snakemake.input.adtte,
        snakemake.input.ard,
        snakemake.input.plan,
        snakemake.output[0],
    )
