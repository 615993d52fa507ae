"""Fonts in a PDF without the tables that set other text."""

from __future__ import annotations

import re
import zlib
from io import BytesIO

import matplotlib
from fontTools.ttLib import TTFont
from matplotlib.figure import Figure

from analysis.display.drawing.pdf_fonts import LAYOUT_TABLES
from analysis.display.drawing.save import SETTINGS, render_figure


def _fonts(content: bytes) -> list[TTFont]:
    streams = re.findall(rb"stream\r?\n(.*?)endstream", content, re.DOTALL)
    plain = [zlib.decompress(stream) for stream in streams if stream[:1] == b"x"]
    return [TTFont(BytesIO(stream)) for stream in plain if stream[:4] == b"\x00\x01\x00\x00"]


def test_a_pdf_embeds_the_glyphs_that_it_prints_and_no_layout_table() -> None:
    figure = Figure(figsize=(2, 1))
    figure.text(0.1, 0.5, "fi AVA", family="DejaVu Sans")
    fonts = _fonts(render_figure(figure, "pdf"))
    assert not any(set(LAYOUT_TABLES) & set(font.keys()) for font in fonts)
    assert {"A", "V"} <= {glyph for font in fonts for glyph in font.getGlyphOrder()}


def test_matplotlib_embeds_layout_tables_by_itself() -> None:
    figure = Figure(figsize=(2, 1))
    figure.text(0.1, 0.5, "fi AVA", family="DejaVu Sans")
    content = BytesIO()
    with matplotlib.rc_context(SETTINGS):
        figure.savefig(content, format="pdf")
    assert any(set(LAYOUT_TABLES) & set(font.keys()) for font in _fonts(content.getvalue()))
