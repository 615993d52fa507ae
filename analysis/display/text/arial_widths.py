"""How wide a text is in Arial: for the columns of a page that another program lays out."""

import unicodedata

FAMILY = "Arial"
"""On every office machine; Helvetica and Liberation Sans have the same widths."""

CHINESE = "SimSun"
"""The font of Chinese text; a machine without it takes another that has the characters."""

_REGULAR = """
278 278 355 556 556 889 667 222 333 333 389 584 278 333 278 278 556 556 556 556 556 556 556
556 556 556 278 278 584 584 584 556 1015 667 667 722 722 667 611 778 722 278 500 667 556 833
722 778 667 778 722 667 611 722 667 944 667 667 611 278 278 278 469 556 222 556 556 500 556
556 278 556 556 222 222 500 222 833 556 556 556 556 333 500 278 556 500 722 500 500 500 334
260 334 584
"""
_BOLD = """
278 333 474 556 556 889 722 278 333 333 389 584 278 333 278 278 556 556 556 556 556 556 556
556 556 556 333 333 584 584 584 611 975 722 722 722 722 667 611 778 722 278 556 722 611 833
722 778 667 778 722 667 611 722 667 944 667 667 611 333 278 333 584 556 278 556 611 556 611
556 333 611 611 278 278 556 278 889 611 611 611 611 389 556 333 611 556 778 556 556 500 389
280 389 584
"""
_WIDTHS = {
    False: tuple(map(int, _REGULAR.split())),
    True: tuple(map(int, _BOLD.split())),
}
"""Thousandths of the size, from the space to the tilde (Adobe's metrics of Helvetica)."""

_FULL, _OTHER, _NONE = 1000, 600, 0


def text_width(text: str, size: float, bold: bool = False) -> float:
    """Return the width of one line of ``text`` at ``size`` points, in points.

    Exact for ASCII; a Chinese character is as wide as the size, any other about a wide letter.
    """
    return sum(_advance(character, bold) for character in text) * size / 1000


def is_wide(character: str) -> bool:
    """Return whether a character stands in the Chinese font: it is as wide as it is high."""
    return unicodedata.east_asian_width(character) in ("W", "F")


def _advance(character: str, bold: bool) -> int:
    if " " <= character <= "~":
        return _WIDTHS[bold][ord(character) - ord(" ")]
    if is_wide(character):
        return _FULL
    return _NONE if unicodedata.combining(character) else _OTHER
