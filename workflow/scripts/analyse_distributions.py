"""Standardise the distribution of the mRS by arm, and cut it in two at every level."""

from typing import TYPE_CHECKING

from analysis.analyses.mrs.distributions import analyse_distributions
from analysis.run.analysis_job import analyse

if TYPE_CHECKING:
    from snakemake.script import snakemake

analyse(snakemake, "Analysing the distribution of the mRS", analyse_distributions, "adsl")
