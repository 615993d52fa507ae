"""Analyse the mRS cut in two: risk ratios, risk differences, odds ratios."""

from typing import TYPE_CHECKING

from analysis.analyses.mrs.dichotomies import analyse_dichotomies
from analysis.run.analysis_job import analyse

if TYPE_CHECKING:
    from snakemake.script import snakemake

analyse(snakemake, "Analysing the dichotomies of the mRS", analyse_dichotomies, "adsl")
