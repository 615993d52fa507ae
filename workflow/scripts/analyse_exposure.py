"""Describe the exposure to the study drug."""

from typing import TYPE_CHECKING

from analysis.analyses.safety.exposure import analyse_exposure
from analysis.run.analysis_job import analyse

if TYPE_CHECKING:
    from snakemake.script import snakemake

analyse(snakemake, "Describing exposure", analyse_exposure, "adsl")
