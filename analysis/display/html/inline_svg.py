"""SVG figures inside a page: ids of their own, no size of their own, no header."""

import re

from markupsafe import Markup

from analysis.errors import AnalysisError
from analysis.io.figure_notes import read_note

_SIZE = re.compile(r'\s(?:width|height)="[\d.]+pt"')
_METADATA = re.compile(r"\s*<metadata>.*?</metadata>", re.DOTALL)


def show_figure(text: str, name: str) -> Markup:
    """Return what a page shows of the SVG ``text``: the drawing, and below it what its note says.

    In the place of a figure that could not be drawn stands why. Raises as :func:`inline_svg`.
    """
    note = read_note(text.encode())
    if note.not_drawn:
        said = Markup('<p class="warning" id="{}-title"><strong>{}</strong> {}</p>')
        return said.format(name, name, note.not_drawn)
    figure = inline_svg(text, name)
    return figure + Markup('\n<p class="small">{}</p>').format(note.key) if note.key else figure


def inline_svg(text: str, name: str) -> Markup:
    """Return the ``svg`` element of a figure for a page that holds several.

    Every id, and every reference to one, starts with ``name``; the style sheet applies to this
    figure alone; title and description name it for screen readers. Raises AnalysisError if the
    text holds no ``svg`` element.
    """
    start = text.find("<svg")
    if start < 0:
        raise AnalysisError(f"the figure {name} is not an SVG")
    svg = _METADATA.sub("", text[start:]).strip()
    head, separator, body = svg.partition(">")
    head = _SIZE.sub("", head).replace(
        "<svg", f'<svg id="{name}" aria-labelledby="{name}-title" aria-describedby="{name}-desc"', 1
    )
    return Markup(head + separator + _prefix_ids(body, name))


def _prefix_ids(body: str, name: str) -> str:
    body = re.sub(r'\bid="', f'id="{name}-', body)
    body = re.sub(r'href="#', f'href="#{name}-', body)
    body = body.replace("url(#", f"url(#{name}-").replace(">*{", f">#{name} *{{")
    for part in ("title", "desc"):
        body = body.replace(f"<{part}>", f'<{part} id="{name}-{part}">', 1)
    return body
