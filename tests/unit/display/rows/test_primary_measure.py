"""Win odds as the primary measure: what every figure, table and sentence then says (SAP 5.6)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from analysis.config import Plan
from analysis.display.ard import Ard
from analysis.display.checklist.results import answer_other
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
