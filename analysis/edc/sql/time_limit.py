"""The time that a query may take: one that does not end is interrupted."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Thread

import duckdb

AGAIN = 0.05
"""Seconds between two interruptions: one that falls between two statements stops neither."""
INTERRUPTED = (duckdb.InterruptException, RuntimeError)
"""What the engine raises when it was interrupted."""


class OutOfTime(Exception):
    """A query had not ended when its time was over."""


@contextmanager
def limit_time(connection: duckdb.DuckDBPyConnection, seconds: float) -> Iterator[None]:
    """Interrupt what ``connection`` runs meanwhile once ``seconds`` have passed.

    Raises OutOfTime then. The connection can be used again.
    """
    ended, overdue = Event(), Event()

    def watch() -> None:
        if ended.wait(seconds):
            return
        overdue.set()
        while not ended.is_set():
            connection.interrupt()
            ended.wait(AGAIN)

    watching = Thread(target=watch, name="time limit of a query", daemon=True)
    watching.start()
    try:
        yield
    except INTERRUPTED:
        if overdue.is_set():
            raise OutOfTime from None
        raise
    finally:
        ended.set()
        watching.join()
