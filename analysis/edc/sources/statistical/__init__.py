"""Files of SAS, SPSS and Stata: raw values as the text of a CSV, dates by their formats."""
