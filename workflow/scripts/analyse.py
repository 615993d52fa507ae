"""Run one subject of analysis."""

from analysis.jobs.analyse import analyse

analyse(snakemake)
