"""Analyse adverse events."""

from typing import TYPE_CHECKING

from analysis.analyses.safety.adverse_events import analyse_adverse_events
from analysis.run.analysis_job import analyse

if TYPE_CHECKING:
    from snakemake.script import snakemake

analyse(snakemake, "Analysing adverse events", analyse_adverse_events, "adsl", "adae")
