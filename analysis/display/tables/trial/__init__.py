"""Tables of the trial: baseline, disposition, populations, missing outcomes, data quality."""
