"""Run the primary analysis of the mRS, its check, and what stands beside it."""

from typing import TYPE_CHECKING

from analysis.analyses.mrs.mrs_shift import analyse_mrs_shift
from analysis.run.analysis_job import analyse

if TYPE_CHECKING:
    from snakemake.script import snakemake

analyse(snakemake, "Analysing the shift of the mRS", analyse_mrs_shift, "adsl")
