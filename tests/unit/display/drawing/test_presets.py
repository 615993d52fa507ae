"""Presets of journals: width, type, least sizes, and the fonts they need."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from string import ascii_letters, digits

import matplotlib
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.font_manager import fontManager
from matplotlib.text import Text

from analysis.config import Plan
from analysis.display.ard import Ard
from analysis.display.drawing import fonts
from analysis.display.drawing.letters import drawable, number_letters
from analysis.display.drawing.typography import (
    line_height,
    points,
    text_width,
    width_at,
)
from analysis.display.figures.draw import draw_presets
from analysis.display.outline.displays import FIGURES
from analysis.display.presets import (
    HOUSE,
    JOURNALS,
    Language,
    Preset,
    active_preset,
    find_preset,
    list_names,
    use_preset,
)
from analysis.errors import AnalysisError, ConfigError
from tests.unit.display.drawing.drawn_font import build_font

IN_COLUMN = [name for name, part in FIGURES.items() if part.in_column]
GROTTA = ("grotta_itt", "grotta_itt_adjusted", "grotta_sensitivity", "grotta_subgroups")
PRINT_DPI = 300
"""At fewer the renderer fits letters to pixels, which makes them wider than in print."""

SLACK = 1.5
"""Pixels by which a text may reach beyond: what its renderer rounds."""


def in_bundled_font(preset: Preset) -> Preset:
    """The preset in the font that comes with matplotlib, which is wider than the journals'."""
    return replace(preset, families=HOUSE.families)


def test_the_house_preset_applies_outside_of_any() -> None:
    assert active_preset() is HOUSE
    with use_preset(JOURNALS["lancet"]):
        assert active_preset().name == "lancet"
    assert active_preset() is HOUSE


def test_presets_are_named_by_journal_and_language() -> None:
    assert find_preset("lancet") == JOURNALS["lancet"]
    assert find_preset("lancet-zh").language is Language.CHINESE
    assert find_preset("lancet-zh").millimetres == find_preset("lancet").millimetres
    assert find_preset("house-zh").families == HOUSE.families
    assert "house" not in list_names()


def test_an_unknown_preset_is_named_with_those_there_are() -> None:
    with pytest.raises(ConfigError, match=r"bmj: no such preset; must be one of nejm, nejm-col"):
        find_preset("bmj")


def test_sizes_are_scaled_and_never_fall_below_the_least() -> None:
    house = width_at("Placebo", 7.0)
    assert (text_width("Placebo", 7.0), line_height(7.0)) == (house, 7.0 * 1.35 / 72)
    with use_preset(replace(HOUSE, scale=2.0, smallest=15.0)):
        assert (points(7.0), points(9.0)) == (15.0, 18.0)
        assert text_width("Placebo", 7.0) == pytest.approx(width_at("Placebo", 15.0))


@pytest.mark.parametrize(
    ("name", "journal"),
    [
        (name, journal)
        for journal, preset in JOURNALS.items()
        for name in (IN_COLUMN if preset.is_column else GROTTA)
    ],
)
def test_words_keep_their_size_and_stay_on_the_sheet(
    name: str, journal: str, whole: Ard, small_plan: Plan
) -> None:
    preset = in_bundled_font(JOURNALS[journal])
    with use_preset(preset):
        figure = FIGURES[name].draw(whole, small_plan, "REHEARSAL - NOT TRIAL RESULTS")
    figure.set_dpi(PRINT_DPI)
    assert figure.get_size_inches()[0] == pytest.approx(preset.width)
    texts = [text for text in figure.findobj(Text) if text.get_text() and not text.get_rotation()]
    assert min(text.get_fontsize() for text in texts) >= preset.smallest
    renderer, sheet = FigureCanvasAgg(figure).get_renderer(), figure.bbox
    for text in texts:
        box = text.get_window_extent(renderer)
        assert box.x0 >= sheet.x0 - SLACK, text.get_text()
        assert box.x1 <= sheet.x1 + SLACK, text.get_text()
        assert box.y0 >= sheet.y0 - SLACK, text.get_text()
        assert box.y1 <= sheet.y1 + SLACK, text.get_text()


