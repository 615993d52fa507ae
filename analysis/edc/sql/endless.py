"""What in a query may be why it does not end, with the line where it stands."""

from collections.abc import Iterator
from typing import Any

from analysis.edc.sql.statement import QueryError, read_tree, walk

NOWHERE = 2**64 - 1
"""The place of what stands nowhere in the text."""


def explain_endless(text: str) -> str:
    """Return, by line, what in a query makes rows without end, and what to write; "" for nothing.

    >>> explain_endless("SELECT a.x FROM a\\n CROSS JOIN b")
    'Line 2: all rows with all rows; say which belong together (JOIN ... ON). '
    """
    try:
        nodes = list(walk(read_tree(text)))
    except QueryError:
        return ""
    found = sorted((line, why) for node in nodes for line, why in _judge(node, text))
    return "".join(f"Line {line}: {why}. " for line, why in dict.fromkeys(found))


def _judge(node: dict[str, Any], text: str) -> Iterator[tuple[int, str]]:
    if node.get("type") == "RECURSIVE_CTE_NODE":
        yield (
            _find_line(node, text),
            f"{node['cte_name']} goes on from its own rows; give it a condition under which it "
            "ends (WHERE), or UNION without ALL",
        )
    elif node.get("type") == "JOIN" and node.get("ref_type") == "CROSS":
        yield (
            _find_line(node, text),
            "all rows with all rows; say which belong together (JOIN ... ON)",
        )


def _find_line(node: dict[str, Any], text: str) -> int:
    """The line at which a part of the query stands: its own, else the first of what it holds."""
    own = _find_place(node)
    places = [own] if own < NOWHERE else [_find_place(each) for each in walk(node)]
    first = min((place for place in places if place < NOWHERE), default=0)
    return text.encode()[:first].count(b"\n") + 1


def _find_place(node: dict[str, Any]) -> int:
    return int(node.get("query_location", NOWHERE))
