"""How a source is written, text files, and sources with one value a row, read by the check."""
