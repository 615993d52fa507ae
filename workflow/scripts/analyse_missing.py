"""Count missing outcomes: by arm, reason and visit, and of whom."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from analysis.analyses.missing import analyse_missing
from analysis.config import load_plan
from analysis.files import write_text
from analysis.frames import read_parquet
from analysis.result import Allocation, write_results_text
from analysis.run.job import job

if TYPE_CHECKING:
    from snakemake.script import snakemake


def run_analyses(
    adsl_file: str, adqs_file: str, plan_file: str, output: str, provenance: Mapping[str, str]
) -> None:
    plan = load_plan(Path(plan_file))
    results = analyse_missing(read_parquet(Path(adsl_file)), read_parquet(Path(adqs_file)), plan)
    allocation = Allocation(provenance["allocation"])
    write_text(Path(output), write_results_text(results, allocation, provenance))


with job(snakemake, "Counting what is missing"):
    run_analyses(
        snakemake.input.adsl,
        snakemake.input.adqs,
        snakemake.input.plan,
        snakemake.output[0],
        snakemake.params.provenance,
    )
