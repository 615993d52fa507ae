"""The Word document holds what the page holds, in real tables with styles, and no date."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any

import docx
import pytest
from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from docx.oxml.table import CT_Tc
from docx.table import Table as WordTable
from PIL import Image, PngImagePlugin

from analysis.config import Plan
from analysis.display.ard import Ard
from analysis.display.documents.lines import Line, lay_lines
from analysis.display.documents.word.picture import read_picture
from analysis.display.documents.word.report import build_word_report, render_docx
from analysis.display.documents.word.styles import LOOKS
from analysis.display.drawing.not_drawn import render_reason
from analysis.display.outline.displays import FIGURES
from analysis.display.outline.parts import Kind
from analysis.display.outline.sections import SECTIONS
from analysis.display.report.content import Content, build_content
from analysis.display.report.page import build_report
from analysis.display.report.tables import build_tables
from analysis.display.tables.table import Row, Table
from analysis.errors import AnalysisError
from tests.unit.display.tables.results_tables import TABLES

PIXEL = 12700
"""One point in the unit of Word's files: tabs are whole twentieths of one."""

CHINESE = "脑梗死后出血转化"
CAPTIONS = {name: f"Caption of {name}, 1.60 (1.29 to 2.00)." for name in FIGURES}
TALL = (2100, 3900)
"""Pixels of a figure as high as the flow of subjects, at 300 dpi."""


def build_picture(name: str, size: tuple[int, int] = (210, 90)) -> bytes:
    """A PNG as figures are: 300 dpi, title and alternative text."""
    words = PngImagePlugin.PngInfo()
    words.add_text("Title", f"Title of {name}")
    words.add_text("Description", f"Words for {name}")
    file = io.BytesIO()
    Image.new("L", size, 255).save(file, "PNG", dpi=(300, 300), pnginfo=words)
    return file.getvalue()


def open_bytes(content: bytes) -> Document:
    return docx.Document(io.BytesIO(content))


@pytest.fixture(scope="module")
def pictures() -> dict[str, bytes]:
    return {name: build_picture(name) for name in FIGURES}


@pytest.fixture(scope="module")
def content(whole: Ard, small_plan: Plan, provenance: dict[str, Any], stamp: str) -> Content:
    tables = build_tables(whole, small_plan, (), stamp)
    return build_content(whole, small_plan, provenance, tables, (), stamp)


@pytest.fixture(scope="module")
def written(content: Content, pictures: dict[str, bytes]) -> bytes:
    return build_word_report(content, pictures, CAPTIONS)


@pytest.fixture(scope="module")
def document(written: bytes) -> Document:
    return open_bytes(written)


def read_cell(cell: CT_Tc) -> str:
    parts = cell.iter(qn("w:t"), qn("w:br"))
    return "".join("\n" if part.tag == qn("w:br") else part.text or "" for part in parts)


def read_rows(table: WordTable) -> list[list[str]]:
    """The texts of the cells, one for a cell that spans columns."""
    return [[read_cell(cell) for cell in row.tc_lst] for row in table._tbl.tr_lst]


def expected_tables(content: Content) -> list[Table]:
    """The tables in the order of the outline, those of the audit last."""
    named = [
        content.tables[part.name]
        for section in SECTIONS
        for part in section.parts
        if part.kind in (Kind.TABLE, Kind.FOLDED)
    ]
    return [*named, *content.audit.values()]


def test_every_text_of_every_table_is_in_its_cell(document: Document, content: Content) -> None:
    expected = expected_tables(content)
    assert len(document.tables) == len(expected)
    for table, model in zip(document.tables, expected, strict=True):
        lines: list[Line] = list(lay_lines(model))
        assert read_rows(table) == [list(model.columns), *(list(line.texts) for line in lines)]
    said = {paragraph.text for paragraph in document.paragraphs}
    assert {note for model in expected for note in model.footnotes} <= said


def test_the_order_is_that_of_the_page(document: Document, content: Content) -> None:
    headings = [p.text for p in document.paragraphs if p.style and p.style.name == "Heading 1"]
    assert headings == [section.title for section in SECTIONS]
    words = [names.get("descr") for names in document.element.body.iter(qn("wp:docPr"))]
    assert words == [f"Words for {name}" for name in FIGURES]
    lines = [[part.text or "" for part in p._p.iter(qn("w:t"))] for p in document.paragraphs]
    said = "\n".join(map("".join, lines))
    numbers = re.findall(r"^Table (\d+)\. ", said, re.MULTILINE)
    assert list(map(int, numbers)) == list(range(1, len(document.tables) + 1))


def test_page_and_document_say_the_same(
    document: Document, content: Content, whole: Ard, small_plan: Plan,
    provenance: dict[str, Any], stamp: str,
) -> None:  # fmt: skip
    drawn = dict.fromkeys(FIGURES, "<svg></svg>")
    page = build_report(whole, small_plan, provenance, drawn, content.tables, (), stamp)
    ids = re.findall(r'<table id="(\w+)"', page)
    assert ids == [table.id for table in expected_tables(content)]
    said = "\n".join(paragraph.text for paragraph in document.paragraphs)
    sentences = (content.headline, content.missing, content.verdict, content.unregistered,
                 *(text for _, text in (*content.estimand, *content.methods)))  # fmt: skip
    assert [sentence for sentence in sentences if sentence not in said] == []


