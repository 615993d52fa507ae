"""The one font of every figure: its glyphs, the width of a text, lines that fit a width."""

from __future__ import annotations

from functools import cache

from matplotlib.font_manager import FontProperties, findfont, get_font
from matplotlib.ft2font import LoadFlags

from analysis.errors import AnalysisError

FAMILY = "DejaVu Sans"
"""Bundled with matplotlib, so a bare machine draws the same glyphs."""

POINTS_PER_INCH = 72
LINE_SPACING = 1.35
TIE = "\N{NO-BREAK SPACE}"
FIXED_POINT = 65536
"""FreeType gives unhinted advances in units of 1/65536."""


def require_glyphs(text: str) -> None:
    """Raise AnalysisError naming every character of ``text`` that the figures' font lacks."""
    missing = sorted({character for character in text if _lacks(character)})
    if missing:
        named = ", ".join(f"{character!r} (U+{ord(character):04X})" for character in missing)
        raise AnalysisError(
            f"the figures are drawn in {FAMILY}, which has no glyph for {named}; "
            "write the labels of the plan in letters that it has"
        )


def text_width(text: str, size: float, weight: str = "normal") -> float:
    """Return the width of one line of ``text`` at ``size`` points, in inches, without kerning."""
    require_glyphs(text)
    return sum(_advance(character, weight) for character in text) * size / POINTS_PER_INCH


def wrap_text(text: str, size: float, width: float, weight: str = "normal") -> tuple[str, ...]:
    """Return ``text`` in lines of at most ``width`` inches; a longer word stands alone.

    A :data:`TIE` joins words that belong on one line; it is drawn as a space.
    """
    lines: list[str] = []
    for word in text.split(" "):
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and text_width(longer, size, weight) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return tuple(line.replace(TIE, " ") for line in lines)


def line_height(size: float) -> float:
    """Return the height of one line of text at ``size`` points, in inches."""
    return size * LINE_SPACING / POINTS_PER_INCH


@cache
def font_path(weight: str = "normal") -> str:
    """Return the file of the font; raises ValueError if matplotlib lost its own font."""
    properties = FontProperties(family=FAMILY, weight=weight)
    return str(findfont(properties, fallback_to_default=False))


@cache
def _lacks(character: str) -> bool:
    return not character.isspace() and any(
        get_font(font_path(weight)).get_char_index(ord(character)) == 0
        for weight in ("normal", "bold")
    )


@cache
def _advance(character: str, weight: str) -> float:
    """The advance of a character at one point, in points."""
    font = get_font(font_path(weight))
    font.set_size(1000, POINTS_PER_INCH)
    glyph = font.load_char(ord(character), flags=LoadFlags.NO_HINTING)
    return float(glyph.linearHoriAdvance) / FIXED_POINT / 1000
