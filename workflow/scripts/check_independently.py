"""Compute what matters a second time, and set it beside the results."""

from analysis.jobs.check_independently import check

check(snakemake)
