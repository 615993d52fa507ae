"""Hold inputs, plan and mapping against the lock of the data set."""

from analysis.jobs.check_lock import check_lock

check_lock(snakemake)
