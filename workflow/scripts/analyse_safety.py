"""Analyse deaths and intracranial haemorrhage."""

from typing import TYPE_CHECKING

from analysis.analyses.safety import analyse_safety
from analysis.run.analysing import analyse

if TYPE_CHECKING:
    from snakemake.script import snakemake

analyse(snakemake, "Analysing safety", analyse_safety, "adsl")
