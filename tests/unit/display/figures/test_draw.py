"""What cannot be drawn is said in its place, and costs no other figure and no other format."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from analysis.config import Plan
from analysis.display.ard import Ard
from analysis.display.drawing.not_drawn import render_reason
from analysis.display.figures import draw
from analysis.display.figures.draw import draw_figures
from analysis.display.html.inline_svg import show_figure
from analysis.io.figure_notes import FigureNote, dump_note, read_note, read_notes

FORMS = ("svg", "pdf", "png", "tiff")


def paths(folder: Path, name: str, forms: tuple[str, ...] = FORMS) -> list[Path]:
    return [folder / f"{name}.{form}" for form in forms]


def test_a_figure_that_fails_costs_no_other(ard: Ard, plan: Plan, tmp_path: Path) -> None:
    failing = paths(tmp_path, "forest_subgroups")
    drawn = paths(tmp_path, "grotta_itt", ("svg",))
    draw_figures(replace(ard, rows=()), plan, "", map(str, failing))
    draw_figures(ard, plan, "", map(str, drawn))
    assert read_note(drawn[0].read_bytes()) == FigureNote()
    for path in failing:
        reason = read_note(path.read_bytes()).not_drawn
        assert reason.startswith("This figure could not be drawn: ard.csv: there is no row")
    for path in failing[2:]:
        with Image.open(path) as image:
            image.load()


def test_a_format_that_fails_costs_no_other(
    ard: Ard, plan: Plan, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    render = draw.render_figure

    def fail(figure: Any, form: str, note: FigureNote) -> bytes:
        if form == "pdf":
            raise RuntimeError("a value of a subject")
        return render(figure, form, note)

    monkeypatch.setattr(draw, "render_figure", fail)
    files = paths(tmp_path, "grotta_itt", ("svg", "pdf", "png"))
    draw_figures(ard, plan, "", map(str, files))
    notes = read_notes({path.suffix: path for path in files})
    assert list(notes) == [".pdf"]
    assert "a fault of the program or of its libraries (RuntimeError)" in notes[".pdf"].not_drawn
    assert b"a value of a subject" not in files[1].read_bytes()


@pytest.mark.parametrize("form", FORMS)
def test_a_reason_is_the_same_bytes_and_carries_its_note(form: str) -> None:
    reason = "no font has 京 <b> & -- \ufffd"
    first, second = (render_reason(form, "name", reason, "STAMP") for _ in range(2))
    assert first == second
    assert read_note(first) == FigureNote(not_drawn=reason)


def test_a_note_survives_a_comment_of_xml() -> None:
    note = FigureNote("a -- b ---->", {"[1]": "--京"}, {"--": "x"})
    line = dump_note(note)
    assert "--" not in line
    assert line.isascii()
    assert read_note(b"xx " + line.encode() + b" --> {}") == note
    assert read_note(b"figure-note: {broken") == FigureNote()


def test_a_page_shows_the_reason_and_the_key() -> None:
    reason = render_reason("svg", "name", "why & wherefore", "").decode()
    shown = show_figure(reason, "km_death")
    assert shown == (
        '<p class="warning" id="km_death-title"><strong>km_death</strong> why &amp; wherefore</p>'
    )
    comment = f"<!-- {dump_note(FigureNote(letters={'[1]': '<京>'}))} -->"
    numbered = show_figure(f"{comment}<svg></svg>", "x")
    assert numbered.endswith(
        '<p class="small">Letters that no font of the machine had: [1] &lt;京&gt;.</p>'
    )
