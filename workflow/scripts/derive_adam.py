"""Derive the analysis data sets, with the data queries of deriving."""

from analysis.jobs.derive_adam import derive_adam

derive_adam(snakemake)
