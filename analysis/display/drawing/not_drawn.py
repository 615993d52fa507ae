"""What stands in the place of a figure that could not be drawn: the words that say so, and why.

Made without matplotlib and the fonts of the machine, which are what may have failed.
"""

import textwrap
from collections.abc import Sequence
from io import BytesIO
from typing import Any
from xml.sax.saxutils import escape

from PIL import Image, ImageDraw, ImageFont
from PIL.PngImagePlugin import PngInfo

from analysis.io.figure_notes import FigureNote, dump_note

WIDTH, MARGIN, SIZE, LINE = 504, 12, 10, 14
"""Points."""
COLUMNS = 84
DPI = 300
DESCRIPTION_TAG = 270
"""Of TIFF: ImageDescription."""

_SVG = """<?xml version="1.0" encoding="utf-8" standalone="no"?>
<!-- {note} -->
<svg role="img" width="{width}pt" height="{height}pt" viewBox="0 0 {width} {height}" \
xmlns="http://www.w3.org/2000/svg" version="1.1">
 <title>{title}</title>
 <desc>{reason}</desc>
 <rect width="100%" height="100%" fill="#ffffff" stroke="#000000"/>
{lines}
</svg>
"""
_TEXT = ' <text x="{x}" y="{y}" font-family="sans-serif" font-size="{size}">{text}</text>'


def render_reason(form: str, title: str, reason: str, stamp: str) -> bytes:
    """Return a picture of the words, as "svg", "pdf", "png" or "tiff"; it holds a note of them."""
    lines = [line for part in (stamp, title, reason) for line in textwrap.wrap(part, COLUMNS)]
    note = dump_note(FigureNote(not_drawn=reason))
    if form == "svg":
        return _write_svg(lines, title, reason, note).encode()
    image, content = _draw(lines), BytesIO()
    image.save(content, **_options(form, title, reason, note))
    return content.getvalue() + (f"\n%{note}\n".encode() if form == "pdf" else b"")


def _height(lines: Sequence[str]) -> int:
    return 2 * MARGIN + LINE * len(lines)


def _write_svg(lines: Sequence[str], title: str, reason: str, note: str) -> str:
    texts = (
        _TEXT.format(x=MARGIN, y=MARGIN + SIZE + LINE * row, size=SIZE, text=escape(line))
        for row, line in enumerate(lines)
    )
    return _SVG.format(
        note=note, width=WIDTH, height=_height(lines), title=escape(title), reason=escape(reason),
        lines="\n".join(texts),
    )  # fmt: skip


def _draw(lines: Sequence[str]) -> Image.Image:
    """The lines in the font that comes with the library of pictures, which has ASCII alone."""
    scale = DPI / 72
    size = (round(WIDTH * scale), round(_height(lines) * scale))
    image = Image.new("RGB", size, "white")
    pen, font = ImageDraw.Draw(image), ImageFont.load_default(SIZE * scale)
    pen.rectangle((0, 0, size[0] - 1, size[1] - 1), outline="black", width=3)
    for row, line in enumerate(lines):
        text = line.encode("ascii", errors="replace").decode()
        pen.text((MARGIN * scale, (MARGIN + LINE * row) * scale), text, "black", font)
    return image


def _options(form: str, title: str, reason: str, note: str) -> dict[str, Any]:
    """What the writer of a format is told; no file holds a date."""
    if form == "pdf":
        return {"format": "PDF", "resolution": DPI, "title": title, "subject": reason,
                "creationDate": None, "modDate": None}  # fmt: skip
    if form == "tiff":
        return {"format": "TIFF", "compression": "tiff_lzw", "dpi": (DPI, DPI),
                "tiffinfo": {DESCRIPTION_TAG: note}}  # fmt: skip
    words = PngInfo()
    words.add_itxt("Title", title)
    words.add_itxt("Description", reason)
    words.add_text("Comment", note)
    return {"format": "PNG", "dpi": (DPI, DPI), "pnginfo": words}
