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
    text = _insert(fill_numbers(text, spelling.zero_fill), spelling)
    return _put_around(text, spelling)


def fill_numbers(text: str, widths: tuple[int, ...]) -> str:
    """Return the text with each of its numbers at its width; unchanged if it has not so many."""
    if len(_NUMBER.findall(text)) != len(widths):
        return text
    left = iter(widths)
    return _NUMBER.sub(lambda found: found[0].lstrip("0").rjust(next(left), "0"), text)


def _insert(text: str, spelling: Spelling) -> str:
    insert = spelling.insert
    if insert is None or text[insert.after : insert.after + len(insert.text)] == insert.text:
        return text
    return text[: insert.after] + insert.text + text[insert.after :]


def _put_around(text: str, spelling: Spelling) -> str:
    front = "" if text.startswith(spelling.add_prefix) else spelling.add_prefix
    end = "" if text.endswith(spelling.add_suffix) else spelling.add_suffix
    return f"{front}{text}{end}"
