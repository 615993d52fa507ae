"""Count missing outcomes: by arm, reason and visit, and of whom."""

from typing import TYPE_CHECKING

from analysis.analyses.description.missing import analyse_missing
from analysis.run.analysis_job import analyse

if TYPE_CHECKING:
    from snakemake.script import snakemake

analyse(snakemake, "Counting what is missing", analyse_missing, "adsl", "adqs")
