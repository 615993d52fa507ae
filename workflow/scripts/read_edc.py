"""Read the export to typed tables and data queries; stop if it cannot be analysed."""

from analysis.jobs.read_edc import read_edc

read_edc(snakemake)
