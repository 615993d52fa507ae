"""Analyse deaths and intracranial haemorrhage."""

from typing import TYPE_CHECKING

from analysis.analyses.safety.deaths_and_bleeding import analyse_safety
from analysis.run.analysis_job import analyse

if TYPE_CHECKING:
    from snakemake.script import snakemake

analyse(snakemake, "Analysing safety", analyse_safety, "adsl")
