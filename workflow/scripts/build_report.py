"""Write the report: one self-contained page, and a document to edit."""

from analysis.jobs.build_report import write_report

write_report(snakemake)
