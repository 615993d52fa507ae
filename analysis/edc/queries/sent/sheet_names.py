"""Names of sheets that every spreadsheet program takes: legal, short and unique."""

import re
from collections.abc import Iterable

from analysis.io.printable import clean_cell

LONGEST = 31
_ILLEGAL = re.compile(r"[\[\]:*?/\\]")
_RESERVED = frozenset({"history"})


def name_sheets(wanted: Iterable[str]) -> list[str]:
    """Return a legal name for each text, in their order; equal ones are numbered.

    Case does not tell two sheets apart, nor may a name begin or end with an apostrophe.

    >>> name_sheets(["01/A", "01:A", "", "History"])
    ['01_A', '01_A (2)', '_', 'History_']
    """
    taken: set[str] = set()
    names = []
    for text in wanted:
        name = _make_unique(_make_legal(text), taken)
        taken.add(_fold(name))
        names.append(name)
    return names


def _make_legal(text: str) -> str:
    legal = _ILLEGAL.sub("_", clean_cell(text))
    legal = cut(re.sub(r"^'|'$", "_", legal.strip()), LONGEST) or "_"
    legal = re.sub(r"'$", "_", legal)
    return f"{legal}_" if _fold(legal) in _RESERVED else legal


def _make_unique(name: str, taken: set[str]) -> str:
    tried, number = name, 1
    while _fold(tried) in taken:
        number += 1
        end = f" ({number})"
        tried = cut(name, LONGEST - len(end)) + end
    return tried


def cut(text: str, length: int) -> str:
    """Return the text in so many units of UTF-16, by which programs count, no letter halved."""
    return text.encode("utf-16-le")[: 2 * length].decode("utf-16-le", errors="ignore")


def _fold(name: str) -> str:
    return name.casefold()
