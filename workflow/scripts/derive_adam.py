"""Derive the analysis data sets; gather the data queries of reading and of deriving."""

from analysis.jobs.derive_adam import derive_adam

derive_adam(snakemake)
