"""Describe the exposure to the study drug."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from analysis.analyses.exposure import analyse_exposure
from analysis.config import load_plan
from analysis.files import write_text
from analysis.frames import read_parquet
from analysis.result import Allocation, write_results_text
from analysis.run.job import job

if TYPE_CHECKING:
    from snakemake.script import snakemake


def run_analyses(
    adsl_file: str, plan_file: str, output: str, provenance: Mapping[str, str]
) -> None:
    results = analyse_exposure(read_parquet(Path(adsl_file)), load_plan(Path(plan_file)))
    allocation = Allocation(provenance["allocation"])
    write_text(Path(output), write_results_text(results, allocation, provenance))


with job(snakemake, "Describing exposure"):
    run_analyses(
        snakemake.input.adsl, snakemake.input.plan, snakemake.output[0], snakemake.params.provenance
    )
