"""A font made for the tests: a box for every character asked for, under a family's name."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen

UNITS = 1000


def build_font(family: str, characters: Iterable[str], path: Path) -> Path:
    """Write a TrueType font of square boxes, one unit of the em wide; return its path."""
    codes = sorted({ord(character) for character in characters})
    names = {code: f"uni{code:04X}" for code in codes}
    order = [".notdef", *names.values()]
    builder = FontBuilder(UNITS, isTTF=True)
    builder.setupGlyphOrder(order)
    builder.setupCharacterMap(names)
    builder.setupGlyf({name: _box() for name in order})
    builder.setupHorizontalMetrics(dict.fromkeys(order, (UNITS, 100)))
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupNameTable({"familyName": family, "styleName": "Regular"})
    builder.setupOS2(usWeightClass=400)
    builder.setupPost()
    builder.save(path)
    return path


def _box() -> object:
    pen = TTGlyphPen(None)
    pen.moveTo((100, 0))
    for corner in ((100, 700), (900, 700), (900, 0)):
        pen.lineTo(corner)
    pen.closePath()
    return pen.glyph()
