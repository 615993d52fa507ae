"""The settings of the embedded engine: no file, no network, bounded, the same order every time."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import duckdb

MEMORY = "3GB"
"""Most that a query may hold in memory; nothing is written to the disk instead."""
SECONDS = 1800.0
"""Longest that a query may run: far longer than one over millions of rows, so that it stops what
would never end and no export."""

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


@contextmanager
def limit_time(connection: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """Interrupt what runs on a connection after :data:`SECONDS`; raises TimeoutError then."""
    limit, is_over = SECONDS, threading.Event()

    def interrupt() -> None:
        is_over.set()
        connection.interrupt()

    timer = threading.Timer(limit, interrupt)
    timer.daemon = True
    timer.start()
    try:
        yield
    except (duckdb.Error, RuntimeError):
        if is_over.is_set():
            raise TimeoutError(
                f"it runs longer than a query may ({limit:g} seconds). See that it ends: joins "
                "without a condition and recursive queries may not"
            ) from None
        raise
    finally:
        timer.cancel()
