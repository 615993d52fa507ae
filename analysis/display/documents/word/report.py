"""The report as a Word document that clinicians edit: the order and the words of the page."""

import io
from collections.abc import Callable, Mapping
from itertools import count

from docx.document import Document
from docx.oxml import parse_xml
from docx.shared import Pt
from docx.text.paragraph import Paragraph

from analysis.display.documents.word.contents import add_contents, mark_heading
from analysis.display.documents.word.file import (
    FIGURE_HEIGHT,
    TEXT_WIDTH,
    WIDE,
    add_field,
    open_document,
    save_document,
    turn_page,
)
from analysis.display.documents.word.picture import Picture, read_picture
from analysis.display.documents.word.styles import (
    CAPTION,
    FIGURE,
    HEADLINE,
    LEAD,
    NOTE,
    TERM,
    WARNING,
    Look,
)
from analysis.display.documents.word.table import build_table_xml, clean_text, is_too_wide
from analysis.display.outline.displays import FIGURES
from analysis.display.outline.parts import Kind, Part, TablePart
from analysis.display.outline.sections import SECTIONS
from analysis.display.report.content import Content, require_parts
from analysis.display.tables.table import Table
from analysis.io.figure_notes import read_note

BEFORE_TABLE, AFTER_TABLE, AFTER_FIGURE = 10.0, 8.0, 10.0
"""Points."""

LISTED = "One row per record, in files of their own in the folder tables beside this document:"


def render_docx(table: Table, lock: str = "") -> bytes:
    """Return one table as a Word document; ``lock``: the line on the data set's lock."""
    writer = Writer(open_document(table.title, table.registry, table.stamp, lock))
    writer.add_table(table)
    return save_document(writer.document)


def build_word_report(
    content: Content, pictures: Mapping[str, bytes], captions: Mapping[str, str]
) -> bytes:
    """Return the report as DOCX, in the order of the outline.

    ``pictures``: PNG, and ``captions``: what stands below it, by the name of the figure. One that
    could not be drawn says why in its place. Raises AnalysisError when one is missing or a picture
    does not carry its title and description.
    """
    require_parts("figure", FIGURES, pictures)
    require_parts("caption", FIGURES, captions)
    subject = content.registry
    document = open_document(content.heading, subject, content.stamp, content.lock)
    writer = Writer(document)
    writer.add_title(content)
    add_contents(document, SECTIONS, TEXT_WIDTH)
    for number, section in enumerate(SECTIONS):
        mark_heading(document.add_heading(section.title, 1), section, number)
        for part in section.parts:
            if part.kind is Kind.FIGURE:
                _add_figure(writer, part.name, pictures[part.name], captions[part.name])
            else:
                _add_part(writer, content, part)
    return save_document(document)


class Writer:
    """Appends paragraphs, figures and tables to a document, and numbers the last two."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self._numbers = {"Figure": count(1), "Table": count(1)}

    def add_words(self, text: str, look: Look | None = None) -> Paragraph:
        """Append a paragraph in a style of ours, or in the body's, and return it."""
        style = self.document.styles[look.name] if look else None
        return self.document.add_paragraph(clean_text(text), style)

    def add_title(self, content: Content) -> None:
        """Append what the report begins with, below the stamp of the page: title, trial, lock."""
        self.document.add_heading(clean_text(content.heading), 0)
        self.add_words(content.subtitle)
        self.add_words(content.lock)

    def add_figure(self, picture: Picture, caption: str) -> None:
        """Append a figure with its alternative text, and its number, title and caption below."""
        width = Pt(picture.fit(TEXT_WIDTH, FIGURE_HEIGHT))
        paragraph = self.document.add_paragraph("", self.document.styles[FIGURE.name])
        shape = paragraph.add_run().add_picture(io.BytesIO(picture.content), width=width)
        names = shape._inline.docPr
        names.set("title", clean_text(picture.title))
        names.set("descr", clean_text(picture.alternative))
        below = self._add_caption("Figure", picture.title)
        below.add_run(f" {clean_text(caption)}")
        below.paragraph_format.space_after = Pt(AFTER_FIGURE)

    def add_reason(self, name: str, reason: str) -> None:
        """Append why a figure could not be drawn, in its place and with its number."""
        self.add_words(reason, WARNING)
        below = self._add_caption("Figure", name)
        below.paragraph_format.space_after = Pt(AFTER_FIGURE)

    def add_table(self, table: Table) -> None:
        """Append a table under its numbered title, with its footnotes below.

        One that is too wide for the page stands on a page across.
        """
        is_wide = is_too_wide(table, TEXT_WIDTH)
        if is_wide:
            turn_page(self.document)
        above = self._add_caption("Table", f"{table.title} ({table.id})").paragraph_format
        above.space_before, above.keep_with_next = Pt(BEFORE_TABLE), True
        element = parse_xml(build_table_xml(table, WIDE if is_wide else TEXT_WIDTH))
        self.document.element.body.insert_element_before(element, "w:sectPr")
        self._add_notes(table)
        if is_wide:
            turn_page(self.document)

    def _add_notes(self, table: Table) -> None:
        *notes, last = table.footnotes or ("",)
        for note in notes:
            self.add_words(note, NOTE).paragraph_format.keep_with_next = True
        self.add_words(last, NOTE).paragraph_format.space_after = Pt(AFTER_TABLE)

    def _add_caption(self, kind: str, title: str) -> Paragraph:
        styles = self.document.styles
        paragraph = self.document.add_paragraph("", styles[CAPTION.name])
        paragraph.add_run(f"{kind} ", styles[LEAD])
        add_field(paragraph, f"SEQ {kind} \\* ARABIC", str(next(self._numbers[kind])), LEAD)
        paragraph.add_run(f". {clean_text(title)}.", styles[LEAD])
        return paragraph


