"""Run the sensitivity and supplementary analyses of the primary outcome."""

from typing import TYPE_CHECKING

from analysis.analyses.sensitivity.analyse import analyse_sensitivity
from analysis.run.analysis_job import analyse

if TYPE_CHECKING:
    from snakemake.script import snakemake

analyse(snakemake, "Analysing the sensitivity of the primary outcome", analyse_sensitivity, "adsl")
