"""Any text of a table is written by every format, and stands there as it can be printed."""

from __future__ import annotations

import csv
import io
import re
from html.parser import HTMLParser
from xml.etree import ElementTree

from docx.oxml.ns import qn
from hypothesis import given
from matplotlib.figure import Figure

from analysis.display.documents.rtf import render_rtf
from analysis.display.documents.word.table import build_table_xml
from analysis.display.drawing.save import render_figure
from analysis.display.tables.table import Row, Table, render_csv, render_html
from analysis.io.formula_cells import escape_formula
from analysis.io.printable import clean_cell, clean_printed
from tests.unit.display.documents.rtf_reader import read_rows
from tests.unit.io.any_text import ANY_TEXT


def build(text: str) -> Table:
    """A table with a text in every place."""
    row = Row(text, (text,), section=text, group=text)
    return Table("t_x", text, ("Item", text), (row,), (text,), "", "TRIAL, NCT0")


class _Words(HTMLParser):
    """The texts of the cells of a page."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.cells: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("td", "th"):
            self.cells.append("")

    def handle_data(self, data: str) -> None:
        if self.cells:
            self.cells[-1] += data


@given(ANY_TEXT)
def test_html(text: str) -> None:
    page = render_html(build(text))
    assert page.encode().decode() == page
    assert clean_printed(page) == page
    words = _Words()
    words.feed(page)
    assert "".join(clean_printed(text).split()) in ["".join(cell.split()) for cell in words.cells]


@given(ANY_TEXT)
def test_csv(text: str) -> None:
    header, row, note = csv.reader(io.StringIO(render_csv(build(text)), newline=""), strict=True)
    cell = escape_formula(clean_printed(text))
    assert header[3] == cell
    assert row[:4] == [cell] * 4
    assert note[2] == cell


@given(ANY_TEXT)
def test_rtf(text: str) -> None:
    rtf = render_rtf(build(text))
    assert rtf.isascii()
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f]", rtf)
    lines = re.sub(r"[\n\t]", " ", clean_printed(text))
    found = [[re.sub(r"[\n\t]", " ", cell) for cell in row] for row in read_rows(rtf)]
    assert [lines, lines] in found


@given(ANY_TEXT)
def test_word(text: str) -> None:
    table = ElementTree.fromstring(build_table_xml(build(text), 400.0))
    last = list(table.iter(qn("w:tr")))[-1]
    cells = ["\n".join(part.text or "" for part in cell.iter(qn("w:t"))) for cell in last]
    assert cells[-1] == "\n".join(clean_cell(line) for line in text.split("\n"))


@given(ANY_TEXT)
def test_title_and_description_of_a_figure(text: str) -> None:
    figure = Figure((1, 1))
    figure.set_label(f"T{text}\n{text}")
    root = ElementTree.fromstring(_draw(figure))
    title, _, alternative = clean_printed(f"T{text}\n{text}").partition("\n")
    assert [root[0].text, root[1].text or ""] == [title, alternative]


def _draw(figure: Figure) -> str:
    for form in ("pdf", "png"):
        assert render_figure(figure, form)
    return render_figure(figure, "svg").decode()
