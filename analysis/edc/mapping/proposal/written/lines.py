"""Lines of YAML with comments: every text is quoted, so that none is read as anything else."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

WIDTH = 2


def write_text(text: str) -> str:
    """Return a text as a scalar in double quotes.

    >>> write_text("1")
    '"1"'
    """
    return json.dumps(text, ensure_ascii=False)


def write_value(value: Any) -> str:
    """Return a value in flow style: mappings, lists, texts, numbers.

    >>> write_value({"A": ["x", 1]})
    '{"A": ["x", 1]}'
    """
    return json.dumps(value, ensure_ascii=False)


def write_key(depth: int, key: str, value: Any = None, comment: str = "") -> str:
    """Return one line: a key with its value, or one that begins a block, and a comment."""
    shown = "" if value is None else f" {write_value(value)}"
    return f"{' ' * WIDTH * depth}{_name(key)}:{shown}{_comment(comment)}"


def write_block(depth: int, key: str, entries: Mapping[str, Any]) -> list[str]:
    """Return the lines of a mapping, an entry a line; none if it is empty."""
    if not entries:
        return []
    return [write_key(depth, key), *(write_key(depth + 1, k, v) for k, v in entries.items())]


def write_comments(depth: int, lines: Iterable[str]) -> list[str]:
    """Return lines of comments."""
    return [f"{' ' * WIDTH * depth}# {_clean(line)}" for line in lines]


def _name(key: str) -> str:
    is_plain = key.isascii() and key.replace("_", "").isalpha() and key.lower() not in RESERVED
    return key if is_plain else write_text(key)


def _comment(text: str) -> str:
    return f"  # {_clean(text)}" if text else ""


def _clean(text: str) -> str:
    return " ".join(text.split())


RESERVED = {"y", "n", "yes", "no", "on", "off", "true", "false", "null"}
