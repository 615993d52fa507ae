"""Columns that a subquery selects from one source, and that the source does not have."""

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from analysis.edc.absent.columns import find_nearest
from analysis.edc.sql.statement import read_tree, walk

OF_EVERY_SOURCE = frozenset({"_file", "_row"})
PARTS = ("select_list", "where_clause", "group_expressions", "having", "qualify", "modifiers")
"""What of a SELECT names columns of what it selects from."""
Node = dict[str, Any]


def find_foreign_columns(text: str, headers: Mapping[str, Collection[str]]) -> list[str]:
    """Return a finding for each column that a subquery after FROM or JOIN takes from no source.

    The engine looks for it in what stands beside the subquery, and joins every row there with every
    row of the subquery. ``headers``: by source, folded, the names of its columns.

    >>> text = "SELECT x FROM a JOIN (SELECT id, y\\n FROM b WHERE b.z = a.x) AS c USING (id)"
    >>> find_foreign_columns(text, {"a": ["id", "x"], "b": ["nr", "y", "z"]})
    ['line 1: a subquery selects id from b, which has no such column']
    >>> find_foreign_columns(text, {"a": ["id", "x"], "b": ["ID", "y", "z"]})
    []
    """
    nodes = list(walk(read_tree(text)))
    given = {
        str(each["key"]).casefold()
        for node in nodes
        for each in (node.get("cte_map") or {}).get("map", [])
    }
    known = {name: columns for name, columns in headers.items() if name not in given}
    found = {
        (int(column["query_location"]), _describe(column, source, known[source]))
        for node in nodes
        if node.get("type") == "SUBQUERY" and isinstance(node.get("subquery"), dict)
        if "class" not in node  # a subquery in an expression means the rows beside it
        for select in _list_selects(node["subquery"]["node"])
        if (source := _find_source(select)) in known
        for column in _list_foreign(select, source, known[source])
    }
    lines = [(text.encode()[:at].count(b"\n") + 1, words) for at, words in sorted(found)]
    return list(dict.fromkeys(f"line {line}: {words}" for line, words in lines))


def _list_selects(node: Node) -> Iterator[Node]:
    """A SELECT, or those that UNION, INTERSECT and EXCEPT hold."""
    left: list[Any] = [node]
    while left:
        here = left.pop()
        if isinstance(here, dict) and here.get("type") == "SELECT_NODE":
            yield here
        elif isinstance(here, dict):
            left += [here.get("left"), here.get("right"), *(here.get("children") or ())]


def _find_source(select: Node) -> str:
    """The one source that a SELECT reads, by the names of its own columns; "" for others."""
    table = select.get("from_table") or {}
    is_plain = table.get("type") == "BASE_TABLE" and not table["column_name_alias"]
    return str(table["table_name"]).casefold() if is_plain else ""


def _list_foreign(select: Node, source: str, columns: Collection[str]) -> Iterator[Node]:
    """The columns without a source before their name that ``source`` does not have."""
    named = {str(item["alias"]).casefold() for item in select["select_list"]}
    own = {*(name.casefold() for name in columns), *OF_EVERY_SOURCE, *named, source}
    own.add(str(select["from_table"]["alias"]).casefold())
    for node in _walk_level([select.get(part) for part in PARTS]):
        names = node["column_names"] if node.get("class") == "COLUMN_REF" else []
        if len(names) == 1 and str(names[0]).casefold() not in own:
            yield node


def _walk_level(node: Any) -> Iterator[Node]:
    """Every object of a SELECT but those of subqueries and of functions that it writes itself."""
    left = [node]
    while left:
        here = left.pop()
        if isinstance(here, list):
            left.extend(here)
        elif isinstance(here, dict) and here.get("class") not in ("SUBQUERY", "LAMBDA"):
            yield here
            left.extend(here.values())


def _describe(column: Node, source: str, columns: Collection[str]) -> str:
    name = str(column["column_names"][0])
    near = find_nearest(name, list(columns))
    listed = f"; the nearest: {', '.join(near)}" if near else ""
    return f"a subquery selects {name} from {source}, which has no such column{listed}"
