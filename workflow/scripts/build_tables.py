"""Write the tables or listings that a rule names by its outputs, as HTML, CSV and RTF."""

from analysis.jobs.build_tables import write_tables

write_tables(snakemake)
