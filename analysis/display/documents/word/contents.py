"""The table of contents of the Word document: one line per section, led to by a click."""

from collections.abc import Sequence
from xml.sax.saxutils import escape

from docx.document import Document
from docx.enum.text import WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Pt
from docx.styles.style import ParagraphStyle
from docx.text.paragraph import Paragraph

from analysis.display.documents.word.styles import CONTENTS
from analysis.display.documents.word.table import clean_text
from analysis.display.outline.parts import Section

_FIRST = (
    '<w:r><w:fldChar w:fldCharType="begin" w:dirty="true"/></w:r>'
    r'<w:r><w:instrText xml:space="preserve"> TOC \o "1-1" \h \z \u </w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
)
"""A table that Word builds from the headings; "dirty": it adds the numbers of the pages."""

_LAST = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'


def add_contents(document: Document, sections: Sequence[Section], width: float) -> None:
    """Append the table of contents, ``width`` points wide, to the document.

    It stands without page numbers, which only the program that lays out the pages knows.
    """
    style = document.styles[CONTENTS.name]
    if isinstance(style, ParagraphStyle):
        style.paragraph_format.tab_stops.add_tab_stop(
            Pt(width), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS
        )
    for index, section in enumerate(sections):
        paragraph = document.add_paragraph("", style)
        first = _FIRST if index == 0 else ""
        last = _LAST if index == len(sections) - 1 else ""
        link = (
            f'<w:hyperlink w:anchor="{_mark(section)}" w:history="1">{_run(section)}</w:hyperlink>'
        )
        for run in parse_xml(f"<w:p {nsdecls('w')}>{first}{link}{last}</w:p>"):
            paragraph._p.append(run)


def mark_heading(heading: Paragraph, section: Section, number: int) -> None:
    """Give a heading the mark that its line of the contents leads to."""
    name = _mark(section)
    start = f'<w:bookmarkStart {nsdecls("w")} w:id="{number}" w:name="{name}"/>'
    end = f'<w:bookmarkEnd {nsdecls("w")} w:id="{number}"/>'
    heading._p.insert(1 if heading._p.pPr is not None else 0, parse_xml(start))
    heading._p.append(parse_xml(end))


def _mark(section: Section) -> str:
    """A name as Word allows it: without a hyphen."""
    return f"_Toc_{section.id.replace('-', '_')}"


def _run(section: Section) -> str:
    return f"<w:r><w:t>{escape(clean_text(section.title))}</w:t></w:r>"
