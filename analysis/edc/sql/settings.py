"""The settings of the embedded engine: no file, no network, bounded, the same order every time."""

import duckdb

MEMORY = "3GB"
"""Most that a query may hold in memory; nothing is written to the disk instead."""

SETTINGS = {
    "threads": "1",  # aggregates that depend on the order of rows give the same every time
    "memory_limit": MEMORY,
    "max_temp_directory_size": "0B",
    "enable_external_access": "false",
    "autoload_known_extensions": "false",
    "autoinstall_known_extensions": "false",
    "allow_community_extensions": "false",
    "python_enable_replacements": "false",
    "preserve_insertion_order": "true",
    "TimeZone": "UTC",
    "lock_configuration": "true",
}


def open_connection() -> duckdb.DuckDBPyConnection:
    """Return a new engine in memory, whose settings can no longer be changed."""
    connection = duckdb.connect(":memory:")
    for name, value in SETTINGS.items():
        connection.execute(f"SET {name} = '{value}'")
    return connection
