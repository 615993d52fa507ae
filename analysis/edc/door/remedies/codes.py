"""Texts outside a code list that resemble a code of it, and the mapping that names them."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from difflib import get_close_matches

SHOWN = 12
"""Texts of a column that a message names."""
LIKENESS = 0.8
"""Share of letters in common from which a misspelt code is taken for one (difflib's ratio)."""
_WORDS = re.compile(r"[^\W\d_]+|\d+")


def find_code(text: str, codes: Sequence[str]) -> str | None:
    """Return the one code that a text resembles; None without one, or with several.

    Tried in this order: equal but for case, marks and zeros in front (``m1``, ``01``); equal by
    initials (``Day 90``); the one code that begins so, or with which it begins (``Yes``); the one
    that stands in it; in a list of numbers, its only number (``mRS 4``); misspelt.
    """
    folded = {code: fold(code) for code in codes}
    mine = fold(text)
    if not mine:
        return None
    initials = "".join(word if word.isdigit() else word[0] for word in _words(text))
    for like in (
        [code for code in codes if folded[code] == mine],
        [code for code in codes if folded[code] == initials],
        [code for code in codes if _begins(mine, folded[code])],
        [code for code in codes if len(folded[code]) > 1 and folded[code] in mine],
    ):
        if like:
            return like[0] if len(like) == 1 else None
    numbers = [word for word in _words(text) if word.isdigit()]
    if all(code.isdigit() for code in codes) and len(numbers) == 1:
        return numbers[0] if numbers[0] in codes else None
    by_fold = {value: code for code, value in folded.items()}
    close = get_close_matches(mine, by_fold, n=2, cutoff=LIKENESS)
    return by_fold[close[0]] if len(close) == 1 else None


def fold(text: str) -> str:
    """Return a text without case, marks, width and zeros in front of its numbers."""
    return "".join(word.lstrip("0") or "0" if word.isdigit() else word for word in _words(text))


def _words(text: str) -> list[str]:
    return _WORDS.findall(unicodedata.normalize("NFKC", text).casefold())


def _begins(text: str, code: str) -> bool:
    """One begins with the other; a number does not begin a longer number."""
    if text.isdigit() or code.isdigit():
        return False
    return text.startswith(code) or code.startswith(text)


def describe_texts(
    table: str, column: str, texts: Iterable[str], codes: Sequence[str], fewest: int
) -> str:
    """Return which texts stand in place of codes, and the line of the mapping that names them.

    Texts in fewer than ``fewest`` cells are not shown: they may be about one subject.
    """
    counts = [each for each in Counter(texts).most_common(SHOWN) if each[1] >= fewest]
    if not counts:
        return f"No text of them stands in {fewest} cells or more: see queries of single cells"
    shown = ", ".join(f"`{text}` ({n:,})" for text, n in counts)
    like = {text: find_code(text, codes) for text, _ in counts}
    lines = ", ".join(f'"{text}": {_quoted(code)}' for text, code in like.items())
    unknown = "" if all(like.values()) else '. ? is for you to fill in, or "" for missing'
    return (
        f"Found: {shown}. Write in config/edc.yaml `tables: {{{table}: {{values: {{{column}: "
        f"{{{lines}}}}}}}}}`{unknown}"
    )


def _quoted(code: str | None) -> str:
    return f'"{code}"' if code else "?"