def test_it_begins_with_the_headline_and_its_stamp(
    document: Document, content: Content, stamp: str
) -> None:
    """Right below the first heading, which follows the contents."""
    paragraphs = document.paragraphs
    styles = [p.style.name if p.style else "" for p in paragraphs]
    first = styles.index("Heading 1")
    assert paragraphs[first].text == "Result"
    assert paragraphs[first + 1].text == f"{stamp}. {content.headline}"
    assert set(styles[:first]) == {"Title", "Normal", "toc 1"}


def test_every_page_has_stamp_lock_and_number(document: Document, stamp: str) -> None:
    first, *others = document.sections
    assert [paragraph.text for paragraph in first.header.paragraphs] == [stamp]
    footer = first.footer.paragraphs[0]._p.xml
    assert "IMPACT-LVO, NCT07141303; NOT LOCKED" in footer
    assert re.findall(r'w:instr=" (\w+) "', footer) == ["PAGE", "NUMPAGES"]
    assert all(part.header.is_linked_to_previous for part in others)
    for part in (first, *others):
        (stop,) = part.footer.paragraphs[0].paragraph_format.tab_stops
        text = part.page_width - part.left_margin - part.right_margin
        assert stop.position == pytest.approx(text, abs=PIXEL), "the number stands at the edge"
        assert part.footer.paragraphs[0]._p.xml.count("fldSimple w:instr") == 2


def test_captions_are_words_own_and_can_be_edited(document: Document) -> None:
    captions = [p for p in document.paragraphs if p.style and p.style.name == "Caption"]
    texts = ["".join(part.text or "" for part in p._p.iter(qn("w:t"))) for p in captions]
    figures = [text for text in texts if text.startswith("Figure")]
    assert figures == [
        f"Figure {number}. Title of {name}. {CAPTIONS[name]}"
        for number, name in enumerate(FIGURES, start=1)
    ]
    assert len(texts) - len(figures) == len(document.tables)
    counted = re.findall(r'w:instr=" SEQ (Figure|Table)', document.element.xml)
    assert len(counted) == len(texts)


def test_the_contents_lead_to_every_section(document: Document) -> None:
    lines = [p for p in document.paragraphs if p.style and p.style.name == "toc 1"]
    links = [p._p.find(qn("w:hyperlink")).get(qn("w:anchor")) for p in lines]
    said = ["".join(part.text for part in p._p.iter(qn("w:t"))) for p in lines]
    assert said == [section.title for section in SECTIONS]
    marks = document.element.body.iter(qn("w:bookmarkStart"))
    assert [mark.get(qn("w:name")) for mark in marks] == links
    kinds = [part.get(qn("w:fldCharType")) for part in document.element.iter(qn("w:fldChar"))]
    assert kinds == ["begin", "separate", "end"]
    assert all(len(link) <= 40 and "-" not in link for link in links)


def test_the_document_says_its_languages_and_holds_no_other_styles(written: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(written)) as file:
        styles, settings = (
            file.read(f"word/{name}.xml").decode() for name in ("styles", "settings")
        )
        assert "word/stylesWithEffects.xml" not in file.namelist()
    assert '<w:lang w:val="en-GB" w:eastAsia="zh-CN"' in styles
    assert '<w:themeFontLang w:val="en-GB" w:eastAsia="zh-CN"/>' in settings


def test_heads_are_repeated_and_rows_never_parted(document: Document, content: Content) -> None:
    for table, model in zip(document.tables, expected_tables(content), strict=True):
        rows = table._tbl.tr_lst
        assert [row.find(f".//{qn('w:tblHeader')}") is not None for row in rows] == (
            [True] + [False] * (len(rows) - 1)
        )
        assert all(row.find(f".//{qn('w:cantSplit')}") is not None for row in rows)
        kept = [row.find(f".//{qn('w:keepNext')}") is not None for row in rows[1:]]
        assert kept == [line.keep for line in lay_lines(model)]


def test_tables_and_their_texts_have_styles_of_their_own(document: Document) -> None:
    known = {look.id for look in LOOKS}
    used = {
        style.get(qn("w:val"))
        for table in document.tables
        for style in table._tbl.iter(qn("w:pStyle"))
    }
    assert used <= known
    assert {table.style.name for table in document.tables if table.style} == {"Trial Table"}
    assert len({name for name in used if name}) == 4


def test_numbers_stand_on_decimal_tabs(whole: Ard, small_plan: Plan) -> None:
    (table,) = open_bytes(render_docx(TABLES["t_primary"](whole, small_plan, ""))).tables
    tabs = {
        cell.text: [tab.get(qn("w:val")) for tab in cell._tc.iter(qn("w:tab"))]
        for row in table.rows[1:]
        for cell in row.cells[2:4]
        if re.fullmatch(r"[\d.]+", cell.text)
    }
    assert tabs
    assert set(map(tuple, tabs.values())) == {("decimal",)}


