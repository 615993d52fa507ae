"""What is printed of an interval is the confidence that it has, where alpha and level are apart."""

from __future__ import annotations

import re
from typing import Any

import pytest
from matplotlib.text import Text

from analysis.config import Plan
from analysis.display.ard import Ard
from analysis.display.figures.forest.cut_points import draw_cutpoints
from analysis.display.figures.forest.sensitivity import draw_sensitivity
from analysis.display.figures.forest.subgroups import draw_subgroups
from analysis.display.figures.grotta.sensitivity import read_panels
from analysis.display.prose.abstracts import build_abstracts
from analysis.display.prose.methods.primary import methods
from analysis.display.text.conclusion.headline import headline
from analysis.display.text.format import format_p
from analysis.display.text.wording import confidence, effect_clause, label_confidence
from tests.unit.display.tables.results_tables import TABLES

OWN, OTHERS = "97.5% CI", "95% CI"
LEVELS = re.compile(r"[0-9.]+% CI")


@pytest.fixture(scope="module")
def apart(small_plan: Plan) -> Plan:
    """Alpha 0.025, every other interval 95 %."""
    return set_inference(small_plan, alpha=0.025)


def set_inference(plan: Plan, **settings: Any) -> Plan:
    inference = plan.inference.model_copy(update=settings)
    return plan.model_copy(update={"inference": inference})


def read_words(figure: Any) -> str:
    return "\n".join(one.get_text() for one in figure.findobj(Text))


def test_an_effect_carries_its_own(whole: Ard, apart: Plan) -> None:
    first, other = whole.effect("primary", "ITT"), whole.effect("win_odds", "ITT")
    assert confidence(apart) == OTHERS
    assert f"({OWN} " in effect_clause(apart, "x", first)
    assert f"({OTHERS} " in effect_clause(apart, "x", other)
    assert label_confidence(apart, "x", first) == f"x ({OWN})"
    assert label_confidence(apart, "x", other) == "x"


def test_together_nothing_is_marked(whole: Ard, small_plan: Plan) -> None:
    assert label_confidence(small_plan, "x", whole.effect("primary", "ITT")) == "x"


@pytest.mark.parametrize("name", ["t_primary", "t_sensitivity", "t_estimands"])
def test_a_cell_says_what_its_heading_does_not(name: str, whole: Ard, apart: Plan) -> None:
    table = TABLES[name](whole, apart, "")
    column = table.columns.index(OTHERS) - 1
    cells = [row.cells[column] for row in table.rows]
    assert [OWN in cell for cell in cells] == [True, True, *[False] * (len(cells) - 2)]


@pytest.mark.parametrize("draw", [draw_cutpoints, draw_sensitivity, draw_subgroups])
def test_a_forest_plot_marks_the_guiding_row(draw: Any, whole: Ard, apart: Plan) -> None:
    words = read_words(draw(whole, apart, ""))
    assert f"({OTHERS})" in words
    assert f"({OWN})" in words.replace("\n", " ")


def test_a_panel_of_bars_is_marked(whole: Ard, apart: Plan) -> None:
    labels = [panel.label for panel in read_panels(whole, apart)]
    assert [OWN in label for label in labels] == [True, *[False] * (len(labels) - 1)]


def test_prose_follows_the_interval(whole: Ard, apart: Plan) -> None:
    assert LEVELS.findall(headline(whole, apart))[0] == OWN
    for one in build_abstracts(whole, apart, ""):
        levels = re.findall(r"(9[0-9.·]+)%(?= CI| confidence)", one.text)
        assert levels[0].replace("·", ".") == "97.5"
        assert set(levels[1:]) == {"95"}


def test_the_methods_say_which_is_which(whole: Ard, apart: Plan, small_plan: Plan) -> None:
    texts = dict(methods(whole, apart))
    assert f"its Wald {OWN}" in texts["Primary analysis"]
    assert f"The interval of the primary analysis is a {OWN}" in texts["Multiplicity"]
    assert f"every other interval is a {OTHERS}" in texts["Multiplicity"]
    assert "cross 0.025 or 0.05" in texts["Rounding"]
    assert "CI" not in dict(methods(whole, small_plan))["Multiplicity"]


def test_rounding_crosses_neither_boundary() -> None:
    assert format_p(0.0496, 0.025, 0.05) == "0.0496"
    assert format_p(0.02496, 0.025, 0.05) == "0.02"
    assert format_p(0.0251, 0.025, 0.05) == "0.03"
    assert format_p(0.0496, 0.025) == "0.05"
