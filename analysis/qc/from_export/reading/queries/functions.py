"""The functions that conditions and queries may call: the same in DuckDB and, written here, SQLite.

Where the two engines could part, the function refuses its arguments: a table that is not checked is
better than a difference that is none. The last three are those that docs/mapping.md adds.
Source: DuckDB, Text Functions.
"""

import re
from collections.abc import Callable
from unicodedata import category

from analysis.qc.from_export.reading.yes_no import NO, YES

Cell = str | int | None
REGULAR = re.compile(
    r"(?:[^\\()\[\].*+?{}|^$]|\\[dw.\-+*?()\[\]/]|\((?:\?:)?|\)|\[\^?(?:[^\\\[\]^]|\\[dw.\-])+\]|"
    r"\{[0-9]{1,2}(?:,[0-9]{0,2})?\}|[.*+?|^$])*"
)
"""Regular expressions that RE2 and Python's re read alike (with ASCII classes)."""


class UnlikeError(ValueError):
    """The arguments are such that the two engines may give different results."""


def change_case(change: Callable[[str], str]) -> Callable[[Cell], Cell]:
    """Return upper or lower, letter by letter, of letters that stay single."""

    def convert(text: Cell) -> Cell:
        if text is None:
            return None
        letters = [change(letter) for letter in _text(text)]
        if any(len(letter) != 1 for letter in letters):
            raise UnlikeError("a letter whose capital is several letters")
        return "".join(letters)

    return convert


def trim(text: Cell) -> Cell:
    """Without blanks (Unicode category Zs) at both ends."""
    if text is None:
        return None
    return _text(text).strip("".join({c for c in _text(text) if category(c) == "Zs"}) or " ")


def length(text: Cell) -> Cell:
    """The number of characters."""
    return None if text is None else len(_text(text))


def substr(text: Cell, start: Cell, count: Cell = None) -> Cell:
    """Characters from ``start``, counted from 1."""
    if text is None:
        return None
    first = _whole(start, 1)
    return _text(text)[first - 1 : None if count is None else first - 1 + _whole(count, 0)]


def left(text: Cell, count: Cell) -> Cell:
    """The first characters."""
    return None if text is None else _text(text)[: _whole(count, 0)]


def right(text: Cell, count: Cell) -> Cell:
    """The last characters."""
    if text is None:
        return None
    size = _whole(count, 0)
    return _text(text)[-size:] if size else ""


def split_part(text: Cell, mark: Cell, number: Cell) -> Cell:
    """A part between marks, counted from 1; empty where there are fewer."""
    if text is None or mark is None:
        return None
    if mark == "":
        raise UnlikeError("an empty mark")
    parts = _text(text).split(_text(mark))
    return (parts + [""] * _whole(number, 1))[_whole(number, 1) - 1]


def replace(text: Cell, old: Cell, new: Cell) -> Cell:
    """Every ``old`` as ``new``; an empty one is in no text."""
    if text is None or old is None or new is None:
        return None
    return _text(text).replace(_text(old), _text(new)) if old else text


def concat(*texts: Cell) -> Cell:
    """All texts that are not NULL."""
    return "".join(str(text) for text in texts if text is not None)


def concat_ws(mark: Cell, *texts: Cell) -> Cell:
    """All texts that are not NULL with a mark between them."""
    return None if mark is None else _text(mark).join(str(t) for t in texts if t is not None)


def pad(text: Cell, count: Cell, fill: Cell, *, is_left: bool) -> Cell:
    """Filled to a number of characters, or cut to it."""
    if text is None or fill is None:
        return None
    size = _whole(count, 0)
    if fill == "":
        raise UnlikeError("nothing to fill with")
    more = (_text(fill) * size)[: max(size - len(_text(text)), 0)]
    return more + _text(text)[:size] if is_left else _text(text)[:size] + more


def contains(text: Cell, piece: Cell) -> Cell:
    """Whether a piece stands in a text."""
    return None if text is None or piece is None else int(_text(piece) in _text(text))


def starts_with(text: Cell, piece: Cell) -> Cell:
    """Whether a text begins with a piece."""
    return None if text is None or piece is None else int(_text(text).startswith(_text(piece)))


def ends_with(text: Cell, piece: Cell) -> Cell:
    """Whether a text ends with a piece."""
    return None if text is None or piece is None else int(_text(text).endswith(_text(piece)))


def regexp_matches(text: Cell, pattern: Cell) -> Cell:
    """Whether a pattern is found anywhere in a text."""
    if text is None or pattern is None:
        return None
    return int(_compile(pattern).search(_text(text)) is not None)


def regexp_extract(text: Cell, pattern: Cell, group: Cell = 0) -> Cell:
    """The first place of a pattern, or a group of it; empty where it is not found."""
    if text is None or pattern is None:
        return None
    found = _compile(pattern).search(_text(text))
    return (found[_whole(group, 0)] or "") if found else ""


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


def _text(cell: Cell) -> str:
    if not isinstance(cell, str):
        raise UnlikeError("a number where a text should stand")
    return cell


def _whole(cell: Cell, least: int) -> int:
    if not isinstance(cell, int) or not least <= cell <= 1000:
        raise UnlikeError("a number that is no count")
    return cell


def _compile(pattern: Cell) -> re.Pattern[str]:
    if not REGULAR.fullmatch(_text(pattern)):
        raise UnlikeError("a regular expression that the two engines may read differently")
    return re.compile(_text(pattern), re.ASCII)


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
