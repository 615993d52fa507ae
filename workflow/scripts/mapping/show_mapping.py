"""Print the queries that the mapping of the export stands for."""

from analysis.jobs.mapping.show_mapping import show_queries

show_queries(snakemake)
