"""Hold the data queries against the plan; stop if there are more than it tolerates."""

from analysis.jobs.queries.limit import limit_queries

limit_queries(snakemake)
