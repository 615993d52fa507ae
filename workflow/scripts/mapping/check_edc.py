"""Hold the mapping against the export, and write the page that a data manager signs."""

from analysis.jobs.mapping.check_edc import check_mapping_of_export

check_mapping_of_export(snakemake)
