"""The functions that conditions and queries may call: the same in DuckDB and, written here, SQLite.

Where the two engines could part, the function refuses its arguments: a table that is not checked is
better than a difference that is none. The last three are those that docs/mapping.md adds.
Source: DuckDB, Text Functions.
"""

import re
from collections.abc import Callable

from analysis.qc.from_export.reading.queries.sqlite.patterns import regexp_extract, regexp_matches
from analysis.qc.from_export.reading.queries.sqlite.texts import (
    Cell,
    UnlikeError,
    change_case,
    concat,
    concat_ws,
    contains,
    ends_with,
    left,
    length,
    pad,
    replace,
    right,
    split_part,
    starts_with,
    substr,
    trim,
)
from analysis.qc.from_export.reading.yes_no import NO, YES


def whole(text: Cell) -> Cell:
    """A text of digits as an integer."""
    if text is None or isinstance(text, int):
        return text
    if not re.fullmatch("-?[0-9]{1,9}", text):
        raise UnlikeError("a text that is no plain whole number")
    return int(text)


def try_whole(text: Cell) -> Cell:
    """A text of digits as an integer; NULL where it holds no digit at all."""
    is_none = isinstance(text, str) and not any(letter.isdecimal() for letter in text)
    return None if is_none else whole(text)


def ticked(cell: Cell) -> Cell:
    """Whether a tick box is ticked, in any spelling of yes."""
    return None if cell is None else int(_fold(cell) in YES)


def unticked(cell: Cell) -> Cell:
    """Whether a tick box is empty, or holds any spelling of no."""
    return None if cell is None else int(_fold(cell) in ("", *NO))


def if_empty(cell: Cell, other: Cell) -> Cell:
    """Another text where a cell is empty."""
    return other if cell == "" else cell


def _fold(cell: Cell) -> Cell:
    return change_case(str.lower)(trim(cell))


Function = Callable[..., Cell]
FUNCTIONS: dict[tuple[str, int], Function] = {
    ("upper", 1): change_case(str.upper),
    ("lower", 1): change_case(str.lower),
    ("trim", 1): trim,
    ("length", 1): length,
    ("substr", 2): substr,
    ("substr", 3): substr,
    ("substring", 2): substr,
    ("substring", 3): substr,
    ("left", 2): left,
    ("right", 2): right,
    ("split_part", 3): split_part,
    ("replace", 3): replace,
    ("concat", -1): concat,
    ("concat_ws", -1): concat_ws,
    ("lpad", 3): lambda text, count, fill: pad(text, count, fill, is_left=True),
    ("rpad", 3): lambda text, count, fill: pad(text, count, fill, is_left=False),
    ("contains", 2): contains,
    ("starts_with", 2): starts_with,
    ("ends_with", 2): ends_with,
    ("regexp_matches", 2): regexp_matches,
    ("regexp_extract", 2): regexp_extract,
    ("regexp_extract", 3): regexp_extract,
    ("ticked", 1): ticked,
    ("unticked", 1): unticked,
    ("if_empty", 2): if_empty,
    ("whole", 1): whole,
    ("try_whole", 1): try_whole,
}
"""By name and number of arguments (-1: any)."""
OF_BOTH = frozenset({"coalesce", "ifnull", "nullif", "like", "count", "min", "max"})
"""Functions of SQLite that are the same in DuckDB for texts."""
COUNTING = frozenset({"length", "count", "whole", "try_whole"})
"""Functions that give whole numbers."""
