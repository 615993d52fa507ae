"""A query that does not end is stopped, and the engine goes on."""

from __future__ import annotations

import threading

import duckdb
import pytest

from analysis.edc.sql.engine import Engine
from analysis.edc.sql.settings import open_connection
from analysis.edc.sql.statement import QueryError
from analysis.edc.sql.time_limit import OutOfTime, limit_time

ENDLESS = [
    "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x FROM n) SELECT count(*) AS c FROM n",
    "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x FROM n) SELECT x FROM n",
    "SELECT count(*) AS c FROM range(900000000) a, range(900000000) b, range(900000000) c",
]
SOON = 0.3


@pytest.mark.parametrize("query", ENDLESS)
def test_a_query_without_end(query: str) -> None:
    engine = Engine(SOON)
    with pytest.raises(QueryError, match=r"not ended after 0\.3 seconds and was stopped\. Line 1"):
        engine.run(query)
    assert "time limit of a query" not in {thread.name for thread in threading.enumerate()}


def test_the_engine_can_be_used_again() -> None:
    connection = open_connection()
    with pytest.raises(OutOfTime), limit_time(connection, SOON):
        connection.execute(ENDLESS[0])
    with limit_time(connection, 600):
        assert connection.execute("SELECT 1").fetchall() == [(1,)]


def test_an_error_before_the_time_is_over_is_what_it_is() -> None:
    connection = open_connection()
    with pytest.raises(duckdb.BinderException), limit_time(connection, 600):
        connection.execute("SELECT nosuch")


def test_an_interruption_that_is_not_of_the_limit_is_not_called_so() -> None:
    with pytest.raises(RuntimeError, match="by a person"), limit_time(open_connection(), 600):
        raise RuntimeError("interrupted by a person")
