"""Analyse adverse events."""

from typing import TYPE_CHECKING

from analysis.analyses.adverse_events import analyse_adverse_events
from analysis.run.analysing import analyse

if TYPE_CHECKING:
    from snakemake.script import snakemake

analyse(snakemake, "Analysing adverse events", analyse_adverse_events, "adsl", "adae")
