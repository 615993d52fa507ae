"""Captions of ``snakemake --report``: one for everything shown, true of any plan."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from analysis.display.outline.displays import FIGURES

TOP = Path(__file__).parents[4]
RULES = (TOP / "workflow" / "rules" / "display.smk").read_text(encoding="utf-8")
FOLDER = TOP / "workflow" / "report"
CAPTIONS = sorted(FOLDER.rglob("*.rst"))
SHOWN = re.findall(r"\breport\((.*?)\n +\)", RULES, re.DOTALL)


def test_every_output_that_is_shown_has_a_caption_and_a_category() -> None:
    assert [re.findall(r'category="(\w+)"', part) for part in SHOWN] == [
        ["Figures"], ["Tables"], ["Listings"], ["Report"], ["Report"],
    ]  # fmt: skip
    named = re.findall(r'caption=f?"\.\./report/(\S+)\.rst"', RULES)
    assert len(named) == len(SHOWN)
    figures = {f"figures/{part.explained}" for part in FIGURES.values()}
    assert "figures/{figure.explained}" in named
    files = {path.relative_to(FOLDER).with_suffix("").as_posix() for path in CAPTIONS}
    assert (set(named) - {"figures/{figure.explained}"}) | figures == files


@pytest.mark.parametrize("path", CAPTIONS, ids=lambda path: path.stem)
def test_a_caption_says_nothing_that_another_plan_makes_wrong(path: Path) -> None:
    """Days, numbers of levels and the direction of an effect stand in the plan."""
    text = " ".join(path.read_text(encoding="utf-8").split())
    assert text.endswith(".")
    assert set(re.findall(r"\d+", text.replace("CONSORT 2025", ""))) <= {"0", "1", "100"}
    assert not re.search(r"[Aa]bove 1 favours|\b(five|six|seven|ten) (cut|levels|subgroups)", text)
