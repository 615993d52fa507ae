"""Count analysis sets, flow, reasons, outcome, baseline and data queries."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from analysis.analyses.description.balance import analyse_balance
from analysis.analyses.description.baseline import analyse_baseline
from analysis.analyses.description.populations import analyse_populations
from analysis.analyses.description.queries import count_queries
from analysis.analyses.description.recruitment import analyse_recruitment
from analysis.config import load_plan
from analysis.io.frames import read_parquet
from analysis.io.result import AnalysisResult
from analysis.run.analysis_job import write_results
from analysis.run.job import job

if TYPE_CHECKING:
    from snakemake.script import snakemake


def analyse_all(inputs: Any) -> list[AnalysisResult]:
    plan, adsl = load_plan(Path(inputs.plan)), read_parquet(Path(inputs.adsl))
    reasons = pd.read_csv(inputs.reasons, dtype=str, keep_default_na=False)
    queries = pd.read_csv(inputs.queries, dtype=str, keep_default_na=False)
    screening = read_parquet(Path(inputs.screening)) if inputs.get("screening") else None
    return [
        *analyse_populations(adsl, reasons, screening, plan),
        *analyse_baseline(adsl, plan),
        analyse_balance(adsl, plan),
        analyse_recruitment(adsl, plan),
        *count_queries(queries),
    ]


with job(snakemake, "Counting the analysis sets"):
    write_results(snakemake, analyse_all(snakemake.input))
