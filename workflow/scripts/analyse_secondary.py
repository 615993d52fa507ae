"""Analyse NIHSS, EQ-5D, EQ-VAS and the utility-weighted mRS."""

from typing import TYPE_CHECKING

from analysis.analyses.secondary import analyse_secondary
from analysis.run.analysis_job import analyse

if TYPE_CHECKING:
    from snakemake.script import snakemake

analyse(snakemake, "Analysing the secondary outcomes", analyse_secondary, "adsl", "adqs")
