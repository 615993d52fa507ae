"""Simulate the demonstration trial: export, allocation lists, ledger of planted faults."""

from analysis.jobs.demo_trial import write_demo_trial

write_demo_trial(snakemake)
