"""Saving of figures: the same figure gives the same bytes, whenever and wherever it is written."""

import re
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import matplotlib
from matplotlib.figure import Figure
from matplotlib.text import Text
from PIL import Image

from analysis.display.drawing.typography import require_glyphs
from analysis.errors import AnalysisError
from analysis.io.files import write_atomic
from analysis.io.printable import clean_printed

FORMATS = ("svg", "pdf", "png", "tiff")
PNG_DPI, TIFF_DPI = 300, 600
SETTINGS: dict[Any, Any] = {
    "svg.hashsalt": "impact-lvo",
    "svg.fonttype": "path",
    "pdf.fonttype": 42,
    "pdf.compression": 6,
    "savefig.bbox": "standard",
}


def save_figure(figure: Figure, paths: Mapping[str, Path]) -> None:
    """Write ``figure`` to the paths, whose keys are "svg", "pdf", "png" or "tiff".

    Neither date nor version is written, whatever SOURCE_DATE_EPOCH says. PDF embeds TrueType
    fonts (type 42), SVG draws glyphs as paths, PNG has 300 dpi; TIFF has 600 dpi, opaque
    colours and LZW compression. Raises AnalysisError for another format and for a character that
    the font lacks.
    """
    unknown = sorted(set(paths) - set(FORMATS))
    if unknown:
        allowed = f"{', '.join(FORMATS[:-1])} or {FORMATS[-1]}"
        raise AnalysisError(f"a figure is written as {allowed}, not as {', '.join(unknown)}")
    require_glyphs("".join(text.get_text() for text in _texts(figure)))
    for form, path in paths.items():
        with write_atomic(Path(path)) as temporary, matplotlib.rc_context(SETTINGS):
            if form == "tiff":
                _write_tiff(figure, temporary)
                continue
            figure.savefig(temporary, format=form, dpi=PNG_DPI, metadata=_metadata(figure, form))
            if form == "svg":
                _describe_svg(temporary, figure)


def _write_tiff(figure: Figure, path: Path) -> None:
    """The pixels of the PNG at the resolution that print asks for, without transparency."""
    pixels = BytesIO()
    figure.savefig(pixels, format="png", dpi=TIFF_DPI)
    with Image.open(pixels) as image:
        flat = image.convert("RGB")
    flat.save(path, format="TIFF", compression="tiff_lzw", dpi=(TIFF_DPI, TIFF_DPI))


def _texts(figure: Figure) -> list[Text]:
    return [artist for artist in figure.findobj(Text) if isinstance(artist, Text)]


def _words(figure: Figure) -> tuple[str, str]:
    """Title and alternative text, which a dressed figure carries in its label."""
    title, _, alternative = clean_printed(str(figure.get_label())).partition("\n")
    return title, alternative


def _metadata(figure: Figure, form: str) -> dict[str, Any]:
    title, alternative = _words(figure)
    if form == "svg":
        return {"Title": title, "Description": alternative, "Date": None, "Creator": None}
    if form == "pdf":
        undated = {"CreationDate": None, "Creator": None, "Producer": None}
        return {"Title": title, "Subject": alternative, **undated}
    return {"Title": title, "Description": alternative, "Software": None}


def _describe_svg(path: Path, figure: Figure) -> None:
    """Give the drawing the title and description that screen readers look for."""
    title, alternative = _words(figure)
    text = path.read_text(encoding="utf-8")
    named = f"<title>{escape(title)}</title>\n <desc>{escape(alternative)}</desc>\n <metadata>"
    text, count = re.subn(r"<title>.*?</title>\s*<metadata>", lambda _: named, text, count=1)
    if count == 0:
        text = text.replace("<metadata>", named, 1)
    path.write_text(text.replace("<svg ", '<svg role="img" ', 1), encoding="utf-8", newline="\n")
