"""Tables that the mapping makes of several sources, rows or columns: in plain Python and SQLite."""
