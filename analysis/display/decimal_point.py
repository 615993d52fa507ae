"""Where the decimal point of a cell stands, so that those of a column stand below each other."""

from __future__ import annotations

import re
from collections.abc import Iterable

from analysis.display.format import format_number
from analysis.display.paper.arial import text_width

_NUMBER = re.compile(r"[<>]?-?\d+(?=(\.\d+)?(e-?\d+)?([\s(%].*)?$)")
_PLAIN = re.compile(r"[<>]?-?\d+(\.\d+)?")


def split_number(text: str) -> tuple[str, str] | None:
    """Return what stands left and right of the first decimal point; None if no number leads.

    A whole number is all left: ``65 (12.4%)`` is parted before the space.
    """
    found = _NUMBER.match(text)
    return (found[0], text[found.end() :]) if found else None


def is_number(text: str) -> bool:
    """Return whether a cell is one number and nothing else."""
    return _PLAIN.fullmatch(text) is not None


def measure_gaps(texts: Iterable[str]) -> dict[str, str]:
    """Return the space that a cell of right-aligned numbers needs behind it, by its text, in em.

    Texts that need none are left out, as is what does not begin with a number.
    """
    parts = {text: parted for text in dict.fromkeys(texts) if (parted := split_number(text))}
    widths = {text: text_width(tail, 1.0) for text, (_, tail) in parts.items()}
    widest = max(widths.values(), default=0.0)
    return {
        text: format_number(widest - width, 2) for text, width in widths.items() if width < widest
    }
