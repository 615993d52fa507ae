"""Typography: the width of text as it is drawn, and lines that fit a width.

Sizes are those of the house; what applies now (``presets``) says at how many points they are set.
"""

import re
from functools import cache

from matplotlib.ft2font import LoadFlags

from analysis.display.drawing.fallback import find_face
from analysis.display.drawing.fonts import Typeface, typeface
from analysis.display.drawing.letters import TIE, drawable
from analysis.display.presets import active_preset

POINTS_PER_INCH = 72
LINE_SPACING = 1.35
ROUNDING = 1e-6
"""Inches by which sums of widths may differ in their last digits."""

FIXED_POINT = 65536
"""FreeType gives unhinted advances in units of 1/65536."""

_HAN = "\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef"
_CLOSING = "，。；：、）】》！？%"
_OPENING = "（【《"
_CHUNKS = re.compile(
    rf"[{_OPENING}]*(?:[^ {_HAN}]+|[{_HAN}])[{_CLOSING}]*"
    rf"|[{_OPENING}{_CLOSING}]+"
)
"""What may not be broken: a word, or one Chinese character with the marks that cling to it."""


def points(size: float) -> float:
    """Return at how many points a text of the house's ``size`` is set."""
    return active_preset().points(size)


def text_width(text: str, size: float, weight: str = "normal") -> float:
    """Return the width of one line of ``text`` of the house's ``size``, in inches, unkerned."""
    return width_at(text, points(size), weight)


def width_at(text: str, size: float, weight: str = "normal") -> float:
    """Return the width of one line of ``text`` at ``size`` points as they are, in inches."""
    drawn = drawable(text).replace(TIE, " ")
    face = typeface()
    return sum(_advance(face, character, weight) for character in drawn) * size / POINTS_PER_INCH


def wrap_text(text: str, size: float, width: float, weight: str = "normal") -> tuple[str, ...]:
    """Return ``text`` in lines of at most ``width`` inches; a longer word stands alone.

    A :data:`TIE` joins words that belong on one line; it is drawn as a space. Chinese breaks
    between any two characters, never before a closing mark or after an opening one.
    """
    lines: list[str] = []
    for chunk, spaced in _split(drawable(text)):
        longer = f"{lines[-1]}{' ' if spaced else ''}{chunk}" if lines else chunk
        if lines and text_width(longer, size, weight) <= width:
            lines[-1] = longer
        else:
            lines.append(chunk)
    return tuple(line.replace(TIE, " ") for line in lines) or ("",)


def narrowest_lines(text: str, size: float, weight: str = "normal") -> float:
    """Return the least width in which ``text`` stands on two lines at most, in inches."""
    chunks = _split(drawable(text))
    joined = [
        "".join(f" {chunk}" if spaced else chunk for chunk, spaced in part).strip()
        for end in range(1, len(chunks) + 1)
        for part in (chunks[:end], chunks[end:])
    ]
    pairs = zip(joined[::2], joined[1::2], strict=True)
    return min(max(text_width(line, size, weight) for line in pair) for pair in pairs) + ROUNDING


def line_height(size: float) -> float:
    """Return the height of one line of text of the house's ``size``, in inches."""
    return points(size) * LINE_SPACING / POINTS_PER_INCH


def _split(text: str) -> list[tuple[str, bool]]:
    """The parts that may not be broken, each with whether a space stands before it."""
    parts: list[tuple[str, bool]] = []
    for word in text.split(" "):
        chunks = _CHUNKS.findall(word) if re.search(f"[{_HAN}]", word) else [word]
        parts += [(chunk, not number) for number, chunk in enumerate(chunks)]
    return parts


@cache
def _advance(face: Typeface, character: str, weight: str) -> float:
    """The advance of a character at one point, in points; of another face where this has none."""
    font = (face if face.holds(character) else find_face(character) or face).font(weight)
    font.set_size(1000, POINTS_PER_INCH)
    glyph = font.load_char(ord(character), flags=LoadFlags.NO_HINTING)
    return float(glyph.linearHoriAdvance) / FIXED_POINT / 1000
