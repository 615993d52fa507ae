"""Source files of an export: CSV, SAS and SPSS, read as text."""
