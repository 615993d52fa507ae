"""The short keys of a table in the mapping, written out as the query that they stand for."""
