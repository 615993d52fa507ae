"""Analyse the primary effect in subgroups."""

from typing import TYPE_CHECKING

from analysis.analyses.mrs.subgroups import analyse_subgroups
from analysis.run.analysis_job import analyse

if TYPE_CHECKING:
    from snakemake.script import snakemake

analyse(snakemake, "Analysing the subgroups", analyse_subgroups, "adsl")
