"""A font made for the tests: a box for every character asked for, under a family's name.

ASCII is half an em wide, all else one em: about what Latin and Chinese letters take.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen

UNITS, EDGE, ASCII = 1000, 100, 128


def build_font(family: str, characters: Iterable[str], path: Path) -> Path:
    """Write a TrueType font of square boxes, one unit of the em wide; return its path."""
    codes = sorted({ord(character) for character in characters})
    names = {code: f"uni{code:04X}" for code in codes}
    order = [".notdef", *names.values()]
    builder = FontBuilder(UNITS, isTTF=True)
    builder.setupGlyphOrder(order)
    builder.setupCharacterMap(names)
    widths = {name: UNITS // 2 if code < ASCII else UNITS for code, name in names.items()}
    widths[".notdef"] = UNITS
    builder.setupGlyf({name: _box(widths[name]) for name in order})
    builder.setupHorizontalMetrics({name: (widths[name], EDGE) for name in order})
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupNameTable({"familyName": family, "styleName": "Regular"})
    builder.setupOS2(usWeightClass=400)
    builder.setupPost()
    builder.save(path)
    return path


def _box(width: int) -> object:
    pen = TTGlyphPen(None)
    pen.moveTo((EDGE, 0))
    for corner in ((EDGE, 700), (width - EDGE, 700), (width - EDGE, 0)):
        pen.lineTo(corner)
    pen.closePath()
    return pen.glyph()
