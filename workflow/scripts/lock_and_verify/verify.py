"""Run again from the same inputs and compare with the archived manifest."""

from analysis.jobs.lock_and_verify.verify import verify_results

verify_results(snakemake)
