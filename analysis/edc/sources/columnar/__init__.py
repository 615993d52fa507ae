"""Files that keep a table by columns, with types: Parquet."""
