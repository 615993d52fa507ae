"""Lock a data set and its plan."""

from analysis.jobs.lock_and_verify.lock import lock_data_set

lock_data_set(snakemake)
