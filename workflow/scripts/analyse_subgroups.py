"""Analyse the primary effect in subgroups."""

from typing import TYPE_CHECKING

from analysis.analyses.subgroups import analyse_subgroups
from analysis.run.analysing import analyse

if TYPE_CHECKING:
    from snakemake.script import snakemake

analyse(snakemake, "Analysing the subgroups", analyse_subgroups, "adsl")