def test_chinese_survives_with_a_font_of_its_own() -> None:
    rows = (Row(CHINESE, (f"{CHINESE} < & >",), section=CHINESE),)
    table = Table("t_x", CHINESE, ("Item", "值"), rows, (CHINESE,), CHINESE, "TRIAL, NCT0")
    content = render_docx(table)
    document = open_bytes(content)
    assert read_rows(document.tables[0])[1:] == [[CHINESE], [CHINESE, f"{CHINESE} < & >"]]
    assert CHINESE in document.paragraphs[0].text
    assert document.sections[0].header.paragraphs[0].text == CHINESE
    fonts = document.styles["Normal"].element.rPr.rFonts
    assert fonts.get(qn("w:eastAsia")) == "SimSun"
    assert fonts.get(qn("w:eastAsiaTheme")) is None


def test_lines_of_a_cell_stay_lines() -> None:
    table = Table("t_x", "T", ("a", "b"), (Row("x", ("1\n2",)),), (), "", "TRIAL, NCT0")
    assert read_rows(open_bytes(render_docx(table)).tables[0])[1] == ["x", "1\n2"]


def test_control_characters_become_spaces() -> None:
    table = Table("t_x", "T", ("a", "b"), (Row("x\x0by", ("1",)),), (), "", "TRIAL, NCT0")
    assert read_rows(open_bytes(render_docx(table)).tables[0])[1] == ["x y", "1"]


def test_the_same_content_gives_the_same_bytes(
    written: bytes, content: Content, pictures: dict[str, bytes]
) -> None:
    assert build_word_report(content, pictures, CAPTIONS) == written


def test_a_figure_that_could_not_be_drawn_says_why_in_its_place(
    content: Content, pictures: dict[str, bytes]
) -> None:
    reason = render_reason("png", "km_death (png)", "no curve: 京", "")
    document = open_bytes(build_word_report(content, {**pictures, "km_death": reason}, CAPTIONS))
    words = [paragraph.text for paragraph in document.paragraphs]
    place = words.index("no curve: 京")
    assert words[place + 1].startswith("Figure ")
    assert words[place + 1].endswith(". km_death.")
    assert len(document.inline_shapes) == len(FIGURES) - 1


def test_nothing_in_the_file_has_a_date_or_an_author(written: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(written)) as file:
        assert {entry.date_time for entry in file.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        core = file.read("docProps/core.xml").decode()
        assert "docProps/thumbnail.jpeg" not in file.namelist()
    assert not re.search(r"\d{4}-\d\d-\d\d|python|created|modified", core)


def test_a_wide_table_lies_across_and_the_next_stands_upright(
    content: Content, pictures: dict[str, bytes]
) -> None:
    wide = Table(
        "t_tipping_point", "Wide", tuple(f"column {n}" for n in range(11)),
        (Row("a", ("1.57 (1.28 to 1.97)",) * 10),), (), "", "TRIAL, NCT0",
    )  # fmt: skip
    tables = {**content.tables, "t_tipping_point": wide}
    document = open_bytes(
        build_word_report(Content(**{**vars(content), "tables": tables}), pictures, CAPTIONS)
    )
    turned = [section.orientation for section in document.sections]
    assert WD_ORIENT.LANDSCAPE in turned
    assert turned[0] == turned[-1] == WD_ORIENT.PORTRAIT
    assert all(
        (section.page_width > section.page_height) == (section.orientation == WD_ORIENT.LANDSCAPE)
        for section in document.sections
        if section.page_width and section.page_height
    )


def test_a_tall_figure_leaves_room_for_its_heading() -> None:
    picture = read_picture(build_picture("consort", TALL), "consort")
    assert (picture.width, picture.height) == pytest.approx((504, 936), rel=1e-3)
    assert picture.fit(480, 600) == pytest.approx(600 * 504 / 936, rel=1e-3)
    assert picture.fit(5000, 5000) == pytest.approx(504, rel=1e-3)


def test_a_lacking_or_broken_figure_is_named(content: Content, pictures: dict[str, bytes]) -> None:
    with pytest.raises(AnalysisError, match="the report lacks the figure consort"):
        build_word_report(content, {k: v for k, v in pictures.items() if k != "consort"}, CAPTIONS)
    with pytest.raises(AnalysisError, match="the report lacks the caption consort"):
        build_word_report(content, pictures, {k: v for k, v in CAPTIONS.items() if k != "consort"})
    with pytest.raises(AnalysisError, match="the figure consort is not a PNG"):
        build_word_report(content, {**pictures, "consort": b"<svg/>"}, CAPTIONS)
    bare = io.BytesIO()
    Image.new("L", (2, 2)).save(bare, "PNG")
    with pytest.raises(AnalysisError, match="consort does not say its Title, Description, dpi"):
        read_picture(bare.getvalue(), "consort")
