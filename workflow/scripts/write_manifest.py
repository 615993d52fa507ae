"""List every output with its hash, and what the results were made from."""

from analysis.jobs.write_manifest import write_manifest

write_manifest(snakemake)
