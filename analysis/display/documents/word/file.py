"""The Word file: pages, footers, and the same bytes whenever and wherever it is written."""

import io
import zipfile
from collections.abc import Iterator

import docx
from docx.document import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.section import Section
from docx.shared import Pt
from docx.text.paragraph import Paragraph

from analysis.display.documents.word.styles import RUNNING, STAMP, add_styles
from analysis.display.documents.word.table import clean_text

PAGE_WIDTH, PAGE_HEIGHT, SIDE, TOP, EDGE = 595.3, 841.9, 51.0, 62.0, 28.0
"""Points: A4 and its margins."""

TEXT_WIDTH = PAGE_WIDTH - 2 * SIDE
WIDE = PAGE_HEIGHT - 2 * SIDE
"""Points: the text on a page upright, and on a page across."""

FIGURE_HEIGHT = PAGE_HEIGHT - 2 * TOP - 90.0
"""Points: what a heading and the title of a figure leave of a page."""

EPOCH = (1980, 1, 1, 0, 0, 0)
"""The first moment that a ZIP file can name."""

_OF_TEMPLATE = ("/docProps/thumbnail.jpeg", "/word/stylesWithEffects.xml")
"""Parts of the template that say nothing of this document, or something else of its styles."""

_DATED = ("created", "modified", "lastModifiedBy", "revision", "lastPrinted")


def open_document(title: str, subject: str, stamp: str, lock: str) -> Document:
    """Return an empty A4 document: styles, and on every page the stamp, the lock and its number."""
    document = docx.Document()
    add_styles(document)
    _set_page(document)
    _set_properties(document, title, subject)
    section = document.sections[0]
    header = section.header.paragraphs[0]
    header.style = document.styles[STAMP.name]
    header.add_run(clean_text(stamp))
    running = "; ".join(part for part in (subject, lock) if part)
    _write_running(document, section, running, TEXT_WIDTH)
    return document


def turn_page(document: Document) -> None:
    """Begin a new page, across if the last one was upright and upright if it was across.

    Its foot is its own: the number of the page stands at the edge of the text.
    """
    last = document.sections[-1]
    width, height = last.page_height, last.page_width
    section = document.add_section(WD_SECTION.NEW_PAGE)
    section.page_width, section.page_height = width, height
    upright = section.orientation == WD_ORIENT.LANDSCAPE
    section.orientation = WD_ORIENT.PORTRAIT if upright else WD_ORIENT.LANDSCAPE
    running = last.footer.paragraphs[0].text.partition("\t")[0]
    _write_running(document, section, running, TEXT_WIDTH if upright else WIDE)


def save_document(document: Document) -> bytes:
    """Return the bytes of the document: entries in order, none with a date."""
    saved = io.BytesIO()
    document.save(saved)
    written = io.BytesIO()
    with zipfile.ZipFile(saved) as source, zipfile.ZipFile(written, "w") as target:
        for name, content in _list_entries(source):
            entry = zipfile.ZipInfo(name, EPOCH)
            entry.compress_type, entry.create_system = zipfile.ZIP_DEFLATED, 0
            target.writestr(entry, content)
    return written.getvalue()


def add_field(paragraph: Paragraph, instruction: str, shown: str, style: str = "") -> None:
    """Append a field, as the number of the page, that Word brings up to date.

    ``style``: id of the style of its letters.
    """
    look = f'<w:rPr><w:rStyle w:val="{style}"/></w:rPr>' if style else ""
    paragraph._p.append(
        parse_xml(
            f'<w:fldSimple {nsdecls("w")} w:instr=" {instruction} "><w:r>{look}'
            f"<w:t>{shown}</w:t></w:r></w:fldSimple>"
        )
    )


def _list_entries(source: zipfile.ZipFile) -> Iterator[tuple[str, bytes]]:
    for name in source.namelist():
        yield name, source.read(name)


def _set_page(document: Document) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Pt(PAGE_WIDTH), Pt(PAGE_HEIGHT)
    section.left_margin = section.right_margin = Pt(SIDE)
    section.top_margin = section.bottom_margin = Pt(TOP)
    section.header_distance = section.footer_distance = Pt(EDGE)


def _set_properties(document: Document, title: str, subject: str) -> None:
    """Title and subject; nothing of the template's author and dates is left."""
    properties = document.core_properties
    properties.title, properties.subject = title[:255], subject[:255]
    properties.author = properties.comments = properties.keywords = ""
    element = properties._element
    for child in list(element):
        if child.tag.rpartition("}")[2] in _DATED:
            element.remove(child)
    for relations in (document.part.package.rels, document.part.rels):
        for key, relation in list(relations.items()):
            if not relation.is_external and relation.target_part.partname in _OF_TEMPLATE:
                relations.pop(key)


def _write_running(document: Document, section: Section, text: str, width: float) -> None:
    section.footer.is_linked_to_previous = False
    paragraph = section.footer.paragraphs[0]
    paragraph.style = document.styles[RUNNING.name]
    stops = paragraph.paragraph_format.tab_stops
    stops.clear_all()
    stops.add_tab_stop(Pt(width), WD_TAB_ALIGNMENT.RIGHT)
    paragraph.add_run(f"{clean_text(text)}\tPage ")
    add_field(paragraph, "PAGE", "1")
    paragraph.add_run(" of ")
    add_field(paragraph, "NUMPAGES", "1")
