"""Standardise the distribution of the mRS by arm, and cut it in two at every level."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from analysis.analyses.distributions import analyse_distributions
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
    results = analyse_distributions(read_parquet(Path(adsl_file)), load_plan(Path(plan_file)))
    allocation = Allocation(provenance["allocation"])
    write_text(Path(output), write_results_text(results, allocation, provenance))


with job(snakemake, "Analysing the distribution of the mRS"):
    run_analyses(
        snakemake.input.adsl, snakemake.input.plan, snakemake.output[0], snakemake.params.provenance
    )
