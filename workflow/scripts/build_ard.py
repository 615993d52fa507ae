"""Lay out every number of every analysis in one long table."""

from analysis.jobs.build_ard import build_ard

build_ard(snakemake)
