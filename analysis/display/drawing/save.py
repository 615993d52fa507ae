"""Saving of figures: the same figure gives the same bytes, whenever and wherever it is written."""

import re
from io import BytesIO
from typing import Any
from xml.sax.saxutils import escape

import matplotlib
from matplotlib.figure import Figure
from PIL import Image

from analysis.display.drawing.pdf_fonts import glyphs_alone
from analysis.errors import AnalysisError
from analysis.io.figure_notes import FigureNote, dump_note
from analysis.io.printable import clean_printed

NO_NOTE = FigureNote()
FORMATS = ("svg", "pdf", "png", "tiff")
PNG_DPI, TIFF_DPI = 300, 600
SETTINGS: dict[Any, Any] = {
    "svg.hashsalt": "impact-lvo",
    "svg.fonttype": "path",
    "pdf.fonttype": 42,
    "pdf.compression": 6,
    "savefig.bbox": "standard",
}


def render_figure(figure: Figure, form: str, note: FigureNote = NO_NOTE) -> bytes:
    """Return the file of ``figure`` as "svg", "pdf", "png" or "tiff".

    Neither date nor version is written, whatever SOURCE_DATE_EPOCH says. PDF embeds TrueType
    fonts (type 42), SVG draws glyphs as paths, PNG has 300 dpi; TIFF has 600 dpi, opaque
    colours and LZW compression. ``note``: what the file says of itself; nothing if it is empty.
    Raises AnalysisError for another format.
    """
    if form not in FORMATS:
        allowed = f"{', '.join(FORMATS[:-1])} or {FORMATS[-1]}"
        raise AnalysisError(f"a figure is written as {allowed}, not as {form}")
    content = BytesIO()
    with matplotlib.rc_context(SETTINGS), glyphs_alone():
        if form == "tiff":
            _write_tiff(figure, content)
        else:
            metadata = _metadata(figure, form, note)
            figure.savefig(content, format=form, dpi=PNG_DPI, metadata=metadata)
    return _complete(content.getvalue(), figure, form, note)


def _complete(content: bytes, figure: Figure, form: str, note: FigureNote) -> bytes:
    """The bytes with what matplotlib cannot write: the words of an SVG, a note as comment."""
    line = "" if note.is_empty else dump_note(note)
    if form == "svg":
        return _describe_svg(content.decode(), figure, note, line).encode()
    if form == "pdf" and line:
        return content + f"%{line}\n".encode()
    return content


def _write_tiff(figure: Figure, content: BytesIO) -> None:
    """The pixels of the PNG at the resolution that print asks for, without transparency."""
    pixels = BytesIO()
    figure.savefig(pixels, format="png", dpi=TIFF_DPI)
    with Image.open(pixels) as image:
        flat = image.convert("RGB")
    flat.save(content, format="TIFF", compression="tiff_lzw", dpi=(TIFF_DPI, TIFF_DPI))


def _words(figure: Figure, note: FigureNote) -> tuple[str, str]:
    """Title and alternative text, which a dressed figure carries in its label."""
    title, _, alternative = clean_printed(str(figure.get_label())).partition("\n")
    return title, f"{alternative} {note.key}" if note.key else alternative


def _metadata(figure: Figure, form: str, note: FigureNote) -> dict[str, Any]:
    title, alternative = _words(figure, note)
    if form == "svg":
        return {"Title": title, "Description": alternative, "Date": None, "Creator": None}
    if form == "pdf":
        undated = {"CreationDate": None, "Creator": None, "Producer": None}
        return {"Title": title, "Subject": alternative, **undated}
    said = {} if note.is_empty else {"Comment": dump_note(note)}
    return {"Title": title, "Description": alternative, "Software": None, **said}


def _describe_svg(text: str, figure: Figure, note: FigureNote, line: str) -> str:
    """Give the drawing the title and description that screen readers look for, and its note."""
    title, alternative = _words(figure, note)
    named = f"<title>{escape(title)}</title>\n <desc>{escape(alternative)}</desc>\n <metadata>"
    text, count = re.subn(r"<title>.*?</title>\s*<metadata>", lambda _: named, text, count=1)
    if count == 0:
        text = text.replace("<metadata>", named, 1)
    comment = f"<!-- {line} -->\n" if line else ""
    return text.replace("<svg ", f'{comment}<svg role="img" ', 1)