def _add_figure(writer: Writer, name: str, picture: bytes, caption: str) -> None:
    note = read_note(picture)
    if note.not_drawn:
        writer.add_reason(name, note.not_drawn)
    else:
        below = f"{caption} {note.key}" if note.key else caption
        writer.add_figure(read_picture(picture, name), below)


def _add_part(writer: Writer, content: Content, part: Part) -> None:
    if part.kind is Kind.WORDS:
        _WORDS[part.name](writer, content)
    elif part.kind is Kind.LISTING and isinstance(part, TablePart):
        writer.document.add_paragraph(f"{part.title}: {part.name}.rtf", "List Bullet")
    else:
        writer.add_table(content.tables[part.name])


def _say(writer: Writer, text: str) -> None:
    if text:
        writer.add_words(text)


def _say_headline(writer: Writer, content: Content) -> None:
    writer.add_words(f"{content.stamp}. {content.headline}" if content.stamp else content.headline,
                     HEADLINE)  # fmt: skip
    if content.warning:
        writer.add_words(f"{content.warning} {content.missing}", WARNING)
    if content.lost:
        writer.add_words(content.lost, WARNING)


def _say_missing(writer: Writer, content: Content) -> None:
    if content.warning:
        writer.add_words(content.warning, WARNING)
    writer.add_words(content.missing)


def _say_abstracts(writer: Writer, content: Content) -> None:
    for abstract in content.abstracts:
        writer.document.add_heading(clean_text(abstract.journal), 2)
        writer.add_words(f"{abstract.heading}. {abstract.text}")
    if content.left_out:
        writer.add_words("Not in the paragraphs:")
    for note in content.left_out:
        writer.document.add_paragraph(clean_text(note), "List Bullet")


def _say_methods(writer: Writer, content: Content) -> None:
    writer.document.add_heading("Estimand of the primary analysis", 2)
    for term, text in content.estimand:
        writer.add_words(term, TERM)
        writer.add_words(text)
    for term, text in content.methods:
        writer.document.add_heading(clean_text(term), 2)
        writer.add_words(text)


def _say_audit(writer: Writer, content: Content) -> None:
    for table in content.audit.values():
        writer.add_table(table)


_WORDS: dict[str, Callable[[Writer, Content], None]] = {
    "headline": _say_headline,
    "verdict": lambda writer, content: _say(writer, content.verdict),
    "door": lambda writer, content: _say(writer, f"{content.door} {content.lost}".strip()),
    "tipping": lambda writer, content: _say(writer, content.tipping),
    "missing": _say_missing,
    "analysed": lambda writer, content: _say(writer, content.missing),
    "listings": lambda writer, content: _say(writer, LISTED),
    "abstracts": _say_abstracts,
    "methods": _say_methods,
    "assumptions": lambda writer, content: _say(writer, content.unregistered),
    "audit": _say_audit,
}
"""What each part in words says, by its name in the outline."""
