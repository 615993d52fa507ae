"""Gather the data queries of reading and of deriving; write them for the sites."""

from analysis.jobs.queries.gather import gather_queries

gather_queries(snakemake)
