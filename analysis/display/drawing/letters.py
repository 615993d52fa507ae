"""Text as it can be drawn: any text at all, whatever the fonts of the machine have.

Letters that no font has are drawn as a number, whose meaning stands below the figure in the report,
where a browser or a word processor has more fonts.
"""

import re
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache

from analysis.display.drawing.fallback import find_face
from analysis.display.drawing.fonts import typeface
from analysis.io.printable import REPLACEMENT

TIE = "\N{NO-BREAK SPACE}"
UNDRAWABLE = REPLACEMENT
"""Stands for what has no shape: controls, marks that turn the direction of text, half of a pair."""

_NO_SHAPE = frozenset({"Cc", "Cf", "Cs"})
_VARIANTS = re.compile("[\N{VARIATION SELECTOR-1}-\N{VARIATION SELECTOR-16}\U000e0100-\U000e01ef]")
"""They ask for another shape of the letter before them, and have none of their own."""

_numbers: ContextVar[dict[str, str] | None] = ContextVar("numbers", default=None)


@contextmanager
def number_letters() -> Iterator[dict[str, str]]:
    """Number the letters that no font has inside, and yield them by what is drawn, as ``[1]``."""
    numbers: dict[str, str] = {}
    token = _numbers.set(numbers)
    try:
        yield numbers
    finally:
        _numbers.reset(token)


def drawable(text: str) -> str:
    """Return ``text`` with nothing in it that cannot be drawn; what can is left as it is.

    A space is a plain one or a :data:`TIE`. Applied twice it changes nothing more.
    """
    if text.isascii() and text.isprintable():
        return text
    shown = "".join(map(_show, _VARIANTS.sub("", text)))
    lacking = "".join(sorted({character for character in shown if _is_lacking(character)}))
    return re.sub(f"[{re.escape(lacking)}]+", _number, shown) if lacking else shown


@cache
def _show(character: str) -> str:
    if character == TIE:
        return character
    if character.isspace():
        return " "
    return UNDRAWABLE if unicodedata.category(character) in _NO_SHAPE else character


def _is_lacking(character: str) -> bool:
    if character in (" ", TIE) or typeface().holds(character):
        return False
    return find_face(character) is None


def _number(run: re.Match[str]) -> str:
    numbers = _numbers.get()
    if numbers is None:
        return UNDRAWABLE
    known = {letters: number for number, letters in numbers.items()}
    return known.get(run[0]) or _add(numbers, run[0])


def _add(numbers: dict[str, str], letters: str) -> str:
    number = f"[{len(numbers) + 1}]"
    numbers[number] = letters
    return number
