"""The second engine: SQLite, what it may be asked, and functions that mean what DuckDB means."""
