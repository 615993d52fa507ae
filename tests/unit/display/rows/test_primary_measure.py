"""Win odds as the primary measure: what every figure, table and sentence then says (SAP 5.6)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from analysis.config import Plan
from analysis.display.ard import Ard
from analysis.display.checklist.results import answer_other
from analysis.display.figures.grotta.captions import alternative_adjusted
from analysis.display.outline.displays import FIGURES
from analysis.display.prose.abstracts import build_abstracts
from analysis.display.prose.methods.primary import estimand, methods
from analysis.display.text.conclusion.headline import headline
from analysis.display.text.format import format_number
from tests.projects.analysed_trials import choose_wins
from tests.unit.display.conftest import read_records
from tests.unit.display.tables.results_tables import TABLES

OF_THE_MODEL = ("cutpoints", "grotta_itt_adjusted", "calibration")
"""Figures of models beside the primary analysis."""
COMMON = re.compile(r"(?<!unadjusted )common odds ratio", re.IGNORECASE)


@pytest.fixture(scope="module")
def wins(frames: Path) -> Ard:
    return Ard.from_records(read_records(frames / "wins.csv"))


@pytest.fixture(scope="module")
def chosen(small_plan: Plan) -> Plan:
    return choose_wins(small_plan)


def list_sentences(ard: Ard, plan: Plan, stamp: str) -> Iterator[str]:
    """What speaks of the primary analysis alone."""
    yield headline(ard, plan)
    yield answer_other(ard, plan)
    yield from (text for _, text in estimand(ard, plan))
    yield from (paragraph.text for paragraph in build_abstracts(ard, plan, stamp))


def test_sentences_name_the_win_odds(wins: Ard, chosen: Plan, stamp: str) -> None:
    effect = wins.effect("primary", "ITT")
    shown = format_number(effect.estimate, 2)
    said = headline(wins, chosen)
    assert f"adjusted win odds {shown} (95% CI" in said
    assert "win odds > 1 favours Methylprednisolone" in said
    texts = list(list_sentences(wins, chosen, stamp))
    assert [text for text in texts if COMMON.search(text)] == []
    assert sum("adjusted win odds" in text for text in texts) >= 4


def test_captions_name_the_win_odds(wins: Ard, chosen: Plan) -> None:
    for name, figure in FIGURES.items():
        if name in OF_THE_MODEL:
            continue
        words = figure.caption(wins, chosen)
        assert not COMMON.search(words), name
        assert "primary model" not in words, name


def test_tables_name_the_win_odds(wins: Ard, chosen: Plan, stamp: str) -> None:
    first = TABLES["t_primary"](wins, chosen, stamp).rows
    assert [row.label for row in first[:2]] == ["Adjusted win odds", "Adjusted common odds ratio"]
    assert [row.section for row in first[:2]] == ["Primary analysis", "Co-reported"]
    for name in ("t_sensitivity", "t_subgroups"):
        table = TABLES[name](wins, chosen, stamp)
        assert any("Win odds" in column for column in table.columns), name
        assert not any("Odds ratio" in column for column in table.columns), name
    words = " ".join(
        word
        for build in TABLES.values()
        for table in [build(wins, chosen, stamp)]
        for word in (table.title, *table.footnotes)
    )
    assert "primary model" not in words


def test_methods_speak_of_the_primary_analysis(wins: Ard, chosen: Plan) -> None:
    texts = dict(methods(wins, chosen))
    assert texts["Primary analysis"].startswith("Win odds: the odds that a subject on")
    assert "Co-reported: the common odds ratio" in texts["Primary analysis"]
    assert [name for name, text in texts.items() if "primary model" in text] == []


def test_no_common_odds_ratio_stands_in_a_column_of_win_odds(
    wins: Ard, chosen: Plan, stamp: str
) -> None:
    """Of the tipping point the sections are the heads; the crude model is co-reported alone."""
    assert "sens_unadjusted" in chosen.analyses.run
    sensitivity = TABLES["t_sensitivity"](wins, chosen, stamp)
    methods_of_rows = [row.cells[-1] for row in sensitivity.rows]
    assert not any(method.startswith("proportional odds") for method in methods_of_rows)
    first = TABLES["t_primary"](wins, chosen, stamp).rows
    assert "Unadjusted common odds ratio" in [row.label for row in first]
    sections = {row.section for row in TABLES["t_tipping_point"](wins, chosen, stamp).rows}
    assert "Win odds (95% CI)" in sections
    assert not any("Odds ratio" in section for section in sections)


def test_the_adjusted_bars_are_of_the_model_that_made_them(wins: Ard, chosen: Plan) -> None:
    shown = format_number(wins.effect("common_odds", "ITT").estimate, 2)
    assert shown != format_number(wins.effect("primary", "ITT").estimate, 2)
    for words in (
        FIGURES["grotta_itt_adjusted"].caption(wins, chosen),
        alternative_adjusted(wins, chosen),
    ):
        assert f"common odds ratio {shown} (95% CI" in words
        assert "win odds" not in words


def test_what_stands_beside_the_primary_analysis_is_nominal(
    wins: Ard, chosen: Plan, stamp: str
) -> None:
    for name in ("t_coefficients", "t_unconditional"):
        notes = " ".join(TABLES[name](wins, chosen, stamp).footnotes)
        assert "all p-values are nominal" in notes, name
        assert "confirmatory" not in notes, name


def test_estimands_hold_the_primary_measure_once(wins: Ard, chosen: Plan, stamp: str) -> None:
    rows = TABLES["t_estimands"](wins, chosen, stamp).rows
    taken_out = [row.section for row in rows if row.label.endswith("covariates taken out")]
    assert "win_odds_adjusted" in chosen.analyses.run
    assert taken_out == ["Primary analysis"]
    crude = TABLES["t_estimands"](wins, use_measure(chosen, "win_odds"), stamp).rows
    assert [row.label for row in crude if row.label.startswith("The same")] == []


@pytest.mark.parametrize("name", ["t_sensitivity", "t_subgroups", "t_tipping_point"])
def test_win_odds_without_covariates_name_none(
    name: str, wins: Ard, chosen: Plan, stamp: str
) -> None:
    adjusted = " ".join(TABLES[name](wins, chosen, stamp).footnotes)
    crude = " ".join(TABLES[name](wins, use_measure(chosen, "win_odds"), stamp).footnotes)
    assert "Covariates: age" in adjusted
    assert "No covariates." in crude
    assert "Covariates:" not in crude


def use_measure(plan: Plan, measure: str) -> Plan:
    """The plan with another primary measure, for its words."""
    primary = plan.primary.model_copy(update={"measure": measure})
    return plan.model_copy(update={"primary": primary})


def test_explanations_of_figures_name_no_measure() -> None:
    """They are the same whatever the plan: only the cut points are always of odds ratios."""
    folder = Path(__file__).parents[4] / "workflow" / "report" / "figures"
    texts = {file.stem: file.read_text(encoding="utf-8") for file in folder.glob("*.rst")}
    assert [name for name, text in texts.items() if "odds ratio" in text.lower()] == ["cutpoints"]
    assert [name for name, text in texts.items() if "primary model" in text] == []
