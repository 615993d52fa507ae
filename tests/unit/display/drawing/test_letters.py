"""Any text can be drawn: in the fonts that have its letters, or with numbers in their place."""

from __future__ import annotations

import io
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.figure import Figure
from matplotlib.font_manager import fontManager
from matplotlib.text import Text
from PIL import Image

from analysis.config import Plan
from analysis.display.drawing import fallback
from analysis.display.drawing.canvas import Canvas, Label
from analysis.display.drawing.fallback import find_families
from analysis.display.drawing.frame import build_frame, dress_figure
from analysis.display.drawing.letters import TIE, UNDRAWABLE, drawable, number_letters
from analysis.display.drawing.save import FORMATS, render_figure
from analysis.display.drawing.typography import narrowest_lines, text_width, wrap_text
from analysis.io.figure_notes import FigureNote
from tests.unit.display.drawing.drawn_font import build_font

ANY = st.text(st.characters(exclude_categories=[]), max_size=12)
"""All of Unicode: controls, halves of pairs, marks, letters that no font has."""
PLAIN = "Age \N{GREATER-THAN OR EQUAL TO} 70 µmol/L, é 95% CI – $x_1^2$ \\alpha {a}"


def forget_fonts() -> None:
    for function in (fallback.find_face, fallback.list_faces, fallback._copy):
        function.cache_clear()


@pytest.fixture
def han(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A font of two Chinese letters, without digits, beside those that come with matplotlib."""
    monkeypatch.setattr(fontManager, "ttflist", list(fontManager.ttflist))
    forget_fonts()
    yield build_font("Han Alone", "京北", tmp_path / "han.ttf")
    forget_fonts()


def draw(plan: Plan, text: str) -> Figure:
    canvas = Canvas(4.0, 1.0, labels=[Label(2.0, 0.5, text)])
    frame = build_frame(plan, text, text, text, canvas.height)
    return dress_figure(canvas.draw(frame.size), frame, text)


def read_words(figure: Figure) -> list[str]:
    return [text.get_text() for text in figure.findobj(Text) if isinstance(text, Text)]


def read_fonts(pdf: bytes) -> set[bytes]:
    return set(re.findall(rb"/BaseFont /(\S+)", pdf))


def test_what_the_typeface_has_is_left_as_it_is() -> None:
    assert drawable(PLAIN) is PLAIN or drawable(PLAIN) == PLAIN
    assert find_families(PLAIN) == ("DejaVu Sans",)


def test_letters_that_no_font_has_are_numbered_and_explained() -> None:
    with number_letters() as letters:
        assert drawable("Site 北京 and 上海") == "Site [1] and [2]"
        assert drawable("北京, 广州") == "[1], [3]"
    assert letters == {"[1]": "北京", "[2]": "上海", "[3]": "广州"}
    assert FigureNote(letters=letters).key == (
        "Letters that no font of the machine had: [1] 北京; [2] 上海; [3] 广州."
    )


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\tb\nc\rd\u2003e", "a b c d e"),
        ("a\0b\x1bc\x7f", f"a{UNDRAWABLE}b{UNDRAWABLE}c{UNDRAWABLE}"),
        ("a\u202eb\u200bc\ufeff", f"a{UNDRAWABLE}b{UNDRAWABLE}c{UNDRAWABLE}"),
        ("half \ud83d", f"half {UNDRAWABLE}"),
        ("heart \u2764\ufe0f", "heart \u2764"),
        (f"n{TIE}={TIE}12", f"n{TIE}={TIE}12"),
        ("\U0001d400", "\U0001d400"),
    ],
)
def test_what_has_no_shape_is_shown(text: str, shown: str) -> None:
    assert drawable(text) == shown


@given(ANY, ANY)
def test_any_text_is_measured_as_it_is_drawn(text: str, other: str) -> None:
    with number_letters() as letters:
        shown = drawable(f"{text} {other}")
        assert drawable(shown) == shown
        assert text_width(f"{text} {other}", 7.0) == text_width(shown, 7.0)
        lines = wrap_text(f"{text} {other}", 7.0, 0.4)
        assert "".join(lines).replace(" ", "") == shown.replace(" ", "").replace(TIE, "")
        assert narrowest_lines(text, 7.0) >= 0
    assert all(letters.values())


@settings(max_examples=12)
@given(ANY)
def test_any_text_is_drawn_in_every_format(plan: Plan, text: str) -> None:
    with number_letters() as letters:
        figure = draw(plan, text)
        files = {form: render_figure(figure, form, FigureNote(letters=letters)) for form in FORMATS}
    ElementTree.fromstring(files["svg"])
    assert files["pdf"].startswith(b"%PDF")
    for form in ("png", "tiff"):
        with Image.open(io.BytesIO(files[form])) as image:
            image.load()


@pytest.mark.parametrize("text", ["$\\frac{1}", "a_b^c $$", "\\", "$100 - $200", "%s {x}"])
def test_signs_of_formulas_are_letters(text: str, plan: Plan) -> None:
    figure = draw(plan, text)
    assert text in read_words(figure)
    assert not any(t.get_parse_math() for t in figure.findobj(Text) if isinstance(t, Text))
    render_figure(figure, "png")


def test_another_font_stands_in_letter_by_letter(
    han: Path, plan: Plan, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("analysis.display.drawing.fonts.findSystemFonts", lambda: [str(han)])
    with number_letters() as letters:
        figure = draw(plan, "Site 北京 海")
    assert letters == {"[1]": "海"}
    assert "Site 北京 [1]" in read_words(figure)
    assert find_families("Site 北京") == ("DejaVu Sans (0)", "Han Alone (1)")
    assert text_width("北", 72.0) == pytest.approx(1.0)
    assert text_width("S北", 72.0) == pytest.approx(1.0 + text_width("S", 72.0))
    alone = read_fonts(render_figure(draw(plan, "Site 1"), "pdf"))
    assert len(read_fonts(render_figure(figure, "pdf"))) == len(alone) + 1


def test_where_a_font_lies_changes_no_byte(
    tmp_path: Path, plan: Plan, monkeypatch: pytest.MonkeyPatch
) -> None:
    """matplotlib writes the fonts of a PDF in the order of their paths."""
    written = []
    font = build_font("Han Placed", "京北", tmp_path / "han.ttf")
    for place in ("!before", "~after"):
        (tmp_path / place).mkdir()
        path = shutil.copy(font, tmp_path / place)
        monkeypatch.setattr(fontManager, "ttflist", list(fontManager.ttflist))
        monkeypatch.setattr(
            "analysis.display.drawing.fonts.findSystemFonts", lambda path=path: [str(path)]
        )
        forget_fonts()
        figure = draw(plan, "Site 北京")
        written.append({form: render_figure(figure, form) for form in ("svg", "pdf", "png")})
        monkeypatch.undo()
    forget_fonts()
    assert written[0] == written[1]


def test_the_pictures_of_plain_text_hold_one_font(plan: Plan) -> None:
    fonts = read_fonts(render_figure(draw(plan, PLAIN), "pdf"))
    assert {name.rpartition(b"+")[2] for name in fonts} == {b"DejaVuSans", b"DejaVuSans-Bold"}
