"""Propose a first mapping of an export."""

from analysis.jobs.mapping.map_edc import map_export

map_export(snakemake)