def test_a_font_that_is_not_there_is_named_with_what_brings_it() -> None:
    absent = replace(JOURNALS["lancet"], families=("No Such Roman", "Nor This"))
    with (
        use_preset(absent),
        pytest.raises(
            AnalysisError,
            match=r"lancet are set in No Such Roman or a font of its widths.*Nor This.*"
            r"apt-get install fonts-liberation",
        ),
    ):
        fonts.typeface()


def test_a_font_installed_since_matplotlib_last_looked_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = build_font("Newly Installed", f"{fonts.NEEDED}.", tmp_path / "new.ttf")
    monkeypatch.setattr(fontManager, "ttflist", list(fontManager.ttflist))
    monkeypatch.setattr(fonts, "findSystemFonts", lambda: [str(path), str(tmp_path / "no.ttf")])
    with use_preset(replace(HOUSE, name="new", families=("Newly Installed",))):
        face = fonts.typeface()
        assert (face.family, face.has_bold) == ("Newly Installed", False)
        assert [face.holds(character) for character in ".,"] == [True, False]
        assert [file.name for file in face.paths] == ["new.ttf"]


@pytest.mark.parametrize("lacking", [*digits, "A", "z"])
def test_a_font_that_cannot_set_a_figure_by_itself_is_not_taken(
    lacking: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Fonts of Chinese glyphs alone come with other packages, and have no digits."""
    monkeypatch.setattr(fontManager, "ttflist", list(fontManager.ttflist))
    characters = "甲" + fonts.NEEDED.replace(lacking, "")
    fontManager.addfont(build_font(f"Lacks {lacking}", characters, tmp_path / "han.ttf"))
    monkeypatch.setattr(fonts, "CHINESE_FAMILIES", (f"Lacks {lacking}",))
    with (
        use_preset(replace(find_preset("lancet-zh"), name=f"lacks {lacking}")),
        pytest.raises(AnalysisError, match=f"none with digits and letters .*: Lacks {lacking}"),
    ):
        fonts.typeface()


def test_a_chinese_preset_is_drawn_in_one_font_that_has_its_glyphs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two fonts of different folders would make the bytes of a PDF depend on their paths."""
    monkeypatch.setattr(fontManager, "ttflist", list(fontManager.ttflist))
    fontManager.addfont(build_font("No Digits", f"甲{ascii_letters}", tmp_path / "no_digits.ttf"))
    fontManager.addfont(build_font("Some Han", f"甲{fonts.NEEDED}", tmp_path / "han.ttf"))
    monkeypatch.setattr(fonts, "CHINESE_FAMILIES", ("Not Here", "No Digits", "Some Han"))
    with use_preset(replace(find_preset("lancet-zh"), name="drawn")):
        assert fonts.typeface().family == "Some Han"
        assert width_at("甲", 72.0) == pytest.approx(1.0)
        with number_letters() as letters:
            assert drawable("甲x泼") == "甲x[1]"
        assert letters == {"[1]": "泼"}


def test_each_preset_has_a_folder(ard: Ard, plan: Plan, tmp_path: Path, stamp: str) -> None:
    presets = [in_bundled_font(JOURNALS[name]) for name in ("nejm", "lancet")]
    outputs = [tmp_path / name / f"cutpoints.{form}" for name in ("nejm", "lancet") for form in
               ("svg", "png")]  # fmt: skip
    draw_presets(ard, plan, stamp, presets, map(str, outputs))
    widths = [
        matplotlib.image.imread(path).shape[1] / 300 for path in outputs if path.suffix == ".png"
    ]
    assert widths == pytest.approx([preset.width for preset in presets], abs=0.01)
