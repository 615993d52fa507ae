"""Files of SAS, SPSS and Stata as text: raw values, and dates by the format of their column."""
