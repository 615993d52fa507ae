"""Analyse the time to death."""

from typing import TYPE_CHECKING

from analysis.analyses.safety.time_to_death import analyse_survival
from analysis.run.analysis_job import analyse

if TYPE_CHECKING:
    from snakemake.script import snakemake

analyse(snakemake, "Analysing the time to death", analyse_survival, "adsl", "adtte")
