"""Texts are measured in the font they are drawn in, and only drawn if the font has them."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import matplotlib
import pytest

from analysis.display.drawing.fonts import typeface
from analysis.display.drawing.layout import spread_centres
from analysis.display.drawing.letters import TIE
from analysis.display.drawing.typography import text_width, wrap_text
from analysis.errors import AnalysisError


def test_the_font_is_the_one_that_comes_with_matplotlib() -> None:
    bundled = Path(matplotlib.get_data_path()).resolve()
    face = typeface()
    assert face.has_bold
    assert all(bundled in path.resolve().parents for path in face.paths)


def test_width_grows_with_text_size_and_weight() -> None:
    width = text_width("Placebo", 8)
    assert 0.3 < width < 0.6
    assert text_width("Placebo", 16) == pytest.approx(2 * width)
    assert text_width("Placebo", 8, "bold") > width


def test_lines_fit_their_width_and_lose_no_word() -> None:
    text = "Cumulative-logit proportional-odds model of the modified Rankin Scale"
    lines = wrap_text(text, 7, 1.5)
    assert " ".join(lines) == text
    assert all(text_width(line, 7) <= 1.5 for line in lines)


def test_tied_words_stay_on_one_line() -> None:
    lines = wrap_text(f"Lost to follow-up (n{TIE}={TIE}12)", 7, 1.0)
    assert lines[-1] == "(n = 12)"


def test_labels_that_collide_are_moved_apart_within_the_row() -> None:
    centres = spread_centres([1.0, 1.05, 1.1, 5.9], [0.5, 0.5, 0.5, 0.5], 0.0, 6.0)
    gaps = [right - left for left, right in pairwise(centres)]
    assert all(gap >= 0.5 - 1e-9 for gap in gaps)
    assert centres[0] >= 0.25
    assert centres[-1] <= 5.75
    assert spread_centres([1.0, 3.0], [0.5, 0.5], 0.0, 6.0) == (1.0, 3.0)
    assert spread_centres([], [], 0.0, 6.0) == ()


def test_labels_wider_than_the_row_are_refused() -> None:
    with pytest.raises(AnalysisError, match="do not fit"):
        spread_centres([1.0, 2.0], [2.0, 2.0], 0.0, 3.0)
