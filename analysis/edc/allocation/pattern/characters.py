"""Splits by single characters of identifiers and codes: a suffix, a prefix, an odd digit, a length.

A split that a subject's place in a list makes by itself (odd and even numbers in turn) is no
finding: it alternates, and an allocation does not.
"""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from analysis.edc.allocation.pattern.randomised import Ints
from analysis.edc.allocation.pattern.splits import Classes, Nature
from analysis.edc.allocation.pattern.values import group_values

FROM_START, FROM_END = 10, 8
"""How many places are looked at from either end."""
LEAST_FILLED = 0.5
"""A place that fewer of the texts have is not looked at."""

Codes = NDArray[np.uint32]
Found = Iterator[tuple[str, Nature, Classes]]


def split_by_characters(texts: list[str], weights: Ints) -> Found:
    """Yield the splits of distinct texts by length, case and the character at every place."""
    lengths = np.array([len(text) for text in texts])
    yield from _split_numbers("length", lengths, weights)
    yield from _split_case(texts, weights)
    yield from _split_marks(texts)
    for place, codes in _list_places(texts, lengths):
        yield from _split_place(place, codes, weights)


def _list_places(texts: list[str], lengths: NDArray[np.int64]) -> Iterator[tuple[str, Codes]]:
    longest = min(int(lengths.max(initial=0)), FROM_START)
    ends = min(int(lengths.max(initial=0)), FROM_END)
    heads = _to_codes([text[:longest] for text in texts], longest)
    tails = _to_codes([text[::-1][:ends] for text in texts], ends)
    for place in range(longest):
        yield f"character {place + 1}", heads[:, place]
    for place in range(ends):
        yield f"character {place + 1} from the end", tails[:, place]


def _to_codes(texts: list[str], width: int) -> Codes:
    """Characters as code points, one row a text; 0 behind its end."""
    if not width:
        return np.zeros((len(texts), 0), np.uint32)
    array = np.array(texts, dtype=f"<U{width}")
    return array.view(np.uint32).reshape(len(texts), width)


def _split_place(place: str, codes: Codes, weights: Ints) -> Found:
    if (codes > 0).mean() < LEAST_FILLED:
        return
    found = np.flatnonzero(np.bincount(codes))
    rank = np.zeros(int(found[-1]) + 1, np.int32)
    rank[found] = np.arange(len(found))
    rows = rank[codes]
    counts = np.bincount(rows, weights=weights).astype(np.int64)
    characters = [chr(code) if code else "" for code in found]
    for by, nature, side in group_values(characters, counts, what=place):
        letters = all(characters[each].isalpha() for each in np.flatnonzero(side >= 0))
        two_letters = nature == Nature.CODES and letters
        yield by, Nature.CODES if two_letters else Nature.DERIVED, side[rows]
    digits = (codes >= ord("0")) & (codes <= ord("9"))
    for by, other in (("odd", codes % 2 == 1), ("5 and more", codes >= ord("5"))):
        if digits.mean() >= LEAST_FILLED:
            yield f"{place}: {by}", Nature.DERIVED, _sides(other, digits)
    if 0 < digits.mean() < 1:
        yield f"{place}: digit or not", Nature.DERIVED, _sides(digits)


def _split_numbers(what: str, numbers: NDArray[np.int64], weights: Ints) -> Found:
    found, rows = np.unique(numbers, return_inverse=True)
    counts = np.bincount(rows, weights=weights).astype(np.int64)
    for by, _, side in group_values([str(each) for each in found], counts, what=f"its {what}"):
        yield by, Nature.DERIVED, side[rows]
    yield f"its {what}: odd", Nature.DERIVED, _sides(numbers % 2 == 1)


def _split_case(texts: list[str], weights: Ints) -> Found:
    """Upper and lower case of texts that are the same otherwise."""
    upper = np.array([text == text.upper() for text in texts])
    has_case = np.array([text.upper() != text.lower() for text in texts])
    if has_case.any():
        yield "upper and lower case", Nature.DERIVED, _sides(upper, has_case)


def _split_marks(texts: list[str]) -> Found:
    """Whether a text holds anything but letters and digits, and whether it holds blanks."""
    marked = np.array([not text.isalnum() for text in texts])
    blank = np.array([any(c.isspace() for c in text) for text in texts])
    for by, other in (("punctuation", marked), ("blanks", blank)):
        if other.any() and not other.all():
            yield by, Nature.DERIVED, _sides(other)


def _sides(other: NDArray[np.bool_], among: NDArray[np.bool_] | None = None) -> Classes:
    side = other.astype(np.int8)
    return side if among is None else np.where(among, side, -1).astype(np.int8)
