"""Count analysis sets, flow, reasons, outcome, baseline and data queries."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from analysis.analyses.balance import analyse_balance
from analysis.analyses.baseline import analyse_baseline
from analysis.analyses.populations import analyse_populations
from analysis.analyses.queries import count_queries
from analysis.analyses.recruitment import analyse_recruitment
from analysis.config import load_plan
from analysis.files import write_text
from analysis.frames import read_parquet
from analysis.result import Allocation, write_results_text
from analysis.run.job import job

if TYPE_CHECKING:
    from snakemake.script import snakemake


def run_analyses(
    adsl_file: str,
    reasons_file: str,
    queries_file: str,
    screening_files: Sequence[str],
    plan_file: str,
    output: str,
    provenance: Mapping[str, str],
) -> None:
    plan, adsl = load_plan(Path(plan_file)), read_parquet(Path(adsl_file))
    reasons = pd.read_csv(reasons_file, dtype=str, keep_default_na=False)
    queries = pd.read_csv(queries_file, dtype=str, keep_default_na=False)
    screening = read_parquet(Path(screening_files[0])) if screening_files else None
    results = [
        *analyse_populations(adsl, reasons, screening, plan),
        *analyse_baseline(adsl, plan),
        analyse_balance(adsl, plan),
        analyse_recruitment(adsl, plan),
        *count_queries(queries),
    ]
    allocation = Allocation(provenance["allocation"])
    write_text(Path(output), write_results_text(results, allocation, provenance))


with job(snakemake, "Counting the analysis sets"):
    run_analyses(
        snakemake.input.adsl,
        snakemake.input.reasons,
        snakemake.input.queries,
        snakemake.input.get("screening", []) and [snakemake.input.screening],
        snakemake.input.plan,
        snakemake.output[0],
        snakemake.params.provenance,
    )
