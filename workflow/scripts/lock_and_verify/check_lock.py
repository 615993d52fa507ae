"""Hold inputs, plan and mapping against the lock of the data set."""

from analysis.jobs.lock_and_verify.check_lock import check_lock

check_lock(snakemake)
