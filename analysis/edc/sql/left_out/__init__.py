"""Rows of sources that the query of a table leaves out: counted, and said in queries."""
