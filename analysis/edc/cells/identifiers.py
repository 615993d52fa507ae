"""Identifiers as the mapping spells them."""

import re

from analysis.config.cells import Spelling

_NUMBER = re.compile(r"[0-9]+")


def respell(text: str, spelling: Spelling) -> str:
    """Return an identifier as the mapping spells it; an empty one stays empty."""
    if not text:
        return text
    for old, new in spelling.replace.items():
        text = text.replace(old, new)
    text = {"upper": text.upper(), "lower": text.lower()}.get(spelling.case, text)
    text = text.removeprefix(spelling.remove_prefix).removesuffix(spelling.remove_suffix)
    text = _cut(text, spelling)
    filled = fill_numbers(text, spelling.zero_fill, keep_zeros=spelling.keep_zeros)
    text = _insert(filled, spelling)
    return _put_around(text, spelling)


def _cut(text: str, spelling: Spelling) -> str:
    piece = spelling.piece
    pieces = text.split(piece.at) if piece else []
    return pieces[piece.number - 1] if piece and piece.number <= len(pieces) else text


def fill_numbers(text: str, widths: tuple[int, ...], *, keep_zeros: bool = False) -> str:
    """Return the text with each of its numbers at its width; unchanged if it has not so many.

    ``keep_zeros``: longer ones stay as they are, their zeros too.

    >>> fill_numbers("1-S0033", (2, 3)), fill_numbers("1-S0033", (2, 3), keep_zeros=True)
    ('01-S033', '01-S0033')
    """
    if len(_NUMBER.findall(text)) != len(widths):
        return text
    left, taken_off = iter(widths), "" if keep_zeros else "0"
    return _NUMBER.sub(lambda found: found[0].lstrip(taken_off).rjust(next(left), "0"), text)


def _insert(text: str, spelling: Spelling) -> str:
    insert = spelling.insert
    if insert is None or text[insert.after : insert.after + len(insert.text)] == insert.text:
        return text
    return text[: insert.after] + insert.text + text[insert.after :]


def _put_around(text: str, spelling: Spelling) -> str:
    front = "" if text.startswith(spelling.add_prefix) else spelling.add_prefix
    end = "" if text.endswith(spelling.add_suffix) else spelling.add_suffix
    return f"{front}{text}{end}"
