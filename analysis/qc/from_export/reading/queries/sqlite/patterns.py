"""Regular expressions that RE2, DuckDB's engine, and Python's re read alike."""

import re

from analysis.qc.from_export.reading.queries.sqlite.texts import (
    Cell,
    UnlikeError,
    take_count,
    take_text,
)

REGULAR = re.compile(
    r"(?:[^\\()\[\].*+?{}|^$]|\\[dw.\-+*?()\[\]/]|\((?:\?:)?|\)|\[\^?(?:[^\\\[\]^]|\\[dw.\-])+\]|"
    r"\{[0-9]{1,2}(?:,[0-9]{0,2})?\}|[.*+?|^$])*"
)
"""Regular expressions that RE2 and Python's re read alike (with ASCII classes)."""


def regexp_matches(text: Cell, pattern: Cell) -> Cell:
    """Whether a pattern is found anywhere in a text."""
    if text is None or pattern is None:
        return None
    return int(_compile(pattern).search(take_text(text)) is not None)


def regexp_extract(text: Cell, pattern: Cell, group: Cell = 0) -> Cell:
    """The first place of a pattern, or a group of it; empty where it is not found."""
    if text is None or pattern is None:
        return None
    found = _compile(pattern).search(take_text(text))
    return (found[take_count(group, 0)] or "") if found else ""


def _compile(pattern: Cell) -> re.Pattern[str]:
    if not REGULAR.fullmatch(take_text(pattern)):
        raise UnlikeError("a regular expression that the two engines may read differently")
    return re.compile(take_text(pattern), re.ASCII)
