"""The styles of the Word document, by name: a journal's template changes them all at once."""

from dataclasses import dataclass

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt, RGBColor
from docx.styles.style import BaseStyle, ParagraphStyle

from analysis.display.text.arial_widths import CHINESE, FAMILY
from analysis.errors import AnalysisError

STAMP_COLOUR, QUIET_COLOUR = RGBColor(0x8B, 0x1A, 0x1A), RGBColor(0x5A, 0x5A, 0x5A)
INK = RGBColor(0x1A, 0x1A, 0x1A)
ENGLISH, CHINESE_LANGUAGE = "en-GB", "zh-CN"
TABLE_STYLE = "TrialTable"
"""Id of the style of the tables."""


@dataclass(frozen=True)
class Look:
    """A paragraph style: sizes and distances in points."""

    name: str
    size: float
    above: float = 0.0
    below: float = 0.0
    bold: bool = False
    italic: bool = False
    keep: bool = False
    centred: bool = False
    colour: RGBColor = INK

    @property
    def id(self) -> str:
        """The id that python-docx gives to a style of this name."""
        return self.name.replace(" ", "")


STAMP = Look("Trial Stamp", 11, bold=True, centred=True, colour=STAMP_COLOUR)
RUNNING = Look("Trial Running Line", 8, colour=QUIET_COLOUR)
HEADLINE = Look("Trial Headline", 12, above=4, below=6, bold=True)
WARNING = Look("Trial Warning", 10, below=6, bold=True, colour=STAMP_COLOUR)
FIGURE = Look("Trial Figure", 10, above=6, below=2, keep=True, centred=True)
CELL = Look("Trial Table Cell", 8, above=0.75, below=0.75)
HEAD = Look("Trial Table Head", 8, above=2, below=2, bold=True, keep=True)
SECTION = Look("Trial Table Section", 8, above=3, below=0.75, bold=True, keep=True)
GROUP = Look("Trial Table Group", 8, above=1, below=0.75, italic=True, keep=True)
NOTE = Look("Trial Table Footnote", 7.5, above=1)
TERM = Look("Trial Term", 10, above=4, bold=True, keep=True)
LOOKS = (
    STAMP, RUNNING, HEADLINE, WARNING, FIGURE, CELL, HEAD, SECTION, GROUP, NOTE, TERM,
)  # fmt: skip

CAPTION = Look("Caption", 9, above=4, below=4)
CONTENTS = Look("toc 1", 9, below=1)
"""Styles of Word's own, by which it finds captions and lists headings."""

LEAD = "Strong"
"""The style of the first words of a caption."""

BODY_SIZE = 10.0
HEADINGS = {"Title": 18.0, "Heading 1": 14.0, "Heading 2": 11.0}


def add_styles(document: Document) -> None:
    """Give the document its fonts, Chinese ones too, and the styles of this module."""
    body = _paragraph_style(document.styles["Normal"])
    _set_font(body, BODY_SIZE, INK)
    body.paragraph_format.space_after = Pt(6)
    for name, size in HEADINGS.items():
        heading = _paragraph_style(document.styles[name])
        _set_font(heading, size, INK)
        heading.font.bold = True
        _drop_border(heading)
    for look in LOOKS:
        _add_look(document, look)
    _dress(_paragraph_style(document.styles[CAPTION.name]), CAPTION)
    _dress(
        _paragraph_style(
            document.styles.add_style(CONTENTS.name, WD_STYLE_TYPE.PARAGRAPH, builtin=True)
        ),
        CONTENTS,
    )
    _set_language(document)
    document.styles.element.append(parse_xml(_TABLE_STYLE_XML))


def _drop_border(style: ParagraphStyle) -> None:
    """The template draws a blue line below the title."""
    properties = style.element.get_or_add_pPr()
    for border in properties.findall(qn("w:pBdr")):
        properties.remove(border)


def _set_language(document: Document) -> None:
    """The language of the words, for spelling and for reading aloud."""
    defaults = document.styles.element.find(qn("w:docDefaults"))
    theme = document.settings.element.find(qn("w:themeFontLang"))
    for language in (*defaults.iter(qn("w:lang")), theme):
        language.set(qn("w:val"), ENGLISH)
        language.set(qn("w:eastAsia"), CHINESE_LANGUAGE)


def _add_look(document: Document, look: Look) -> None:
    style = _paragraph_style(document.styles.add_style(look.name, WD_STYLE_TYPE.PARAGRAPH))
    style.base_style = document.styles["Normal"]
    _dress(style, look)


def _dress(style: ParagraphStyle, look: Look) -> None:
    _set_font(style, look.size, look.colour)
    style.font.bold, style.font.italic = look.bold, look.italic
    paragraph = style.paragraph_format
    paragraph.space_before, paragraph.space_after = Pt(look.above), Pt(look.below)
    paragraph.keep_with_next = look.keep or None
    paragraph.line_spacing = 1.0
    if look.centred:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER


def _paragraph_style(style: BaseStyle) -> ParagraphStyle:
    if not isinstance(style, ParagraphStyle):
        raise AnalysisError(f"the style {style.name} of the document is not one of paragraphs")
    return style


def _set_font(style: ParagraphStyle, size: float, colour: RGBColor) -> None:
    """The font of every script by its name: a theme would bring its own for Chinese."""
    style.font.name, style.font.size, style.font.color.rgb = FAMILY, Pt(size), colour
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    fonts.set(qn("w:eastAsia"), CHINESE)
    fonts.set(qn("w:cs"), FAMILY)


_RULE = 'w:val="single" w:sz="{}" w:space="0" w:color="1A1A1A"'
_TABLE_STYLE_XML = (
    f'<w:style {nsdecls("w")} w:type="table" w:customStyle="1" w:styleId="{TABLE_STYLE}">'
    '<w:name w:val="Trial Table"/><w:basedOn w:val="TableNormal"/><w:uiPriority w:val="99"/>'
    "<w:qFormat/><w:tblPr><w:tblBorders>"
    f"<w:top {_RULE.format(8)}/><w:bottom {_RULE.format(8)}/>"
    "</w:tblBorders></w:tblPr>"
    '<w:tblStylePr w:type="firstRow"><w:tcPr><w:tcBorders>'
    f"<w:bottom {_RULE.format(4)}/>"
    "</w:tcBorders></w:tcPr></w:tblStylePr></w:style>"
)
