"""Data queries: findings of reading and checking the export, in one vocabulary, kept by column."""

from analysis.edc.queries.by_column import Queries, QueryRows, join_queries
from analysis.edc.queries.frame import (
    COLUMNS,
    build_queries,
    list_queries,
    load_queries,
    order_queries,
    read_queries,
)
from analysis.edc.queries.places import Places
from analysis.edc.queries.query import Query, Rule, Severity

__all__ = [
    "COLUMNS",
    "Places",
    "Queries",
    "Query",
    "QueryRows",
    "Rule",
    "Severity",
    "build_queries",
    "join_queries",
    "list_queries",
    "load_queries",
    "order_queries",
    "read_queries",
]
