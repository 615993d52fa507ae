"""Files of SAS and SPSS: raw values as the text that a CSV would hold, dates by their formats."""
