"""One query before it is run: a single SELECT that sees the sources and nothing else."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

import duckdb

from analysis.edc.sql.settings import open_connection

ROW_FUNCTIONS = frozenset({"unnest", "range", "generate_series"})
"""Functions that give rows, of what stands in the query alone."""

WORDS_OF_THE_SESSION = frozenset(
    {
        "ago", "current_catalog", "current_date", "current_role", "current_schema", "current_time",
        "current_timestamp", "current_user", "get_block_size", "localtime", "localtimestamp",
        "session_user", "user",
    }
)  # fmt: skip
"""Words of SQL that tell of the clock or the session; a column so named is written source.user."""


class QueryError(Exception):
    """Why a query cannot be run, in words that name no table of the layout."""


@dataclass(frozen=True)
class Statement:
    """A query that may be run.

    ``tables``: the names that it selects from; ``given``: those that it gives itself (WITH);
    ``columns``: the names of columns in it; all folded.
    """

    text: str
    tables: frozenset[str]
    given: frozenset[str]
    columns: frozenset[str]


def parse_statement(text: str) -> Statement:
    """Return the query in ``text``.

    The engine's own parser takes it apart; nothing is run. Raises QueryError for what is no single
    SELECT, and for one that asks for a file, a setting, the clock or chance.
    """
    nodes = list(walk(read_tree(text)))
    _refuse_places(nodes)
    _refuse_functions(nodes)
    return Statement(
        text.strip().rstrip(";").rstrip(),
        _fold(node["table_name"] for node in nodes if node.get("type") == "BASE_TABLE"),
        _fold(name for node in nodes for name in _name_expressions(node)),
        _fold(
            name
            for node in nodes
            if node.get("class") == "COLUMN_REF"
            for name in node["column_names"]
        ),
    )


def _fold(names: Iterable[str]) -> frozenset[str]:
    return frozenset(str(name).casefold() for name in names)


def read_tree(text: str) -> Any:
    """Return the tree of the one statement in ``text``; raises QueryError if there is none."""
    row = _open_parser().execute("SELECT json_serialize_sql(?)", [text]).fetchone()
    tree: dict[str, Any] = json.loads(row[0]) if row else {"error": True, "error_message": "none"}
    if tree["error"] and tree.get("error_type") == "not implemented":
        raise QueryError("it is no SELECT, and nothing else is run")
    if tree["error"]:
        raise QueryError(_place(text, tree))
    if len(tree["statements"]) != 1:
        raise QueryError(f"it holds {len(tree['statements'])} statements; give one SELECT")
    return tree["statements"][0]


def _place(text: str, tree: dict[str, Any]) -> str:
    """The parser's message with the line at which it stands."""
    message = " ".join(str(tree["error_message"]).split())
    if not str(tree.get("position", "")).isdigit():
        return message
    line = text.encode()[: int(tree["position"])].count(b"\n") + 1
    return f"line {line}: {message}"


def walk(node: Any) -> Iterator[dict[str, Any]]:
    """Yield every object of a tree, without recursion: a query may be nested deeply."""
    left = [node]
    while left:
        here = left.pop()
        if isinstance(here, dict):
            yield here
            left.extend(here.values())
        elif isinstance(here, list):
            left.extend(here)


def _name_expressions(node: dict[str, Any]) -> Iterator[str]:
    """The names that WITH gives."""
    for entry in (node.get("cte_map") or {}).get("map", []):
        yield str(entry["key"])


def _refuse_places(nodes: list[dict[str, Any]]) -> None:
    for node in nodes:
        if node.get("type") == "BASE_TABLE" and (node["schema_name"] or node["catalog_name"]):
            raise QueryError(
                f"{node['schema_name']}.{node['table_name']}: a query sees the sources of the "
                "export alone, by their names"
            )
        if node.get("sample"):
            raise QueryError("SAMPLE draws by chance: the same export must give the same table")
        if node.get("type") == "SHOW_REF":
            raise QueryError("it describes a table; give a SELECT")
        if node.get("type") == "TABLE_FUNCTION":
            name = str(node["function"]["function_name"])
            if name.casefold() not in ROW_FUNCTIONS:
                raise QueryError(f"{name}: a query reads the sources of the export, and no file")


def _refuse_functions(nodes: list[dict[str, Any]]) -> None:
    called = {
        str(node["function_name"]).casefold()
        for node in nodes
        if node.get("class") in ("FUNCTION", "WINDOW")
    }
    words = {
        str(node["column_names"][0]).casefold()
        for node in nodes
        if node.get("class") == "COLUMN_REF" and len(node["column_names"]) == 1
    }
    unsteady = sorted(filter(_tells_of_session, called)) + sorted(words & WORDS_OF_THE_SESSION)
    if unsteady:
        raise QueryError(
            f"{unsteady[0]}: depends on the clock, on chance or on a setting; the same export must "
            "give the same table"
        )


def _tells_of_session(name: str) -> bool:
    macros = name.startswith(("pg_", "has_", "inet_", "duckdb_"))
    return macros or name in WORDS_OF_THE_SESSION or name in _list_unsteady()


@cache
def _open_parser() -> duckdb.DuckDBPyConnection:
    return open_connection()


@cache
def _list_unsteady() -> frozenset[str]:
    """The functions of the engine that give the same for the same arguments in no form of them."""
    rows = _open_parser().execute(
        "SELECT function_name FROM duckdb_functions() "
        "WHERE function_type IN ('scalar', 'aggregate') "
        "GROUP BY function_name HAVING NOT bool_or(stability = 'CONSISTENT')"
    )
    return frozenset(str(name) for (name,) in rows.fetchall()) | {"current_setting"}
